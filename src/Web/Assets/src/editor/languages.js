// The languages that the editor knows, each loaded when it is needed.
import { completeAnyWord } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { StreamLanguage } from "@codemirror/language";
import { csharpWords, pythonWords, javascriptWords } from "./words.js";
import { yamlCompletion } from "./yamlCompletion.js";

/** @type {Record<string, (words?: any) => Promise<import("@codemirror/state").Extension>>} */
const languages = {
  async python() {
    const { python, pythonLanguage } = await import("@codemirror/lang-python");
    return [python(), pythonLanguage.data.of({ autocomplete: pythonWords })];
  },
  async csharp() {
    const { csharp } = await import("@codemirror/legacy-modes/mode/clike");
    const language = StreamLanguage.define(csharp);
    return [language, language.data.of({ autocomplete: csharpWords }), EditorState.languageData.of(() => [{ autocomplete: completeAnyWord }])];
  },
  async javascript() {
    const { javascript, javascriptLanguage } = await import("@codemirror/lang-javascript");
    return [javascript(), javascriptLanguage.data.of({ autocomplete: javascriptWords })];
  },
  async sql() {
    const { standardSQL } = await import("@codemirror/legacy-modes/mode/sql");
    return [StreamLanguage.define(standardSQL), EditorState.languageData.of(() => [{ autocomplete: completeAnyWord }])];
  },
  async yaml(words) {
    const { yaml, yamlLanguage } = await import("@codemirror/lang-yaml");
    return [yaml(), yamlLanguage.data.of({ autocomplete: yamlCompletion(words ?? { sections: {}, values: {} }) })];
  },
};

/** @param {string} name @param {object} [words] plain text where the name is not known */
export const languageOf = (name, words) => languages[name]?.(words) ?? Promise.resolve([]);

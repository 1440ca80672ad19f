// A code editor in front of a text area. The text area stays what the page knows: it holds the text, says whether it may be changed, and is what remains without this script.
import { EditorState, Compartment } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { indentUnit } from "@codemirror/language";
import { indentWithTab } from "@codemirror/commands";
import { lintGutter, setDiagnostics } from "@codemirror/lint";
import { basicSetup } from "codemirror";
import { languageOf } from "./editor/languages.js";
import { look } from "./editor/look.js";

/** @typedef {{ line: number, column: number, message: string, severity: "error" | "warning" | "info" }} Mark line and column from 1; column 0 means the whole line */

/**
 * @param {HTMLTextAreaElement} area
 * @param {HTMLElement} host where the editor goes
 * @param {{ indent: number, language: string, words?: object }} options words: what the YAML's completion knows
 */
export async function attach(area, host, options) {
  const language = await languageOf(options.language, options.words);
  const label = area.getAttribute("aria-label") ?? "";
  const locked = new Compartment();
  const said = new Compartment();
  let marks = /** @type {Mark[]} */ ([]);

  const isLocked = () => area.readOnly || area.matches(":disabled");

  // Read-only text can still be reached and copied; what the page says of the text area is said of the editor.
  const lockedNow = () => [EditorState.readOnly.of(isLocked()), EditorView.editable.of(!area.matches(":disabled"))];
  const saidNow = () => {
    const attributes = { "aria-label": label, tabindex: area.matches(":disabled") ? "-1" : "0", spellcheck: "false", autocapitalize: "off" };
    for (const name of ["aria-invalid", "aria-describedby"]) {
      if (area.hasAttribute(name)) attributes[name] = area.getAttribute(name);
    }
    if (isLocked()) attributes["aria-readonly"] = "true";
    return EditorView.contentAttributes.of(attributes);
  };

  const view = new EditorView({
    doc: area.value,
    parent: host,
    extensions: [
      basicSetup,
      // Escape, then Tab leaves: the editor's own way out of the trap that Tab would be.
      keymap.of([indentWithTab]),
      indentUnit.of(" ".repeat(options.indent)),
      EditorState.tabSize.of(options.indent),
      language,
      lintGutter(),
      look,
      locked.of(lockedNow()),
      said.of(saidNow()),
      EditorView.updateListener.of((update) => { if (update.docChanged && !update.transactions.some((change) => change.isUserEvent("page"))) tell(); }),
    ],
  });

  function tell() {
    area.value = view.state.doc.toString();
    area.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  function follow() {
    if (area.value !== view.state.doc.toString()) {
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: area.value }, userEvent: "page", scrollIntoView: false });
      show();
    }
  }

  function show() {
    view.dispatch(setDiagnostics(view.state, marks.filter((mark) => mark.line >= 1 && mark.line <= view.state.doc.lines).map((mark) => {
      const line = view.state.doc.line(mark.line);
      const from = Math.min(line.to, line.from + Math.max(0, mark.column - 1));
      // From its place to the end of the word, or the whole line where no column is known.
      const word = mark.column > 0 ? /^[\w.-]+/.exec(line.text.slice(from - line.from))?.[0].length ?? 1 : line.length;
      return { from, to: Math.min(line.to, from + Math.max(1, word)), severity: mark.severity, message: mark.message };
    })));
  }

  const watched = new MutationObserver(() => view.dispatch({ effects: [locked.reconfigure(lockedNow()), said.reconfigure(saidNow())] }));
  watched.observe(area, { attributes: true, attributeFilter: ["readonly", "aria-invalid", "aria-describedby"] });
  const fieldset = area.closest("fieldset");
  if (fieldset) watched.observe(fieldset, { attributes: true, attributeFilter: ["disabled"] });
  // Who types already goes on where the cursor is.
  const typing = document.activeElement === area ? { anchor: area.selectionStart, head: area.selectionEnd } : null;
  area.hidden = true;
  if (typing) {
    view.focus();
    view.dispatch({ selection: typing });
  }
  // One text box for a screen reader, not two.
  area.removeAttribute("aria-label");

  return {
    /** @param {Mark[]} next */
    mark(next) {
      marks = next;
      show();
    },
    redraw: follow,
    /** @param {number} line from 1 @param {number} column from 1 */
    goTo(line, column) {
      const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
      view.dispatch({ selection: { anchor: Math.min(at.to, at.from + Math.max(0, column - 1)) }, effects: EditorView.scrollIntoView(at.from, { y: "center" }) });
      view.focus();
    },
    dispose() {
      watched.disconnect();
      view.destroy();
    },
  };
}

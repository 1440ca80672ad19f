// Completion for the experiment's YAML: the fields of the section that the cursor is in, and the values that a field can have.

/** @param {string} text */
const indentOf = (text) => /^ */.exec(text)[0].length + (/^ *- /.test(text) ? 2 : 0);

/**
 * The names of the fields that hold a line, from the outside in.
 * @param {import("@codemirror/state").Text} doc @param {number} number @param {number} indent
 */
export function pathOf(doc, number, indent) {
  const path = [];
  for (let at = number - 1, below = indent; at >= 1 && below > 0; at--) {
    const text = doc.line(at).text;
    const key = /^ *(?:- )?([\w-]+):/.exec(text);
    if (key && text.trim() !== "" && indentOf(text) < below) {
      path.unshift(key[1]);
      below = /^ */.exec(text)[0].length;
    }
  }
  return path;
}

/** @param {{ sections: Record<string, string[]>, values: Record<string, string[]> }} words fields by the name of the section ("" at the top), values by the name of the field */
export function yamlCompletion(words) {
  return (/** @type {import("@codemirror/autocomplete").CompletionContext} */ context) => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const value = /([\w-]+):\s*(?:\[(?:[^\]]*,)?\s*)?([\w.-]*)$/.exec(before);
    const inList = /^\s*- ([\w.-]*)$/.exec(before);
    if (value && words.values[value[1]]) {
      return { from: context.pos - value[2].length, options: words.values[value[1]].map((label) => ({ label, type: "constant" })), validFor: /^[\w.-]*$/ };
    }
    if (inList) {
      const field = pathOf(context.state.doc, line.number, indentOf(before)).at(-1);
      if (field && words.values[field]) return { from: context.pos - inList[1].length, options: words.values[field].map((label) => ({ label, type: "constant" })), validFor: /^[\w.-]*$/ };
    }
    const key = /(?:^\s*(?:- )?|[{,]\s*)([\w-]*)$/.exec(before);
    if (!key || (key[1] === "" && !context.explicit)) return null;
    const inline = /([\w-]+):\s*\{[^}]*$/.exec(before);
    const path = inline ? [inline[1]] : pathOf(context.state.doc, line.number, indentOf(before));
    const fields = words.sections[path.at(-1) ?? ""];
    return fields ? { from: context.pos - key[1].length, options: fields.map((label) => ({ label, apply: `${label}: `, type: "property" })), validFor: /^[\w-]*$/ } : null;
  };
}

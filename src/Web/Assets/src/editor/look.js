// The editor in the page's colours: custom properties, so that it follows the theme by itself.
import { EditorView } from "@codemirror/view";
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const theme = EditorView.theme({
  "&": { height: "100%", color: "var(--mud-palette-text-primary)", backgroundColor: "var(--mud-palette-surface)", fontSize: "0.8125rem" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--font-mono)", lineHeight: "1.5" },
  ".cm-content": { padding: "10px 0", caretColor: "var(--mud-palette-text-primary)" },
  "&.cm-focused .cm-cursor": { borderLeftColor: "var(--mud-palette-text-primary)" },
  ".cm-gutters": { backgroundColor: "var(--mud-palette-background-gray)", color: "var(--mud-palette-text-secondary)", borderRight: "1px solid var(--mud-palette-divider)" },
  ".cm-activeLine, .cm-activeLineGutter": { backgroundColor: "color-mix(in srgb, var(--mud-palette-primary) 7%, transparent)" },
  ".cm-activeLineGutter": { color: "var(--mud-palette-text-primary)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": { backgroundColor: "color-mix(in srgb, var(--mud-palette-primary) 28%, transparent) !important" },
  ".cm-selectionMatch": { backgroundColor: "color-mix(in srgb, var(--mud-palette-primary) 16%, transparent)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "color-mix(in srgb, var(--mud-palette-primary) 24%, transparent)" },
  ".cm-foldPlaceholder": { backgroundColor: "transparent", borderColor: "var(--mud-palette-divider)", color: "var(--mud-palette-text-secondary)" },
  ".cm-tooltip": { backgroundColor: "var(--mud-palette-surface)", color: "var(--mud-palette-text-primary)", border: "1px solid var(--mud-palette-divider)", borderRadius: "8px", overflow: "hidden" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": { fontFamily: "var(--font-mono)" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--mud-palette-primary)", color: "var(--mud-palette-primary-text)" },
  ".cm-completionDetail": { color: "inherit" },
  ".cm-panels": { backgroundColor: "var(--mud-palette-background-gray)", color: "var(--mud-palette-text-primary)" },
  ".cm-panel input, .cm-panel button": { color: "inherit", background: "var(--mud-palette-surface)" },
  ".cm-diagnostic": { padding: "6px 10px", maxWidth: "min(520px, 90vw)", whiteSpace: "pre-wrap" },
});

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.modifier, tags.operatorKeyword, tags.controlKeyword], color: "var(--code-keyword)" },
  { tag: [tags.string, tags.special(tags.string), tags.regexp], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.null, tags.atom], color: "var(--code-number)" },
  { tag: [tags.comment, tags.meta], color: "var(--code-comment)", fontStyle: "italic" },
  { tag: [tags.definition(tags.variableName), tags.function(tags.variableName), tags.function(tags.propertyName)], color: "var(--code-name)" },
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: "var(--code-property)" },
  { tag: [tags.typeName, tags.className, tags.namespace], color: "var(--code-type)" },
  { tag: tags.invalid, color: "var(--mud-palette-error)" },
]);

export const look = [theme, syntaxHighlighting(colours)];

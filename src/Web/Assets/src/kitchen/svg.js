// Small help for drawings.
const space = "http://www.w3.org/2000/svg";

/** @param {string} name @param {Record<string, string | number>} attributes @param {...(Node | string)} children */
export function el(name, attributes = {}, ...children) {
  const element = document.createElementNS(space, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
  element.append(...children);
  return element;
}

/** @param {string} name the class @param {number} x @param {number} y @param {...Node} children */
export const group = (name, x, y, ...children) => el("g", { class: name, transform: `translate(${x} ${y})` }, ...children);

/** @param {string} name the class */
export const rect = (name, x, y, width, height, rx = 0) => el("rect", { class: name, x, y, width, height, rx });

export const circle = (name, cx, cy, r) => el("circle", { class: name, cx, cy, r });

export const path = (name, d) => el("path", { class: name, d });

/** @param {string} name @param {number} x @param {number} y @param {string} text @param {"start" | "middle" | "end"} anchor */
export const text = (name, x, y, text, anchor = "start") => el("text", { class: name, x, y, "text-anchor": anchor }, text);

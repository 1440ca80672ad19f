// Colours come from the page's style sheet, so charts follow its theme.

/** @param {string} name a custom property without its dashes */
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() || "#888";

/** The page's font. */
export const fonts = () => getComputedStyle(document.body).fontFamily;

/** @param {string} strategy */
export const seriesColour = (strategy) => colour(`series-${strategy}`);

/** @param {string} hex `#rrggbb` @param {number} alpha 0 to 1 */
export const faded = (hex, alpha) => hex + Math.round(alpha * 255).toString(16).padStart(2, "0");

/** Line styles by which runtimes differ: solid, dashed, dotted, long dashes. */
export const dashes = [[], [7, 4], [2, 3], [12, 4, 2, 4]];

/** Text that stands among markup as itself: tooltips are HTML, and names in them are whatever somebody typed. @param {string} text */
export const escaped = (text) => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** Calls back when the theme changed. @param {() => void} callback @returns {() => void} unsubscribe */
export function onTheme(callback) {
  document.addEventListener("brigade:theme", callback);
  return () => document.removeEventListener("brigade:theme", callback);
}

/** @param {number} value per second */
export const rate = (value) => `${number(value)}/s`;

/** @param {number} ms */
export const time = (ms) => (ms >= 1000 ? `${number(ms / 1000)} s` : ms >= 1 || ms === 0 ? `${number(ms)} ms` : `${number(ms * 1000)} µs`);

/** @param {number} bytes */
export function bytes(bytes) {
  for (const unit of ["B", "KiB", "MiB", "GiB"]) {
    if (Math.abs(bytes) < 1024 || unit === "GiB") return `${number(bytes)} ${unit}`;
    bytes /= 1024;
  }
}

/** Three significant digits, k and M above ten thousand. @param {number} value */
export function number(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  if (size >= 999_500) return `${three(value / 1e6)} M`;
  if (size >= 10_000) return `${three(value / 1e3)} k`;
  return three(value);
}

function three(value) {
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "").replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
}

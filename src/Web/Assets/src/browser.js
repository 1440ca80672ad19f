// What only the browser knows or can do.

/** @returns {string} the reader's IANA time zone, for example "Europe/Berlin" */
export const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "UTC";

export const themeChoice = () => window.brigadeTheme.choice();

/** @param {"system" | "light" | "dark"} value */
export const chooseTheme = (value) => window.brigadeTheme.choose(value);

/**
 * @param {string} text
 * @returns {Promise<boolean>} whether the text is on the clipboard now
 */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Scrolls to the first field that is marked as wrong, and focuses it. @param {string} selector */
export function focusFirst(selector) {
  const element = /** @type {HTMLElement | null} */ (document.querySelector(selector));
  element?.focus();
  element?.scrollIntoView({ block: "center" });
}

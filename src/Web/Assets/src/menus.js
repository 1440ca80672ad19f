// Menus that are <details data-menu>: they close like any menu when the reader goes elsewhere or presses Escape.

/** @param {EventTarget | null} place closes all that do not hold it */
function closeOthers(place) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (!(place instanceof Node && menu.contains(place))) menu.removeAttribute("open");
  }
}

document.addEventListener("pointerdown", (event) => closeOthers(event.target));
document.addEventListener("focusin", (event) => closeOthers(event.target));
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" ? document.querySelector("details[data-menu][open]") : null;
  if (!menu) return;
  const isInside = menu.contains(document.activeElement);
  menu.removeAttribute("open");
  // What had the focus is hidden now.
  if (isInside) menu.querySelector("summary")?.focus();
});

// Sets the colour scheme before the first paint: what the reader chose, else what the system prefers.
const key = "brigade-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

/** @returns {"system" | "light" | "dark"} */
function choice() {
  try {
    const stored = localStorage.getItem(key);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    return "system"; // storage is blocked: the system's preference still works
  }
}

function apply() {
  const chosen = choice();
  const theme = chosen === "system" ? (system.matches ? "dark" : "light") : chosen;
  document.documentElement.dataset.theme = theme;
  document.dispatchEvent(new CustomEvent("brigade:theme", { detail: theme }));
}

window.brigadeTheme = {
  choice,
  /** @param {"system" | "light" | "dark"} value */
  choose(value) {
    try {
      if (value === "system") localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch { /* not remembered, but applied */ }
    if (choice() === value) apply();
    else document.documentElement.dataset.theme = value;
  },
};

system.addEventListener("change", apply);
addEventListener("storage", (event) => { if (event.key === key) apply(); });
apply();

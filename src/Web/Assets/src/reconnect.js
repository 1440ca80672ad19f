// The dialog for a lost connection. Blazor tells the state; the dialog's own markup holds the words.
const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("components-reconnect-modal"));

/** @param {"waiting" | "failed" | "rejected"} state */
function show(state) {
  if (!dialog) return;
  dialog.dataset.state = state;
  if (!dialog.open) dialog.showModal();
}

async function retry() {
  show("waiting");
  try {
    // False means that the server answered and no longer knows this page: only a fresh one helps.
    if (!(await window.Blazor.reconnect())) location.reload();
  } catch {
    show("failed");
  }
}

dialog?.addEventListener("components-reconnect-state-changed", (event) => {
  switch (event.detail.state) {
    case "show":
    case "retrying":
      show("waiting");
      break;
    case "hide":
      dialog.close();
      break;
    case "failed":
      show("failed");
      break;
    case "rejected":
      // The server restarted: what it held of this page is gone.
      show("rejected");
      break;
  }
});

dialog?.addEventListener("cancel", (event) => event.preventDefault());
dialog?.querySelector("[data-retry]")?.addEventListener("click", retry);
dialog?.querySelector("[data-reload]")?.addEventListener("click", () => location.reload());
// A laptop that wakes up should not wait for a click.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && dialog?.open && dialog.dataset.state === "failed") void retry();
});

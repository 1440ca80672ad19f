// Forms that send what an authenticator answers: `data-passkey` says whether it makes a passkey or uses one, `data-options` where its question comes from.

/** What a person can do about it. @param {unknown} error */
function words(error) {
  if (error instanceof DOMException) {
    if (error.name === "NotAllowedError") return "The browser asked for the passkey and got none: it was cancelled, took too long, or there is none here.";
    if (error.name === "InvalidStateError") return "This authenticator has a passkey for your account already.";
    if (error.name === "SecurityError") return "Passkeys need a name in the address and no number: open Brigade as http://localhost, or by its https name.";
  }
  return "The passkey could not be asked for. Load the page again and try once more.";
}

/** @param {HTMLFormElement} form */
async function ask(form) {
  const response = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
  if (!response.ok) throw new Error(`The options were answered with ${response.status}.`);
  const options = await response.json();
  return form.dataset.passkey === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-passkey]"))) {
  const problem = /** @type {HTMLElement} */ (form.querySelector("[data-passkey-problem]"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    problem.hidden = true;
    try {
      if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) {
        problem.textContent = "This browser has no passkeys, or only offers them over https.";
        problem.hidden = false;
        return;
      }
      const credential = await ask(form);
      form.elements.namedItem("credential").value = JSON.stringify(credential);
      form.submit();
    } catch (error) {
      problem.textContent = words(error);
      problem.hidden = false;
    }
  });
}

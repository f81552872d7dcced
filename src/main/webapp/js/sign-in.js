/** Asks for the token that this server wants, and changes it for a cookie: a WebSocket cannot bring a token along. */
import { part } from "./elements.js";

/** @returns {Promise<void>} resolved when the server has taken the token */
export function signIn() {
  const dialog = document.createElement("dialog");
  dialog.ariaLabel = "Sign in";
  const form = dialog.appendChild(element("form", {}));
  const label = element("label", { textContent: "Token " });
  label.append(element("input", { type: "password", autocomplete: "current-password", required: true }));
  form.append(
    element("input", { autocomplete: "username", value: "Steno", hidden: true }), // password managers ask for one
    element("h2", { textContent: "Sign in" }),
    element("p", { textContent: "This server takes recordings only from people who have a token. Whoever runs it can give you one." }),
    label,
    element("p", { className: "wrong", role: "alert" }),
    element("button", { className: "primary", textContent: "Sign in" }),
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = await present(/** @type {HTMLInputElement} */ (part(label, "input")).value);
      part(form, ".wrong").textContent = problem;
      if (!problem) {
        dialog.remove();
        resolve();
      }
    });
  });
}

/**
 * @param {string} token
 * @returns {Promise<string>} what is wrong with it; empty if nothing is
 */
async function present(token) {
  try {
    const { ok, status } = await fetch("sign-in", { method: "POST", headers: { Authorization: `Bearer ${token}` } });
    if (ok) {
      return "";
    }
    if (status === 429) {
      return "Too many wrong tokens came from here. Wait a few seconds, then try again.";
    }
    return status === 401 ? "This token is not known here." : "The server does not take this page's address.";
  } catch {
    return "The server cannot be reached, or the token has characters that no token has.";
  }
}

/**
 * @param {string} name
 * @param {Record<string, unknown>} properties
 */
function element(name, properties) {
  return Object.assign(document.createElement(name), properties);
}

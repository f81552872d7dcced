/** Asks for the token that this server wants, and changes it for a cookie: a WebSocket cannot bring a token along. */
import { create, part } from "./elements.js";
import { say } from "./words.js";

/** @returns {Promise<boolean>} whether the server has taken a token; false when the person has put the question away */
export function signIn() {
  document.getElementById("sign-in")?.remove();
  const dialog = create("dialog", { id: "sign-in", ariaLabel: say("sign-in") });
  const field = create("input", { type: "password", autocomplete: "current-password", required: true });
  const form = create(
    "form",
    {},
    create("input", { autocomplete: "username", value: "Steno", hidden: true }), // password managers ask for one
    create("h2", { textContent: say("sign-in") }),
    create("p", { textContent: say("sign-in.why") }),
    create("label", { className: "field" }, create("span", { textContent: say("sign-in.token") }), field),
    create("p", { className: "wrong", role: "alert" }),
    create("button", { className: "primary", textContent: say("sign-in") }),
  );
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const problem = await present(field.value);
      part(form, ".wrong").textContent = problem;
      if (!problem) {
        dialog.close("signed in");
      }
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "signed in");
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
    return say({ 401: "sign-in.unknown", 429: "sign-in.often" }[status] ?? "sign-in.refused");
  } catch {
    return say("sign-in.failed");
  }
}

/**
 * A dialog to name the speakers of a recording: what is typed holds at once, for the captions and for all that is
 * downloaded.
 */
import { create } from "./elements.js";
import { say } from "./words.js";

/** @param {import("./speakers.js").Speakers} speakers */
export function nameSpeakers(speakers) {
  const dialog = create("dialog", { ariaLabel: say("speakers.name") });
  const form = create("form", { method: "dialog" }, create("h2", { textContent: say("speakers.name") }), create("p", { textContent: say("speakers.how") }));
  for (const label of speakers.labels) {
    const field = create("input", { type: "text", autocomplete: "off", value: speakers.given[label] ?? "" });
    const usual = create("span", { className: "speaker", textContent: speakers.nameOf(label) });
    usual.dataset.colour = String(speakers.colourOf(label));
    field.addEventListener("input", () => speakers.rename(label, field.value));
    form.append(create("label", { className: "field" }, usual, field));
  }
  form.append(create("button", { className: "primary", textContent: say("close") }));
  dialog.append(form);
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

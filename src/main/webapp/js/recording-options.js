/** What a person may choose of what the engine offers: the language, and telling speakers apart. */
import { part } from "./elements.js";
import { remember, remembered } from "./preferences.js";

const LANGUAGE = "language";
const SPEAKERS = "speakers";
const names = new Intl.DisplayNames(["en"], { type: "language", languageDisplay: "standard" });

export class RecordingOptions {
  #language;
  #speakers;
  #speakersLabel;

  /** @param {HTMLElement} root with a list for the language and a box for speakers */
  constructor(root) {
    this.#language = /** @type {HTMLSelectElement} */ (part(root, "select"));
    this.#speakersLabel = part(root, "label");
    this.#speakers = /** @type {HTMLInputElement} */ (part(root, "input"));
    root.addEventListener("change", () => {
      remember(LANGUAGE, this.#language.value);
      remember(SPEAKERS, String(this.#speakers.checked));
    });
  }

  /** @param {import("./server-info.js").ServerInfo} info */
  offer({ engine, languages = [], language_code: usual = "" }) {
    const others = languages.filter((code) => code !== usual).map((code) => new Option(nameOf(code), code));
    others.sort((left, right) => left.text.localeCompare(right.text));
    this.#language.replaceChildren(new Option(nameOf(usual), ""), ...others);
    this.#language.hidden = others.length === 0;
    const choice = remembered(LANGUAGE);
    this.#language.value = others.some(({ value }) => value === choice) ? choice : "";
    this.#speakersLabel.hidden = engine !== "amazon-transcribe";
    this.#speakers.checked = remembered(SPEAKERS) === "true";
  }

  /** For `start`; what is not chosen is as the server is configured. */
  get chosen() {
    return {
      ...(this.#language.value && { language_code: this.#language.value }),
      ...(!this.#speakersLabel.hidden && this.#speakers.checked && { show_speaker_label: true }),
    };
  }
}

/** @param {string} code such as en-US */
function nameOf(code) {
  try {
    return names.of(code) ?? code;
  } catch {
    return code || "Language";
  }
}

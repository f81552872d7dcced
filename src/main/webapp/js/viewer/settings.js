/** How a reader wants to see captions; remembered by the browser. */
import { element } from "../elements.js";
import { remember, remembered } from "../preferences.js";

const SIZES = [75, 100, 125, 150, 200, 250, 300];
const USUAL_SIZE = 100;

export class Settings {
  #size = Number(remembered("viewer.size")) || USUAL_SIZE;
  #theme = /** @type {HTMLSelectElement} */ (element("theme"));
  #language = /** @type {HTMLSelectElement} */ (element("language"));
  #onChange;
  #onLanguage;

  /**
   * @param {() => void} onChange the captions take another room now
   * @param {(code: string) => void} onLanguage
   */
  constructor(onChange, onLanguage) {
    this.#onChange = onChange;
    this.#onLanguage = onLanguage;
    const button = element("open-settings");
    button.addEventListener("click", () => {
      const panel = element("settings");
      panel.hidden = !panel.hidden;
      button.setAttribute("aria-expanded", String(!panel.hidden));
      onChange();
    });
    element("smaller").addEventListener("click", () => this.#step(-1));
    element("larger").addEventListener("click", () => this.#step(1));
    this.#theme.value = remembered("viewer.theme") || "auto";
    this.#theme.addEventListener("change", () => this.#apply());
    this.#language.addEventListener("change", () => this.#choose(this.#language.value));
    this.#apply();
  }

  /** The chosen language's code; empty for the original. */
  get language() {
    return remembered("viewer.language");
  }

  /** @param {string[]} codes into which this server translates */
  offer(codes) {
    element("language-field").hidden = codes.length === 0;
    if (this.#language.options.length === codes.length + 1) {
      return;
    }
    const names = languageNames();
    const options = codes
      .map((code) => new Option(names(code), code))
      .sort((one, other) => one.text.localeCompare(other.text));
    this.#language.replaceChildren(this.#language.options[0], ...options);
    this.#language.value = codes.includes(this.language) ? this.language : "";
  }

  /** @param {string} code */
  #choose(code) {
    remember("viewer.language", code);
    this.#onLanguage(code);
  }

  /** @param {number} steps */
  #step(steps) {
    const index = SIZES.indexOf(this.#size) + steps;
    this.#size = SIZES[Math.max(0, Math.min(SIZES.length - 1, index))];
    this.#apply();
  }

  #apply() {
    remember("viewer.size", String(this.#size));
    remember("viewer.theme", this.#theme.value);
    document.documentElement.style.setProperty("--size", String(this.#size / USUAL_SIZE));
    document.documentElement.dataset.theme = this.#theme.value;
    element("size").textContent = `${this.#size} %`;
    this.#onChange();
  }
}

/**
 * @returns {(code: string) => string} a language's name for people who read it, with its code where that is not known
 */
function languageNames() {
  return (code) => {
    try {
      return new Intl.DisplayNames([code, "en"], { type: "language" }).of(code) ?? code;
    } catch {
      return code; // an old browser, or a code of the server's own
    }
  };
}

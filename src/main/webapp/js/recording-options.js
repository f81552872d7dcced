/**
 * What a person may choose of what the engine offers: the language, telling speakers apart, a tab's sound beside the
 * microphone.
 */
import { part } from "./elements.js";
import { onDemand } from "./on-demand.js";
import { languageName, likely } from "./language-names.js";
import { remember, remembered } from "./preferences.js";
import { say } from "./words.js";

const LANGUAGE = "language";
const SPEAKERS = "speakers";
const RECENT = "recent-languages";
/** More are not looked through but searched. */
const MOST_LISTED = 12;
const MOST_RECENT = 3;
const MORE = "more";

export class RecordingOptions {
  #language;
  #speakers;
  #speakersLabel;
  #tab;
  /** @type {string[]} */
  #codes = [];
  #usual = "";
  #chosen = "";

  /** @param {HTMLElement} root with a list for the language and boxes for speakers and a tab's sound */
  constructor(root) {
    this.#language = /** @type {HTMLSelectElement} */ (part(root, "select"));
    this.#speakersLabel = part(root, "#speakers");
    this.#speakers = /** @type {HTMLInputElement} */ (part(this.#speakersLabel, "input"));
    this.#tab = /** @type {HTMLInputElement} */ (part(root, "#tab-sound input"));
    part(root, "#tab-sound").hidden = !navigator.mediaDevices?.getDisplayMedia;
    this.#language.addEventListener("change", () => (this.#language.value === MORE ? this.#search() : this.#choose(this.#language.value)));
    this.#speakers.addEventListener("change", () => remember(SPEAKERS, String(this.#speakers.checked)));
  }

  /**
   * @param {import("./server-info.js").ServerInfo} info
   * @param {string} [wanted] a language that a link asks for, such as de-CH, or de for any of its kinds
   * @returns {boolean} whether there is that language
   */
  offer({ engine, languages = [], language_code: usual = "" }, wanted = "") {
    this.#codes = languages.filter((code) => code !== usual);
    this.#usual = usual;
    const [asked] = wanted ? likely([usual, ...languages], [wanted]) : [];
    const choice = asked ?? [remembered(LANGUAGE)].find((code) => languages.includes(code)) ?? "";
    this.#chosen = choice === usual ? "" : choice;
    this.#language.hidden = this.#codes.length === 0;
    this.#speakersLabel.hidden = engine !== "amazon-transcribe";
    this.#speakers.checked = remembered(SPEAKERS) === "true";
    this.show();
    return !wanted || asked !== undefined;
  }

  /** Writes the list anew, as for another language of the page. */
  show() {
    const wanted = [this.#chosen, ...remembered(RECENT).split(" "), ...navigator.languages].filter(Boolean);
    const first = likely(this.#codes, wanted);
    const rest = this.#codes.filter((code) => !first.includes(code));
    const all = this.#codes.length <= MOST_LISTED ? [...first, ...sorted(rest)] : first;
    const options = all.map((code) => new Option(languageName(code), code));
    options.forEach((option) => (option.lang = option.value));
    const more = all.length < this.#codes.length ? [new Option(say("language.more"), MORE)] : [];
    this.#language.replaceChildren(new Option(languageName(this.#usual), ""), ...options, ...more);
    this.#language.value = this.#chosen;
  }

  /** For `start`; what is not chosen is as the server is configured. */
  get chosen() {
    return {
      ...(this.#chosen && { language_code: this.#chosen }),
      ...(this.wantsSpeakers && { show_speaker_label: true }),
    };
  }

  get wantsSpeakers() {
    return !this.#speakersLabel.hidden && this.#speakers.checked;
  }

  get wantsTabSound() {
    return this.#tab.checked;
  }

  /** @param {string} code */
  #choose(code) {
    this.#chosen = code;
    remember(LANGUAGE, code);
    const recent = remembered(RECENT).split(" ").filter((other) => other && other !== code);
    remember(RECENT, [code, ...recent].filter(Boolean).slice(0, MOST_RECENT).join(" "));
  }

  async #search() {
    const search = await onDemand(() => import("./language-search.js"));
    const code = await search?.searchLanguage([this.#usual, ...sorted(this.#codes)]);
    if (code !== undefined) {
      this.#choose(code === this.#usual ? "" : code);
    }
    this.show();
    this.#language.focus();
  }
}

/** @param {string[]} codes */
function sorted(codes) {
  return [...codes].sort((left, right) => languageName(left).localeCompare(languageName(right)));
}

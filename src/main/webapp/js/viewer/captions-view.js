/**
 * Shows captions. Finals stand in a log that screen readers announce, each once; what is provisional stands behind it,
 * hidden from them.
 *
 * @typedef {import("./captions.js").Final} Final
 */
import { clockTime, element } from "../elements.js";

export class CaptionsView {
  #finals = element("finals");
  #partial = element("partial");
  #partialText = paragraph("");
  /** @type {Map<string, string>} names by the engine's labels */
  #speakers = new Map();
  #lastSpeaker = "";
  #language = "";

  constructor() {
    this.#partial.append(this.#partialText);
  }

  /** @param {string} code of the language that is spoken, for screen readers; empty or `auto` while it is not known */
  spoken(code) {
    for (const part of [this.#finals, this.#partial]) {
      part.lang = code === "auto" ? "" : code;
    }
  }

  /** Another recording begins. */
  clear() {
    this.#finals.replaceChildren();
    this.#speakers.clear();
    this.#lastSpeaker = "";
    this.showPartial("");
  }

  /** @param {boolean} announce whether a screen reader says what is added from now on */
  announce(announce) {
    this.#finals.setAttribute("aria-live", announce ? "polite" : "off");
  }

  /**
   * @param {string} code of the language in which captions are shown; empty for the original
   * @param {Final[]} finals that are shown already
   */
  translate(code, finals) {
    this.#language = code;
    this.announce(false); // what was read before is not read again
    finals.forEach((final) => this.update(final));
    setTimeout(() => this.announce(true));
  }

  /** @param {Final} final */
  add(final) {
    const caption = document.createElement("div");
    caption.className = "caption";
    const time = document.createElement("span");
    time.className = "time";
    time.setAttribute("aria-hidden", "true"); // read out before each sentence it would be noise
    time.textContent = clockTime(final.start);
    caption.append(time);
    if (final.speaker && final.speaker !== this.#lastSpeaker) {
      caption.append(this.#name(final.speaker));
    }
    this.#lastSpeaker = final.speaker ?? "";
    const original = paragraph(final.text);
    original.className = "original";
    caption.append(original);
    this.#finals.append(caption);
    this.update(final);
  }

  /** @param {Final} final whose translation came, or another one is wanted */
  update(final) {
    const caption = this.#finals.children[final.segment];
    const text = this.#language && final.translations[this.#language];
    const shown = caption?.querySelector(".translation");
    caption?.classList.toggle("translated", Boolean(text));
    if (!text) {
      shown?.remove();
    } else if (shown) {
      shown.textContent = text;
      shown.setAttribute("lang", this.#language);
    } else {
      const translation = paragraph(text);
      translation.className = "translation";
      translation.lang = this.#language;
      caption?.append(translation);
    }
  }

  /** @param {string} text */
  showPartial(text) {
    this.#partialText.textContent = text;
    this.#partial.hidden = text === "";
  }

  /** @param {string} label */
  #name(label) {
    const name = this.#speakers.get(label) ?? `Speaker ${this.#speakers.size + 1}`;
    this.#speakers.set(label, name);
    const shown = document.createElement("b");
    shown.className = "speaker";
    shown.lang = "en";
    shown.textContent = name;
    return shown;
  }
}

/** @param {string} text in a direction of its own */
function paragraph(text) {
  const shown = document.createElement("p");
  shown.dir = "auto";
  shown.textContent = text;
  return shown;
}

/** Who speaks in one recording: names for the engine's labels, in the order in which they are first heard. */
import { hasWords, say } from "./words.js";

export class Speakers {
  /** @type {Map<string, string>} given names by label; empty until somebody gives one */
  #names = new Map();
  #onChange;
  /** For the page: a speaker was heard for the first time, or has another name. */
  onChange = () => {};

  /**
   * @param {Record<string, string>} [names] that were given before
   * @param {() => void} [onChange] as the field of that name
   */
  constructor(names = {}, onChange = () => {}) {
    Object.entries(names).forEach(([label, name]) => this.#names.set(label, name));
    this.#onChange = onChange;
  }

  get labels() {
    return [...this.#names.keys()];
  }

  /** What was given, by label. */
  get given() {
    return Object.fromEntries([...this.#names].filter(([, name]) => name));
  }

  /** Names by the labels that the server knows, empty where there is none. */
  get byEngine() {
    return Object.fromEntries([...this.#names].filter(([label]) => !hasWords(`speaker.${label}`)));
  }

  /** @param {string} label */
  nameOf(label) {
    this.#meet(label);
    const usual = hasWords(`speaker.${label}`) ? `speaker.${label}` : "speaker";
    return this.#names.get(label) || say(usual, { number: this.labels.indexOf(label) + 1 });
  }

  /**
   * @param {string} label
   * @returns {number} from 0; people of the same name have the same colour
   */
  colourOf(label) {
    const name = this.nameOf(label);
    return [...new Set(this.labels.map((other) => this.nameOf(other)))].indexOf(name) % 6;
  }

  /**
   * @param {string} label
   * @param {string} name empty to take it back
   */
  rename(label, name) {
    this.#names.set(label, name.trim());
    this.#changed();
  }

  /** @param {string} label */
  #meet(label) {
    if (!this.#names.has(label)) {
      this.#names.set(label, "");
      this.#changed();
    }
  }

  #changed() {
    this.#onChange();
    this.onChange();
  }
}

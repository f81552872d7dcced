/** How much of a file has been transcribed. */
import { clockTime, part } from "./elements.js";

export class FileProgress {
  #element;
  #seconds = 0;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /**
   * @param {string} name
   * @param {number} seconds
   */
  begin(name, seconds) {
    this.#seconds = seconds;
    part(this.#element, ".name").textContent = name;
    this.#element.hidden = false;
    this.show(0);
  }

  /** @param {number} seconds that are transcribed */
  show(seconds) {
    const bar = /** @type {HTMLProgressElement} */ (part(this.#element, "progress"));
    bar.max = this.#seconds;
    bar.value = Math.min(seconds, this.#seconds);
    part(this.#element, ".done").textContent = `${clockTime(bar.value)} of ${clockTime(this.#seconds)}`;
  }

  end() {
    this.#element.hidden = true;
  }
}

/** How much of a file has been transcribed, and how long it still takes. */
import { clockTime, part } from "./elements.js";
import { say } from "./words.js";

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
    const values = { done: clockTime(bar.value), total: clockTime(this.#seconds) };
    part(this.#element, ".done").textContent = say("file.done", values);
    const minutes = Math.ceil((this.#seconds - bar.value) / 60); // the recogniser listens at the speed of speech
    part(this.#element, ".left").textContent = minutes > 1 ? say("file.left", { minutes }) : say("file.last-minute");
  }

  end() {
    this.#element.hidden = true;
  }
}

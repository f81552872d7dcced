/** Deletes a transcript once the time to undo it is over, or the page is closed. */
import { part } from "../elements.js";

/** Long enough to read the line and to reach the button; it does not run while somebody is at it. */
const UNDO_MS = 10_000;

export class Deletions {
  #root;
  #remove;
  /** @type {{ stem: string, undo: () => void } | null} */
  #waiting = null;
  #timer = 0;

  /**
   * @param {HTMLElement} root with a line of text and a button
   * @param {(stem: string) => Promise<void>} remove
   */
  constructor(root, remove) {
    this.#root = root;
    this.#remove = remove;
    part(root, "button").addEventListener("click", () => this.#undo());
    for (const at of ["pointerenter", "focusin"]) {
      root.addEventListener(at, () => clearTimeout(this.#timer));
    }
    for (const away of ["pointerleave", "focusout"]) {
      root.addEventListener(away, () => this.#await());
    }
    addEventListener("pagehide", () => void this.#finish());
  }

  /**
   * @param {string} stem
   * @param {string} name for people
   * @param {() => void} undo shows it again
   */
  async add(stem, name, undo) {
    await this.#finish();
    this.#waiting = { stem, undo };
    part(this.#root, "p").textContent = `“${name}” is deleted.`;
    this.#root.hidden = false;
    this.#await();
  }

  /** Whether it is as good as deleted. @param {string} stem */
  has(stem) {
    return this.#waiting?.stem === stem;
  }

  #await() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#finish(), UNDO_MS);
  }

  #undo() {
    const waiting = this.#waiting;
    this.#end();
    waiting?.undo();
  }

  async #finish() {
    const waiting = this.#waiting;
    this.#end();
    if (waiting) {
      await this.#remove(waiting.stem);
    }
  }

  #end() {
    clearTimeout(this.#timer);
    this.#waiting = null;
    this.#root.hidden = true;
  }
}

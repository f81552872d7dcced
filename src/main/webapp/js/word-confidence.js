/** Marks doubtful words, on demand. Highlights leave the text alone: nothing is announced anew or moves. */

/** From the worst on: below this much confidence a word is marked so. */
const LEVELS = /** @type {const} */ ([["guessed", 0.5], ["doubtful", 0.8]]);

export class WordConfidence {
  /** @type {Map<string, Highlight>} */
  #highlights = new Map();
  #button;

  /**
   * @param {HTMLElement} button appears with the first word whose confidence is known, where the browser has highlights
   */
  constructor(button) {
    this.#button = button;
    button.addEventListener("click", () => this.toggle());
    if ("Highlight" in window) {
      LEVELS.forEach(([name]) => this.#highlights.set(name, new Highlight()));
    }
  }

  /**
   * @param {Text} node
   * @param {{ from: number, to: number, confidence?: number }[]} words by their places in its text
   */
  add(node, words) {
    for (const { from, to, confidence } of words) {
      this.#button.hidden &&= confidence === undefined || this.#highlights.size === 0;
      const level = LEVELS.find(([, limit]) => confidence !== undefined && confidence < limit);
      if (level) {
        this.#highlights
          .get(level[0])
          ?.add(new StaticRange({ startContainer: node, startOffset: from, endContainer: node, endOffset: to }));
      }
    }
  }

  toggle() {
    const shown = this.#button.ariaPressed !== "true";
    this.#button.ariaPressed = String(shown);
    for (const [name, highlight] of this.#highlights) {
      shown ? CSS.highlights.set(name, highlight) : CSS.highlights.delete(name);
    }
  }
}

/** Keeps the newest caption in view, unless the reader has scrolled away from it. */

/** Closer to the end than this is at the end: positions are rounded, and touch screens overshoot. */
const NEAR_PIXELS = 48;

export class ReadingPosition {
  #button;
  #atEnd = true;
  #top = 0;

  /** @param {HTMLElement} button that leads back to the newest caption; shown while the reader is elsewhere */
  constructor(button) {
    this.#button = button;
    button.addEventListener("click", () => this.toEnd());
    addEventListener("scroll", () => this.#noticed(), { passive: true });
  }

  /** To be called after text was added, maybe before the browser tells of scrolling. */
  follow() {
    if (scrollY < this.#top) {
      this.#noticed();
    }
    if (this.#atEnd) {
      this.toEnd();
    } else {
      this.#button.hidden = false;
    }
  }

  toEnd() {
    this.#atEnd = true;
    this.#button.hidden = true;
    scrollTo({ top: document.documentElement.scrollHeight }); // at once: a smooth scroll would lag behind speech
    this.#top = scrollY;
  }

  #noticed() {
    this.#top = scrollY;
    this.#atEnd = scrollY + innerHeight >= document.documentElement.scrollHeight - NEAR_PIXELS;
    this.#button.hidden ||= this.#atEnd;
  }
}

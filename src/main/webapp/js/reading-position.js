/** Keeps the newest caption in view, unless the reader has scrolled away from it. */

/** Closer to the end than this is at the end: positions are rounded, and touch screens overshoot. */
const NEAR_PIXELS = 48;

export class ReadingPosition {
  #button;
  #atEnd = true;
  #top = 0;
  /** Whether text is coming. */
  #following = false;
  #resting = false;

  /** @param {HTMLElement} button that leads back to the newest caption; shown while the reader is elsewhere */
  constructor(button) {
    this.#button = button;
    button.addEventListener("click", () => this.toEnd());
    addEventListener("scroll", () => this.#noticed(), { passive: true });
    // What was laid out by estimate gets its true height only when it is drawn.
    new ResizeObserver(() => this.#following && this.#isAtEnd() && this.toEnd()).observe(document.body);
  }

  /** To be called after text was added. */
  follow() {
    this.#following = true;
    if (this.#isAtEnd()) {
      this.toEnd();
    } else {
      this.#button.hidden = this.#resting;
    }
  }

  /** A new recording begins. */
  begin() {
    this.#resting = false;
    this.#atEnd = true;
  }

  toEnd() {
    this.#atEnd = true;
    this.#button.hidden = true;
    scrollTo({ top: document.documentElement.scrollHeight }); // at once: a smooth scroll would lag behind speech
    this.#top = scrollY;
  }

  /** The captions or the window have another size. While a recording runs the newest caption is what counts. */
  resized(isLive = false) {
    if (isLive || this.#atEnd) {
      this.toEnd();
    }
  }

  /** Nothing more comes: the end is not news any longer. */
  rest() {
    this.#button.hidden = true;
    this.#resting = true;
    this.#following = false;
  }

  /** Asked before each move: the browser tells of scrolling later than it scrolls. */
  #isAtEnd() {
    if (scrollY < this.#top) {
      this.#noticed();
    }
    return this.#atEnd;
  }

  #noticed() {
    const isNear = scrollY + innerHeight >= document.documentElement.scrollHeight - NEAR_PIXELS;
    this.#atEnd = isNear || (this.#atEnd && scrollY >= this.#top); // only who scrolls up goes away: the end may have moved down by itself
    this.#top = scrollY;
    this.#button.hidden ||= this.#atEnd;
  }
}

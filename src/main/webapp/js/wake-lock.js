// @ts-check
/** Keeps the screen on while something is recorded: a phone that locks itself takes the microphone away. */
export class WakeLock {
  #wanted = false;
  /** @type {WakeLockSentinel | null} */
  #sentinel = null;

  constructor() {
    // A lock is lost whenever the page is hidden.
    document.addEventListener("visibilitychange", () => this.#request());
  }

  /** @param {boolean} wanted */
  async set(wanted) {
    this.#wanted = wanted;
    if (wanted) {
      await this.#request();
    } else {
      await this.#sentinel?.release();
      this.#sentinel = null;
    }
  }

  async #request() {
    if (this.#wanted && "wakeLock" in navigator && document.visibilityState === "visible") {
      try {
        this.#sentinel = await navigator.wakeLock.request("screen");
      } catch {
        this.#sentinel = null; // refused, to save the battery for example: recording works without
      }
    }
  }
}

/** Keeps the screen on: a phone that locks itself takes the microphone away. */
export class WakeLock {
  #wanted = false;
  /** @type {WakeLockSentinel | null} */
  #sentinel = null;

  constructor() {
    // A lock is lost whenever the page is hidden.
    document.addEventListener("visibilitychange", () => this.#apply());
  }

  /** @param {boolean} wanted */
  async set(wanted) {
    if (wanted !== this.#wanted) {
      this.#wanted = wanted;
      await this.#apply();
    }
  }

  async #apply() {
    if (this.#wanted && "wakeLock" in navigator && document.visibilityState === "visible") {
      // Where it is refused recording works without.
      this.#sentinel = await navigator.wakeLock.request("screen").catch(() => null);
    }
    if (!this.#wanted) {
      await this.#sentinel?.release(); // also one that came only after it was no longer wanted
    }
  }
}

/** Says that the connection is lost, how much is kept and when the next try is. The seconds are for the eye only. */
import { part } from "./elements.js";

export class LinkBanner {
  #element;
  #keptSeconds;
  #nextTry = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} element
   * @param {() => number} keptSeconds
   * @param {() => void} onRetry
   */
  constructor(element, keptSeconds, onRetry) {
    this.#element = element;
    this.#keptSeconds = keptSeconds;
    part(element, "button").addEventListener("click", onRetry);
    addEventListener("online", onRetry);
  }

  /** @param {import("./transcription-socket.js").Link} link */
  show({ connected, retryInMs = 0 }) {
    this.#element.hidden = connected;
    this.#nextTry = performance.now() + retryInMs;
    clearTimeout(this.#timer);
    if (!connected) {
      this.#count();
    }
  }

  #count() {
    const left = Math.ceil((this.#nextTry - performance.now()) / 1000);
    const next = left > 0 ? `Next try in ${left} s.` : "Trying …";
    part(this.#element, ".kept").textContent = `${Math.floor(this.#keptSeconds())} s`;
    part(this.#element, ".next").textContent = next;
    this.#timer = setTimeout(() => this.#count(), 500);
  }
}

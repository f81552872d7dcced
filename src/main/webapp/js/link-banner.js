/** Says that the connection is lost, how much is kept and when the next try is. The seconds are for the eye only. */
import { part } from "./elements.js";

export class LinkBanner {
  #element;
  #audio;
  #nextTry = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} element
   * @param {() => { keptSeconds: number, lostSeconds: number }} audio what waits for the server, and what is lost already
   * @param {() => void} onRetry
   */
  constructor(element, audio, onRetry) {
    this.#element = element;
    this.#audio = audio;
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
    const { keptSeconds, lostSeconds } = this.#audio();
    const kept = `${Math.floor(keptSeconds)} s`;
    part(this.#element, ".kept").textContent =
      lostSeconds > 0
        ? `Only the last ${kept} of what you say are kept; ${Math.ceil(lostSeconds)} s before them are lost.`
        : `What you say is kept (${kept}) and sent when it is back.`;
    part(this.#element, ".next").textContent = next;
    this.#timer = setTimeout(() => this.#count(), 500);
  }
}

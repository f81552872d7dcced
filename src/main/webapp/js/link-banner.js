/** Says that the connection is lost, how much is kept and when the next try is. The seconds are for the eye only. */
import { part } from "./elements.js";
import { say } from "./words.js";

export class LinkBanner {
  #element;
  #audio;
  #nextTry = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} element
   * @param {() => { keptSeconds: number, lostSeconds: number }} audio what waits for the server, and what is lost
   *     already
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
    const next = left > 0 ? say("link.next", { seconds: left }) : say("link.trying");
    const { keptSeconds, lostSeconds } = this.#audio();
    const values = { kept: Math.floor(keptSeconds), lost: Math.ceil(lostSeconds) };
    part(this.#element, ".kept").textContent = say(lostSeconds > 0 ? "link.full" : "link.kept", values);
    part(this.#element, ".next").textContent = next;
    this.#timer = setTimeout(() => this.#count(), 500);
  }
}

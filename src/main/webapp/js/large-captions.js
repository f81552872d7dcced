/**
 * Captions for a room to read: full screen where the browser can, at least large where it cannot. All else fades after
 * a moment.
 */

const FADE_MS = 3000;

export class LargeCaptions {
  #button;
  #onChange;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} button
   * @param {() => void} onChange the captions have another size now
   */
  constructor(button, onChange) {
    this.#button = button;
    this.#onChange = onChange;
    button.addEventListener("click", () => this.toggle());
    document.addEventListener("fullscreenchange", () => document.fullscreenElement || this.#show(false));
    document.addEventListener("keydown", ({ key, defaultPrevented }) => !defaultPrevented && key === "Escape" && this.isShown && this.toggle());
    ["pointermove", "pointerdown", "keydown", "focusin"].forEach((sign) => document.addEventListener(sign, () => this.#stir()));
  }

  async toggle() {
    const large = !this.isShown;
    this.#show(large);
    const change = large ? document.documentElement.requestFullscreen?.() : document.fullscreenElement && document.exitFullscreen();
    await Promise.resolve(change).catch(() => {}); // refused or not there: large all the same
    this.#onChange(); // the screen has another size only now
  }

  get isShown() {
    return document.body.dataset.view === "large";
  }

  /** @param {boolean} large */
  #show(large) {
    document.body.dataset.view = large ? "large" : "page";
    this.#button.ariaPressed = String(large);
    this.#stir();
    this.#onChange();
  }

  /** Somebody is there: buttons are shown, and fade when nobody has moved for a while. */
  #stir() {
    clearTimeout(this.#timer);
    delete document.body.dataset.quiet;
    if (this.isShown) {
      this.#timer = setTimeout(() => (document.body.dataset.quiet = ""), FADE_MS);
    }
  }
}

/** Captions for a room to read: full screen where the browser can, at least large where it cannot. */
export class LargeCaptions {
  #button;
  #onChange;

  /**
   * @param {HTMLElement} button
   * @param {() => void} onChange the captions have another size now
   */
  constructor(button, onChange) {
    this.#button = button;
    this.#onChange = onChange;
    button.addEventListener("click", () => this.toggle());
    document.addEventListener("fullscreenchange", () => document.fullscreenElement || this.#show(false));
    document.addEventListener("keydown", ({ key }) => key === "Escape" && this.#isShown && this.toggle());
  }

  async toggle() {
    const large = !this.#isShown;
    this.#show(large);
    const change = large ? document.documentElement.requestFullscreen?.() : document.fullscreenElement && document.exitFullscreen();
    await Promise.resolve(change).catch(() => {}); // refused or not there: large all the same
  }

  get #isShown() {
    return document.body.dataset.view === "large";
  }

  /** @param {boolean} large */
  #show(large) {
    document.body.dataset.view = large ? "large" : "page";
    this.#button.ariaPressed = String(large);
    this.#onChange();
  }
}

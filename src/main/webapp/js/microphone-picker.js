// @ts-check
/** The list of microphones. The choice is remembered in this browser. */
const STORAGE_KEY = "steno.microphone";

export class MicrophonePicker {
  #select;
  #list;

  /**
   * @param {HTMLSelectElement} select
   * @param {() => Promise<{ id: string, label: string }[]>} list
   */
  constructor(select, list) {
    this.#select = select;
    this.#list = list;
    select.addEventListener("change", () => remember(select.value));
    navigator.mediaDevices?.addEventListener("devicechange", () => this.refresh());
  }

  /** The chosen device, also one that is not connected now; empty for the system's choice. */
  get deviceId() {
    return this.#select.value || remembered();
  }

  set disabled(/** @type {boolean} */ disabled) {
    this.#select.disabled = disabled;
  }

  /** Lists what is there: again after permission is given, for only then devices have names. */
  async refresh() {
    const devices = await this.#list();
    const named = devices.filter(({ id }) => id !== "default" && id !== "communications");
    this.#select.replaceChildren(new Option("Default microphone", ""), ...named.map(({ id, label }) => new Option(label, id)));
    const choice = remembered();
    this.#select.value = named.some(({ id }) => id === choice) ? choice : "";
  }
}

function remembered() {
  try {
    return localStorage.getItem(STORAGE_KEY) ?? "";
  } catch {
    return ""; // storage is blocked: the choice lasts as long as the page
  }
}

/** @param {string} deviceId */
function remember(deviceId) {
  try {
    localStorage.setItem(STORAGE_KEY, deviceId);
  } catch {
    // storage is blocked, see above
  }
}

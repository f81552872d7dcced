/** The list of microphones. The choice is remembered in this browser. */
import { remember, remembered } from "./preferences.js";

const PREFERENCE = "microphone";

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
    select.addEventListener("change", () => remember(PREFERENCE, select.value));
    navigator.mediaDevices?.addEventListener("devicechange", () => this.refresh());
  }

  /** The chosen device, also one that is not connected now; empty for the system's choice. */
  get deviceId() {
    return this.#select.value || remembered(PREFERENCE);
  }

  /** Lists what is there: again after permission is given, for only then devices have names. */
  async refresh() {
    const devices = await this.#list();
    const named = devices.filter(({ id }) => id !== "default" && id !== "communications");
    this.#select.replaceChildren(new Option("Default microphone", ""), ...named.map(({ id, label }) => new Option(label, id)));
    const choice = remembered(PREFERENCE);
    this.#select.value = named.some(({ id }) => id === choice) ? choice : "";
  }
}

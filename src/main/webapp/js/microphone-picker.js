/** The list of microphones. The choice is remembered in this browser. */
import { remember, remembered } from "./preferences.js";
import { say } from "./words.js";

const PREFERENCE = "microphone";

export class MicrophonePicker {
  #select;
  #list;

  /**
   * @param {HTMLSelectElement} select
   * @param {() => Promise<{ id: string, label: string }[]>} list
   * @param {(deviceId: string) => void} onChoice
   */
  constructor(select, list, onChoice) {
    this.#select = select;
    this.#list = list;
    select.addEventListener("change", () => {
      remember(PREFERENCE, select.value);
      onChoice(select.value);
    });
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
    this.#select.replaceChildren(new Option(say("microphone.default"), ""), ...named.map(({ id, label }) => new Option(label, id)));
    const choice = remembered(PREFERENCE);
    this.#select.value = named.some(({ id }) => id === choice) ? choice : "";
  }
}

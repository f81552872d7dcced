/**
 * The controls: which can be used in which state, what they are called then, and their shortcuts.
 *
 * @typedef {import("./recording.js").RecordingState} RecordingState
 *
 * @typedef {object} ControlsListener
 * @property {() => void} onStart
 * @property {(file: File) => void} onFile
 * @property {() => void} onStop
 * @property {() => void} onPause
 * @property {() => void} onResume
 * @property {Record<string, () => void>} shortcuts by the key's code, with Alt and Shift: single keys get in the way of speech input
 */
import { clockTime, element } from "./elements.js";

/** @type {Record<RecordingState, { status: string, record: string, onRecord?: "onStart" | "onStop" }>} `onRecord`: of the large button */
const APPEARANCES = {
  starting: { status: "Waiting for the microphone", record: "Start" },
  connecting: { status: "Connecting", record: "Stop", onRecord: "onStop" },
  recording: { status: "Listening", record: "Stop", onRecord: "onStop" },
  paused: { status: "Paused", record: "Stop", onRecord: "onStop" },
  stopping: { status: "Finishing the last words", record: "Stop" },
  ended: { status: "Ready", record: "Start", onRecord: "onStart" },
};

/** @type {Partial<Record<RecordingState, string>>} what differs when a file is transcribed */
const FILE_STATUS = { starting: "Reading the file", recording: "Transcribing the file" };

export class Controls {
  #record = element("record");
  #pause = element("pause");
  #status = element("status");
  #elapsed = element("elapsed");
  #file = element("file");
  #chooser = /** @type {HTMLInputElement} */ (element("chooser"));
  #listener;
  /** @type {RecordingState} */
  #state = "ended";

  /** @param {ControlsListener} listener */
  constructor(listener) {
    this.#listener = listener;
    this.#record.addEventListener("click", () => this.#pressRecord());
    this.#pause.addEventListener("click", () => this.#pressPause());
    this.#file.addEventListener("click", () => this.#chooser.click());
    this.#chooser.addEventListener("change", () => this.#chosen());
    document.addEventListener("keydown", (event) => this.#pressKey(event));
  }

  /**
   * @param {RecordingState} state
   * @param {boolean} ofFile whether a file is transcribed
   */
  show(state, ofFile) {
    const { status, record, onRecord } = APPEARANCES[state];
    this.#state = state;
    document.body.dataset.state = state;
    document.body.dataset.source = ofFile ? "file" : "microphone";
    document.title = onRecord === "onStop" ? "● Steno" : "Steno";
    this.say((ofFile && FILE_STATUS[state]) || status);
    this.#record.textContent = ofFile && record === "Stop" ? "Cancel" : record;
    this.#record.ariaDisabled = String(!onRecord); // a disabled button would lose the keyboard's focus
    this.#pause.hidden = state !== "recording" && state !== "paused";
    this.#pause.textContent = state === "paused" ? "Continue" : "Pause";
    this.#file.hidden = state !== "ended";
    this.#elapsed.hidden = state === "ended";
  }

  /** @param {string} status announced by screen readers */
  say(status) {
    this.#status.textContent = status;
  }

  /** @param {number} seconds */
  showElapsed(seconds) {
    const time = clockTime(seconds);
    if (this.#elapsed.textContent !== time) {
      this.#elapsed.textContent = time;
    }
  }

  #pressRecord() {
    const { onRecord } = APPEARANCES[this.#state];
    if (onRecord) {
      this.#listener[onRecord]();
    }
  }

  #pressPause() {
    if (this.#state === "paused") {
      this.#listener.onResume();
    } else if (this.#state === "recording") {
      this.#listener.onPause();
    }
  }

  #chosen() {
    const [file] = this.#chooser.files ?? [];
    this.#chooser.value = ""; // or the same file could not be chosen twice
    if (file) {
      this.#listener.onFile(file);
    }
  }

  /** @param {KeyboardEvent} event */
  #pressKey(event) {
    const action = event.repeat || document.querySelector("dialog[open]") ? undefined : this.#actionOf(event);
    if (action) {
      event.preventDefault(); // on a focused button Enter would press that one, too
      action();
    }
  }

  /** @param {KeyboardEvent} event */
  #actionOf({ key, code, ctrlKey, metaKey, shiftKey, altKey }) {
    if (key === "Enter" && (ctrlKey || metaKey)) {
      return () => this.#pressRecord();
    }
    if (key === "Enter" && shiftKey) {
      return () => this.#pressPause();
    }
    return altKey && shiftKey && !ctrlKey ? this.#listener.shortcuts[code] : undefined;
  }
}

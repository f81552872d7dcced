// @ts-check
/**
 * The controls of the page: which of them can be used in which state, what they are called then, and their shortcuts.
 *
 * @typedef {import("./recording.js").RecordingState} RecordingState
 *
 * @typedef {object} ControlsListener
 * @property {() => void} onStart
 * @property {() => void} onStop
 * @property {() => void} onPause
 * @property {() => void} onResume
 */
import { clockTime, element } from "./elements.js";

/** @typedef {{ status: string, record: string, onRecord?: keyof ControlsListener }} Appearance */
/** @type {Record<RecordingState, Appearance>} `onRecord`: what the large button does, if anything */
const APPEARANCES = {
  starting: { status: "Waiting for the microphone", record: "Start" },
  connecting: { status: "Connecting", record: "Stop", onRecord: "onStop" },
  recording: { status: "Listening", record: "Stop", onRecord: "onStop" },
  paused: { status: "Paused", record: "Stop", onRecord: "onStop" },
  stopping: { status: "Finishing the last words", record: "Stop" },
  ended: { status: "Ready", record: "Start", onRecord: "onStart" },
};

export class Controls {
  #record = element("record");
  #pause = element("pause");
  #status = element("status");
  #elapsed = element("elapsed");
  #listener;
  /** @type {RecordingState} */
  #state = "ended";

  /** @param {ControlsListener} listener */
  constructor(listener) {
    this.#listener = listener;
    this.#record.addEventListener("click", () => this.#pressRecord());
    this.#pause.addEventListener("click", () => this.#pressPause());
    document.addEventListener("keydown", (event) => this.#pressKey(event));
  }

  /** @param {RecordingState} state */
  show(state) {
    const { status, record, onRecord } = APPEARANCES[state];
    this.#state = state;
    document.body.dataset.state = state;
    document.title = onRecord === "onStop" ? "● Steno" : "Steno";
    this.say(status);
    this.#record.textContent = record;
    this.#record.ariaDisabled = String(!onRecord); // a disabled button would lose the keyboard's focus
    this.#pause.hidden = state !== "recording" && state !== "paused";
    this.#pause.textContent = state === "paused" ? "Continue" : "Pause";
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

  /** @param {KeyboardEvent} event */
  #pressKey(event) {
    const withControl = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && (withControl || event.shiftKey) && !event.repeat) {
      event.preventDefault(); // on a focused button it would press that one, too
      withControl ? this.#pressRecord() : this.#pressPause();
    }
  }
}

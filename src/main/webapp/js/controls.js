/**
 * The controls: which can be used in which state, what they are called then, and their shortcuts.
 *
 * @typedef {import("./recording.js").RecordingState} RecordingState
 *
 * @typedef {object} ControlsListener
 * @property {() => void} onStart
 * @property {(file: File) => void} onFile
 * @property {() => void} onStop
 * @property {() => void} onCancel in place of `onStop` for a file
 * @property {() => void} onFinish nobody wants to wait for the server any longer
 * @property {() => void} onPause
 * @property {() => void} onResume
 * @property {Record<string, () => void>} shortcuts by the key's code, with Alt and Shift: single keys get in the way of
 * speech input
 */
import { clockTime, element } from "./elements.js";
import { say } from "./words.js";

/**
 * @type {Record<RecordingState, { status: string, record: string, onRecord?: "onStart" | "onStop" }>} `onRecord`: of
 * the large button
 */
const APPEARANCES = {
  starting: { status: "state.starting", record: "start" },
  connecting: { status: "state.connecting", record: "stop", onRecord: "onStop" },
  recording: { status: "state.recording", record: "stop", onRecord: "onStop" },
  paused: { status: "state.paused", record: "stop", onRecord: "onStop" },
  stopping: { status: "state.stopping", record: "stop" },
  ended: { status: "state.ready", record: "start", onRecord: "onStart" },
};
/** @type {Partial<Record<RecordingState, string>>} what differs when a file is transcribed */
const FILE_STATUS = { starting: "state.reading", recording: "state.file" };
/** @type {Partial<Record<RecordingState, string>>} in the tab, where there is no room for words */
const TITLES = { connecting: "● Steno", recording: "● Steno", paused: "❚❚ Steno" };
/** The last words and the archive take a second or two; who waits longer may go. */
const FINISH_AFTER_MS = 5000;

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
  #ofFile = false;
  #mayFinish = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;

  /** @param {ControlsListener} listener */
  constructor(listener) {
    this.#listener = listener;
    this.#record.addEventListener("click", () => this.pressRecord());
    this.#pause.addEventListener("click", () => this.#pressPause());
    this.#file.addEventListener("click", () => this.#chooser.click());
    this.#chooser.addEventListener("change", () => this.#chosen(this.#chooser.files));
    document.addEventListener("keydown", (event) => this.#pressKey(event));
    // A file that is dropped beside its place would be opened by the browser, in place of the page and its transcript.
    document.addEventListener("dragover", (event) => event.preventDefault());
    document.addEventListener("drop", (event) => {
      event.preventDefault();
      this.#chosen(event.dataTransfer?.files);
    });
  }

  /**
   * @param {RecordingState} state
   * @param {boolean} ofFile whether a file is transcribed
   */
  show(state, ofFile) {
    this.#state = state;
    this.#ofFile = ofFile;
    this.#mayFinish = false;
    clearTimeout(this.#patience);
    if (state === "stopping") {
      this.#patience = setTimeout(() => this.offerFinish(), FINISH_AFTER_MS);
    }
    document.body.dataset.state = state;
    document.body.dataset.source = ofFile ? "file" : "microphone";
    this.say(say((ofFile && FILE_STATUS[state]) || APPEARANCES[state].status));
    this.showWords();
  }

  /** Writes what the buttons are called now. */
  showWords() {
    const { record, onRecord } = APPEARANCES[this.#state];
    const isCancel = this.#ofFile && record === "stop";
    document.title = TITLES[this.#state] ?? "Steno";
    this.#record.textContent = say(this.#mayFinish ? "finish" : isCancel ? "cancel" : record);
    this.#record.ariaDisabled = String(!onRecord && !this.#mayFinish); // a disabled button would lose the keyboard's focus
    this.#pause.hidden = this.#state !== "recording" && this.#state !== "paused";
    this.#pause.textContent = say(this.#state === "paused" ? "continue" : "pause");
    this.#file.hidden = this.#state !== "ended";
    this.#elapsed.hidden = this.#state === "ended" || this.#ofFile;
  }

  /** A way out of waiting for a server that is away or slow. */
  offerFinish() {
    if (this.#state === "stopping") {
      this.#mayFinish = true;
      this.showWords();
    }
  }

  /** @param {string} status announced by screen readers */
  say(status) {
    if (this.#status.textContent !== status) {
      this.#status.textContent = status;
    }
  }

  /** @param {number} seconds */
  showElapsed(seconds) {
    const time = clockTime(seconds);
    if (this.#elapsed.textContent !== time) {
      this.#elapsed.textContent = time;
    }
  }

  pressRecord() {
    const { onRecord } = APPEARANCES[this.#state];
    if (onRecord) {
      this.#listener[onRecord === "onStop" && this.#ofFile ? "onCancel" : onRecord]();
    } else if (this.#mayFinish) {
      this.#listener.onFinish();
    }
  }

  #pressPause() {
    if (this.#state === "paused") {
      this.#listener.onResume();
    } else if (this.#state === "recording") {
      this.#listener.onPause();
    }
  }

  /** @param {FileList | null | undefined} files */
  #chosen(files) {
    const [file] = files ?? [];
    if (file && this.#state === "ended") {
      this.#listener.onFile(file);
    }
    this.#chooser.value = ""; // or the same file could not be chosen twice
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
      return () => this.pressRecord();
    }
    if (key === "Enter" && shiftKey) {
      return () => this.#pressPause();
    }
    return altKey && shiftKey && !ctrlKey ? this.#listener.shortcuts[code] : undefined;
  }
}

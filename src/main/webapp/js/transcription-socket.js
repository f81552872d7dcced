// @ts-check
/**
 * One connection to a Steno server, for one recording. Audio may be sent from the first moment on: it waits until the server
 * has introduced itself. Works on any page: `new TranscriptionSocket(url, { onMessage, onClose })`, `send`, `stop`.
 *
 * @typedef {import("./transcript.js").TranscriptMessage} TranscriptMessage
 * @typedef {{ type: "session", session_id?: string, engine?: string, language_code?: string }} SessionMessage
 * @typedef {{ type: "status", state: string, engine?: string, language_code?: string }} StatusMessage
 * @typedef {{ type: "progress", received_bytes: number }} ProgressMessage
 * @typedef {{ type: "saved", s3_key: string, location?: string, duration?: number, session_id?: string }} SavedMessage
 * @typedef {{ type: "error", code: string, message?: string, fatal?: boolean }} ErrorMessage
 * @typedef {SessionMessage | ({ type: "transcript" } & TranscriptMessage) | StatusMessage | ProgressMessage | SavedMessage
 *   | ErrorMessage} ServerMessage
 *
 * @typedef {object} SocketListener
 * @property {(message: ServerMessage) => void} onMessage
 * @property {(code: number) => void} onClose called exactly once, last; a WebSocket close code, 1006 when the network broke
 */

/** A server that has not said its first word by then is not there; until then at most this much audio waits. */
const CONNECT_TIMEOUT_MS = 10_000;
/** After `stop`: 45 s of audio that may wait on the server, 10 s for the last words, 10 s for the archive, and some air. */
const STOP_TIMEOUT_MS = 90_000;
/** 30 s of audio. A network that is further behind than that will not catch up, and the browser's memory is no place for it. */
const MAX_UNSENT_BYTES = 30 * 32_000;
const ABNORMAL_CLOSURE = 1006;

/** What a known message must have to be taken; any other message or field is for newer clients. */
const REQUIRED = new Map([
  ["session", {}],
  ["transcript", { text: "string", is_final: "boolean" }],
  ["status", { state: "string" }],
  ["progress", { received_bytes: "number" }],
  ["saved", { s3_key: "string" }],
  ["error", { code: "string" }],
]);

export class TranscriptionSocket {
  #socket;
  #listener;
  #options;
  /** @type {"connecting" | "open" | "closed"} */
  #state = "connecting";
  #stopped = false;
  /** @type {(string | ArrayBuffer)[]} what waits for the connection */
  #waiting = [];
  #timer;

  /**
   * @param {string | URL} url of the server's `/ws`
   * @param {SocketListener} listener
   * @param {Record<string, unknown>} options of this recording, such as `language_code`; sent with `start`
   * @param {(url: string | URL) => WebSocket} connect
   */
  constructor(url, listener, options = {}, connect = (to) => new WebSocket(to)) {
    this.#listener = listener;
    this.#options = options;
    this.#socket = connect(url);
    this.#socket.binaryType = "arraybuffer";
    this.#socket.onmessage = ({ data }) => this.#receive(parseServerMessage(data));
    this.#socket.onclose = ({ code }) => this.#end(code);
    this.#timer = this.#giveUpIn(CONNECT_TIMEOUT_MS);
  }

  /** @param {ArrayBuffer} frame 16-bit PCM, mono, 16 kHz; ignored after `stop` */
  send(frame) {
    if (this.#socket.bufferedAmount > MAX_UNSENT_BYTES) {
      this.#giveUp();
    }
    this.#write(frame);
  }

  /** Settles what was said so far; the next audio goes on. */
  pause() {
    this.#write(control("pause"));
  }

  /** Ends the recording: the last words, `saved` or an error, and the close still come. Twice is the same as once. */
  stop() {
    this.#write(control("stop"));
    this.#stopped = true;
    if (this.#state === "open") {
      this.#awaitEnd();
    }
  }

  /** @param {string | ArrayBuffer} data */
  #write(data) {
    if (this.#stopped) {
      return;
    }
    if (this.#state === "connecting") {
      this.#waiting.push(data);
    } else if (this.#state === "open") {
      this.#socket.send(data);
    }
  }

  /** @param {ServerMessage | null} message */
  #receive(message) {
    if (message === null || this.#state === "closed") {
      return;
    }
    if (message.type === "session" && this.#state === "connecting") {
      this.#start();
    }
    this.#listener.onMessage(message);
  }

  #start() {
    clearTimeout(this.#timer);
    this.#state = "open";
    this.#socket.send(control("start", this.#options));
    this.#waiting.splice(0).forEach((data) => this.#socket.send(data));
    if (this.#stopped) {
      this.#awaitEnd();
    }
  }

  #awaitEnd() {
    clearTimeout(this.#timer);
    this.#timer = this.#giveUpIn(STOP_TIMEOUT_MS);
  }

  #giveUp() {
    this.#end(ABNORMAL_CLOSURE);
    this.#socket.close();
  }

  /** @param {number} code */
  #end(code) {
    if (this.#state !== "closed") {
      this.#state = "closed";
      clearTimeout(this.#timer);
      this.#listener.onClose(code);
    }
  }

  /** @param {number} milliseconds */
  #giveUpIn(milliseconds) {
    return setTimeout(() => this.#giveUp(), milliseconds);
  }
}

/**
 * @param {string} action
 * @param {Record<string, unknown>} [options]
 */
function control(action, options) {
  return JSON.stringify({ type: "control", action, ...options });
}

/**
 * @param {unknown} data a frame as it came
 * @returns {ServerMessage | null} null for what this client does not know
 */
export function parseServerMessage(data) {
  if (typeof data !== "string") {
    return null;
  }
  const message = parsed(data);
  const required = Object.entries(REQUIRED.get(message?.type) ?? { type: "of no known message" });
  return required.every(([field, type]) => typeof message?.[field] === type) ? message : null;
}

/** @param {string} json */
function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

// @ts-check
/**
 * The life of one recording: starting -> recording <-> paused -> stopping -> ended. It joins a microphone and a socket, which
 * do not know each other, and knows nothing of the page.
 *
 * @typedef {import("./microphone.js").MicrophoneListener} MicrophoneListener
 * @typedef {import("./transcription-socket.js").SocketListener} SocketListener
 * @typedef {import("./transcription-socket.js").ServerMessage} ServerMessage
 * @typedef {"starting" | "connecting" | "recording" | "paused" | "stopping" | "ended"} RecordingState
 *
 * @typedef {object} OpenMicrophone
 * @property {() => Promise<void>} pause
 * @property {() => Promise<void>} resume
 * @property {() => Promise<void>} close
 *
 * @typedef {object} OpenSocket
 * @property {(frame: ArrayBuffer) => void} send
 * @property {() => void} pause
 * @property {() => void} stop
 *
 * @typedef {object} Sources
 * @property {(listener: MicrophoneListener) => Promise<OpenMicrophone>} openMicrophone
 * @property {(listener: SocketListener) => OpenSocket} openSocket
 *
 * @typedef {object} RecordingListener
 * @property {(state: RecordingState) => void} onState
 * @property {(frame: ArrayBuffer) => void} onFrame what was captured and sent
 * @property {(message: ServerMessage) => void} onMessage
 * @property {(code: string) => void} onProblem a failure that no message of the server tells
 */

/** @type {Record<number, string>} what a close means when the server has not said why */
const CLOSE_PROBLEMS = { 1000: "not_saved", 1008: "refused", 1012: "restarting", 1013: "busy" };

export class Recording {
  #sources;
  #listener;
  /** @type {RecordingState} */
  #state = "starting";
  /** @type {OpenMicrophone | null} */
  #microphone = null;
  /** @type {OpenSocket | null} */
  #socket = null;
  /** Whether the server has told how it ends, by `saved` or by an error that closes the connection. */
  #explained = false;
  /** Opening, pausing and closing the microphone take time; each waits for the one before. */
  #previous = Promise.resolve();

  /**
   * @param {Sources} sources
   * @param {RecordingListener} listener
   */
  constructor(sources, listener) {
    this.#sources = sources;
    this.#listener = listener;
  }

  /** Resolves once the microphone is open and the server is called, or when either was not possible. */
  async start() {
    this.#listener.onState(this.#state);
    try {
      this.#microphone = await this.#sources.openMicrophone({
        onFrame: (frame) => this.#send(frame),
        onUnplugged: () => this.#unplugged(),
      });
    } catch (error) {
      this.#listener.onProblem(/** @type {{ code?: string }} */ (error).code ?? "microphone_failed");
      this.#enter("ended");
      return;
    }
    this.#enter("connecting");
    this.#socket = this.#sources.openSocket({
      onMessage: (message) => this.#receive(message),
      onClose: (code) => this.#closed(code),
    });
  }

  async pause() {
    if (this.#state === "recording") {
      this.#enter("paused");
      await this.#inTurn(async () => {
        await this.#microphone?.pause();
        this.#socket?.pause();
      });
    }
  }

  async resume() {
    if (this.#state === "paused") {
      this.#enter("recording");
      await this.#inTurn(async () => this.#microphone?.resume());
    }
  }

  /** The last words and the archive's answer come after this; the end is told by the state `ended`. */
  async stop() {
    if (this.#isLive()) {
      this.#enter("stopping");
      await this.#inTurn(async () => {
        await this.#microphone?.close();
        this.#socket?.stop();
      });
    }
  }

  /** The page is closing: there is no time to wait for the last samples. */
  abandon() {
    this.#socket?.stop();
  }

  /** @param {() => Promise<void>} step */
  #inTurn(step) {
    this.#previous = this.#previous.then(step);
    return this.#previous;
  }

  #isLive() {
    return ["connecting", "recording", "paused"].includes(this.#state);
  }

  /** @param {ArrayBuffer} frame */
  #send(frame) {
    if (this.#state !== "ended") {
      this.#socket?.send(frame);
      this.#listener.onFrame(frame);
    }
  }

  /** @param {ServerMessage} message */
  #receive(message) {
    if (message.type === "session" && this.#state === "connecting") {
      this.#enter("recording");
    }
    this.#explained ||= message.type === "saved" || (message.type === "error" && message.fatal !== false);
    this.#listener.onMessage(message);
  }

  #unplugged() {
    this.#listener.onProblem("unplugged");
    return this.stop();
  }

  /** @param {number} code */
  #closed(code) {
    if (!this.#explained) {
      this.#listener.onProblem(CLOSE_PROBLEMS[code] ?? (this.#state === "connecting" ? "unreachable" : "lost"));
    }
    const microphoneIsOpen = this.#isLive();
    this.#enter("ended");
    if (microphoneIsOpen) {
      this.#inTurn(async () => this.#microphone?.close());
    }
  }

  /** @param {RecordingState} state */
  #enter(state) {
    this.#state = state;
    this.#listener.onState(state);
  }
}

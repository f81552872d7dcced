/**
 * The life of one recording: starting -> recording <-> paused -> stopping -> ended. It joins a source of audio and a
 * socket, which do not know each other. When the server has ended it without us, another one goes on with the same
 * source: a new chapter.
 *
 * @import { Link, SocketListener, TranscriptionSocket } from "./transcription-socket.js"
 * @import { ServerMessage } from "./server-messages.js"
 * @typedef {"starting" | "connecting" | "recording" | "paused" | "stopping" | "ended"} RecordingState
 *
 * @typedef {object} SourceListener
 * @property {(frame: ArrayBuffer) => void} onFrame
 * @property {(problem?: string) => void} onEnd there will be no more audio: the file is over, or the device has gone
 *
 * @typedef {object} OpenSource
 * @property {() => Promise<void>} pause
 * @property {() => Promise<void>} resume
 * @property {() => Promise<void>} close sends the rest
 * @property {() => unknown} [advance] the server has said something: a file may go on
 *
 * @typedef {Pick<TranscriptionSocket, "send" | "pause" | "stop" | "control" | "abandon" | "retryNow" |
 * "unconfirmedSeconds" | "lostSeconds">} OpenSocket
 *
 * @typedef {object} Ends
 * @property {(listener: SourceListener) => Promise<OpenSource>} openSource
 * @property {(listener: SocketListener, patient: boolean) => OpenSocket} openSocket
 *
 * @typedef {object} RecordingListener
 * @property {(state: RecordingState) => void} onState
 * @property {(frame: ArrayBuffer) => void} onFrame what was captured and sent
 * @property {(message: ServerMessage) => void} onMessage
 * @property {(link: Link) => void} onLink
 * @property {(seconds: number) => void} onGap this much audio is lost
 * @property {(audio: ArrayBuffer[]) => void} onNewChapter another recording begins, with this audio
 * @property {(code: string, detail?: string) => void} onProblem a failure that no message of the server tells
 */

/** @type {Record<number, string>} what a close means when the server has not said why */
const CLOSE_PROBLEMS = { 1000: "not_saved", 1008: "refused", 1013: "busy" };

export class Recording {
  #ends;
  #listener;
  /** @type {RecordingState} */
  #state = "starting";
  /** @type {OpenSource | null} */
  #source = null;
  /** @type {OpenSocket | null} */
  #socket = null;
  /** Whether the server has told how it ends, by `saved` or by an error that closes the connection. */
  #explained = false;
  /** Opening, pausing and closing the source take time; each waits for the one before. */
  #previous = Promise.resolve();

  /**
   * @param {Ends} ends
   * @param {RecordingListener} listener
   */
  constructor(ends, listener) {
    this.#ends = ends;
    this.#listener = listener;
  }

  /** Resolves once the source is open and the server is called, or when either was not possible. */
  async start() {
    this.#listener.onState(this.#state);
    try {
      this.#source = await this.#ends.openSource({
        onFrame: (frame) => this.#send(frame),
        onEnd: (problem) => this.#sourceEnded(problem),
      });
    } catch (error) {
      this.#listener.onProblem(/** @type {{ code?: string }} */ (error).code ?? "microphone_failed");
      this.#enter("ended");
      return;
    }
    this.#enter("connecting");
    this.#openSocket(false);
  }

  async pause() {
    if (this.#state === "recording") {
      this.#enter("paused");
      await this.#inTurn(async () => {
        await this.#source?.pause();
        this.#socket?.pause();
      });
    }
  }

  async resume() {
    if (this.#state === "paused") {
      this.#enter("recording");
      await this.#inTurn(async () => this.#source?.resume());
    }
  }

  /** The last words and the archive's answer come after this; the end is told by the state `ended`. */
  async stop() {
    if (this.#isLive()) {
      this.#enter("stopping");
      await this.#inTurn(async () => {
        await this.#source?.close();
        this.#socket?.stop();
      });
    }
  }

  /** The page is closing: there is no time to wait for the last samples. */
  abandon() {
    this.#socket?.stop();
  }

  retryNow() {
    this.#socket?.retryNow();
  }

  /** Ends it at once: the server stores what it has heard, and nobody waits for that. */
  async cancel() {
    if (this.#isLive()) {
      this.#explained = true;
      this.#enter("stopping");
      await this.#inTurn(async () => {
        await this.#source?.close();
        this.#socket?.stop();
        this.#socket?.abandon();
      });
    }
  }

  /** Does not wait for the last words and for the archive any longer: what is here is kept. */
  finishWithoutServer() {
    if (this.#state === "stopping") {
      this.#explained = true;
      this.#listener.onProblem("not_awaited");
      this.#socket?.abandon();
    }
  }

  /**
   * Any other action of the protocol, such as `share`.
   * @param {string} action
   * @param {Record<string, unknown>} [fields]
   */
  control(action, fields) {
    this.#socket?.control(action, fields);
  }

  /** Seconds of audio that wait for the server. */
  get unconfirmedSeconds() {
    return this.#socket?.unconfirmedSeconds ?? 0;
  }

  /** Seconds of audio that are lost because the connection has been away for too long. */
  get lostSeconds() {
    return this.#socket?.lostSeconds ?? 0;
  }

  /** @param {boolean} patient */
  #openSocket(patient) {
    this.#socket = this.#ends.openSocket(
      {
        onMessage: (message) => this.#receive(message),
        onClose: (code) => this.#closed(code),
        onLink: (link) => this.#listener.onLink(link),
        onGap: (seconds) => this.#listener.onGap(seconds),
        onGone: (audio, lostSeconds) => this.#goOn(audio, lostSeconds),
      },
      patient,
    );
  }

  /**
   * @param {ArrayBuffer[]} audio that was in no recording yet
   * @param {number} lostSeconds of audio before it
   */
  #goOn(audio, lostSeconds) {
    if (lostSeconds > 0) {
      this.#listener.onGap(lostSeconds);
    }
    const stopped = this.#state === "stopping";
    if (stopped && audio.length === 0) {
      this.#listener.onProblem("gone");
      this.#explained = true;
      this.#closed(1000);
      return;
    }
    this.#listener.onNewChapter(audio);
    this.#explained = false;
    this.#openSocket(true);
    audio.forEach((frame) => this.#socket?.send(frame));
    if (stopped) {
      this.#inTurn(async () => this.#socket?.stop());
    }
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
    const isFatal = message.type === "error" && message.fatal !== false;
    this.#explained ||= message.type === "saved" || isFatal;
    this.#listener.onMessage(message);
    this.#source?.advance?.();
    if (isFatal) {
      this.#closeSource(); // nobody hears it any more; `saved` and the close may take their time
    }
  }

  #closeSource() {
    if (this.#isLive()) {
      this.#enter("stopping");
      this.#inTurn(async () => this.#source?.close());
    }
  }

  /** @param {string} [problem] */
  #sourceEnded(problem) {
    if (problem) {
      this.#listener.onProblem(problem);
    }
    return this.stop();
  }

  /** @param {number} code */
  #closed(code) {
    if (!this.#explained) {
      this.#listener.onProblem(CLOSE_PROBLEMS[code] ?? (this.#state === "connecting" ? "unreachable" : "lost"));
    }
    const sourceIsOpen = this.#isLive();
    this.#enter("ended");
    if (sourceIsOpen) {
      this.#inTurn(async () => this.#source?.close());
    }
  }

  /** @param {RecordingState} state */
  #enter(state) {
    this.#state = state;
    this.#listener.onState(state);
  }
}

/**
 * One recording on a Steno server, over as many connections as the network makes of it. Audio may be sent from the
 * first moment on and while there is no connection: the last 40 s (`keepSeconds`) are kept until the server has stored
 * their text. Works on any page: `new TranscriptionSocket(url, { onMessage, onClose })`, `send`, `stop`. States:
 * connecting -> open <-> away -> closed.
 *
 * @import { ErrorMessage, ServerMessage, SessionMessage, TranscriptMessage } from "./server-messages.js"
 *
 * @typedef {object} Link
 * @property {boolean} connected
 * @property {number} [retryInMs] until the next try; missing while one is under way
 * @property {boolean} [restarted] with `connected`: the server was restarted, or another one has taken over; nothing
 * was lost by it
 *
 * @typedef {object} SocketListener
 * @property {(message: ServerMessage) => void} onMessage
 * @property {(code: number) => void} onClose the end, told once and last; a WebSocket close code, 1006 when the network
 * broke
 * @property {(link: Link) => void} [onLink] the connection was lost, is tried again, is back
 * @property {(seconds: number) => void} [onGap] this much audio was lost: the connection was away for longer than the
 * client can keep
 * @property {(audio: ArrayBuffer[], lostSeconds: number) => void} [onGone] instead of `onClose` (and without it
 * `onClose(1006)`): the
 *   server has ended the recording and archives what was final; this audio was in no recording yet, and before it so
 *   much was lost
 */
import { ABNORMAL_CLOSURE, Connection } from "./connection.js";
import { KeptAudio } from "./kept-audio.js";

/** For the server's first word. */
const CONNECT_PATIENCE_MS = 10_000;
/** `progress` comes once a second while audio flows. */
const PROGRESS_PATIENCE_MS = 5_000;
/** After `stop` silence may be right, and to ask again is harmless. */
const STOP_PATIENCE_MS = 15_000;
/**
 * Without a word from the server: 45 s of audio that may wait there, 10 s for the last words, 10 s for the archive, and
 * some air.
 */
const STOP_TIMEOUT_MS = 90_000;
/** Waits between tries: at random up to a limit that doubles from the first to the last of these. */
const FIRST_BACKOFF_MS = 500;
const LAST_BACKOFF_MS = 5_000;
const DEFAULT_RESUME_WINDOW_MS = 30_000;
/** A server that is started again needs about a minute. */
const MIN_PATIENCE_MS = 120_000;
/**
 * The server's last word: normal, policy, failure, busy. All others can be resumed, also 4008: this client did not read
 * for a while.
 */
const FINAL_CLOSES = [1000, 1008, 1011, 1013];
const SERVICE_RESTART = 1012;
const BYTES_PER_SECOND = 32_000;

/**
 * @typedef {object} SocketSettings
 * @property {Record<string, unknown>} [options] of this recording, such as `language_code`; sent with `start`
 * @property {number} [resumeWindowMs] how long the server keeps a recording whose client is away
 * @property {number} [patienceMs] how long a lost connection is tried again; after `stop` never longer than the default
 * of two minutes
 * @property {number} [keepSeconds] of audio: 40 if missing; less than what the server takes ahead of real time
 * @property {boolean} [patient] whether also the first connection is tried again and again
 * @property {(url: string | URL) => WebSocket} [connect]
 * @property {() => number} [random]
 */
export class TranscriptionSocket {
  #url;
  #listener;
  #settings;
  #audio;
  /** @type {"connecting" | "open" | "away" | "closed"} */
  #state = "connecting";
  /** @type {Connection | null} */
  #connection = null;
  /** What the recording is resumed with; empty before the first `session`, and with a server that cannot. */
  #token = "";
  /** Finals that this client holds. */
  #finals = 0;
  /** Whether the server has shown that it knows the options. */
  #started = false;
  #resumed = false;
  #paused = false;
  #stopped = false;
  /** Whether a fatal error has come: the end is near, perhaps after `saved`. */
  #over = false;
  #saved = false;
  /** Whether the server has said that it goes down and that the recording goes on elsewhere. */
  #handedOver = false;
  #awaySince = 0;
  #tries = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} until the next try */
  #retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} until the end is no longer awaited */
  #deadline;

  /**
   * @param {string | URL} url of the server's `/ws`
   * @param {SocketListener} listener
   * @param {SocketSettings} [settings]
   */
  constructor(url, listener, settings = {}) {
    this.#url = url;
    this.#listener = listener;
    this.#settings = settings;
    this.#audio = new KeptAudio(settings.keepSeconds);
    this.#awaySince = performance.now();
    settings.patient ? this.#tryLater() : this.#open();
  }

  /**
   * @param {ArrayBuffer} frame 16-bit PCM, mono, 16 kHz, at most 256 KiB; ignored after `stop` and after an error that
   * ends the recording
   */
  send(frame) {
    if (!this.#stopped && !this.#over) {
      this.#paused = false;
      this.#audio.add(frame);
      this.#write(frame, PROGRESS_PATIENCE_MS);
    }
  }

  /** Settles what was said so far; the next audio goes on. */
  pause() {
    if (!this.#stopped) {
      this.#paused = true;
      this.#write(control("pause"));
    }
  }

  /** Ends the recording: the last words, `saved` or an error, and the close still come. Twice is the same as once. */
  stop() {
    if (!this.#stopped) {
      this.#write(control("stop"), PROGRESS_PATIENCE_MS);
      this.#stopped = true;
      this.#awaitEnd();
    }
  }

  /**
   * Any other action of the protocol; not repeated after a cut.
   * @param {string} action
   * @param {Record<string, unknown>} [fields]
   */
  control(action, fields) {
    this.#write(control(action, fields));
  }

  /**
   * Gives up what still comes. After `stop` the server ends the recording all the same: at once, or when its window for
   * a resume is over.
   */
  abandon() {
    if (this.#state !== "closed") {
      this.#end(ABNORMAL_CLOSURE);
    }
  }

  /** Seconds of audio that wait until the server has taken them. */
  get unconfirmedSeconds() {
    return this.#audio.unconfirmedBytes / BYTES_PER_SECOND;
  }

  /**
   * Seconds of audio that the server has not taken and that had to make way: the connection has been away for too long.
   */
  get lostSeconds() {
    return this.#audio.lostBytes / BYTES_PER_SECOND;
  }

  /** Does not wait for the next try: the network is back, or the person knows better. */
  retryNow() {
    if (this.#retry !== undefined) {
      this.#open();
    }
  }

  /**
   * @param {string | ArrayBuffer} data
   * @param {number} [patienceMs] for an answer, where there must be one
   */
  #write(data, patienceMs) {
    if (this.#state === "open") {
      this.#connection?.send(data);
      this.#expectAnswer(patienceMs);
    }
  }

  /** @param {number} [patienceMs] of no use where nothing can be resumed */
  #expectAnswer(patienceMs) {
    if (patienceMs && this.#token) {
      this.#connection?.expectAnswer(patienceMs);
    }
  }

  #open() {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    if (this.#state === "away") {
      this.#listener.onLink?.({ connected: false });
    }
    const { connect = (to) => new WebSocket(to) } = this.#settings;
    this.#connection = new Connection(
      connect(this.#address()),
      { onMessage: (message) => this.#receive(message), onEnd: (code) => this.#lost(code) },
      CONNECT_PATIENCE_MS,
    );
  }

  #address() {
    if (!this.#token) {
      return this.#url;
    }
    const separator = String(this.#url).includes("?") ? "&" : "?";
    this.#audio.hold(true);
    const place = `segments=${this.#finals}&from=${this.#audio.start}`;
    return `${this.#url}${separator}resume=${encodeURIComponent(this.#token)}&${place}`;
  }

  /** @param {ServerMessage} message */
  #receive(message) {
    if (message.type === "session" && this.#state !== "open") {
      this.#introduced(message);
    } else if (message.type === "transcript" && this.#isOld(message)) {
      return;
    } else if (message.type === "progress") {
      this.#audio.confirm(message.received_bytes, message.settled_bytes);
    } else if (message.type === "saved") {
      this.#saved = true;
    } else if (message.type === "error") {
      this.#receiveError(message);
      return;
    }
    this.#started ||= message.type !== "session";
    if (this.#state === "open") {
      if (this.#stopped || this.#over) {
        this.#awaitEnd(); // a server that still says something still works on it
      }
      this.#expectAnswer(this.#stopped && !this.#saved ? STOP_PATIENCE_MS : undefined);
      this.#listener.onMessage(message);
    }
  }

  /** @param {ErrorMessage} message */
  #receiveError(message) {
    if (message.code === "session_expired" && this.#token && this.#state === "away") {
      this.#gone();
    } else if (message.code !== "no_speech" || this.#stopped) {
      this.#over ||= message.fatal !== false;
      this.#listener.onMessage(message);
      if (this.#over) {
        this.#awaitEnd();
      }
    } // else the recording ended while the client was away: the close follows, and another one goes on
  }

  /** @param {SessionMessage} message */
  #introduced({ resumed, restored, received_bytes: received = 0, resume_token: token = "" }) {
    if (this.#token && !resumed) {
      this.#gone();
      return;
    }
    const isFirst = !this.#token;
    const wasAway = this.#state === "away";
    const restarted = !isFirst && (restored || this.#handedOver || received < this.#audio.received);
    const missing = isFirst ? 0 : this.#audio.continueAt(received);
    this.#handedOver = false;
    this.#state = "open";
    this.#resumed = !isFirst;
    this.#token = token;
    this.#tries = 0;
    this.#sendAll(isFirst || (!this.#started && received === 0));
    if (wasAway) {
      this.#listener.onLink?.({ connected: true, ...(restarted && { restarted }) });
    }
    if (missing > 0) {
      this.#listener.onGap?.(missing / BYTES_PER_SECOND);
    }
  }

  /** @param {boolean} withStart */
  #sendAll(withStart) {
    if (withStart) {
      this.#write(control("start", this.#settings.options));
    }
    this.#audio.unconfirmed.forEach((frame) => this.#write(frame, PROGRESS_PATIENCE_MS));
    if (this.#paused) {
      this.#write(control("pause"));
    }
    if (this.#stopped) {
      this.#write(control("stop"), PROGRESS_PATIENCE_MS);
      this.#awaitEnd();
    }
  }

  #awaitEnd() {
    if (this.#state === "open") {
      clearTimeout(this.#deadline);
      this.#deadline = setTimeout(() => this.#end(ABNORMAL_CLOSURE), STOP_TIMEOUT_MS);
    }
  }

  /**
   * Whether it came on an earlier connection.
   * @param {TranscriptMessage} message
   */
  #isOld({ segment = this.#finals, is_final: isFinal }) {
    if (segment < this.#finals) {
      return true;
    }
    if (isFinal) {
      this.#finals = segment + 1;
    }
    return false;
  }

  /** @param {number} code */
  #lost(code) {
    this.#handedOver ||= this.#state === "open" && code === SERVICE_RESTART && !this.#saved;
    if (this.#isOver(code)) {
      this.#end(code);
    } else if (this.#hasEndedWithoutUs(code)) {
      this.#gone();
    } else if (FINAL_CLOSES.includes(code) || !this.#mayTryAgain()) {
      this.#end(code);
    } else {
      this.#tryLater();
    }
  }

  /** @param {number} code */
  #isOver(code) {
    return this.#saved ? this.#stopped || this.#over : this.#over && FINAL_CLOSES.includes(code);
  }

  /** @param {number} code */
  #hasEndedWithoutUs(code) {
    const hasExpired = this.#resumed && code === 1000 && !this.#stopped;
    const isRefused = this.#state === "away" && this.#token !== "" && code === 1008;
    const isDrained = this.#state === "open" && code === SERVICE_RESTART && (this.#saved || this.#over || !this.#token);
    return isDrained || hasExpired || isRefused;
  }

  #mayTryAgain() {
    if (this.#state === "open") {
      this.#awaySince = performance.now();
    }
    const { patient = false, resumeWindowMs = DEFAULT_RESUME_WINDOW_MS, patienceMs = 0 } = this.#settings;
    const patience = Math.max(MIN_PATIENCE_MS, 2 * resumeWindowMs, this.#stopped ? 0 : patienceMs);
    return (this.#token !== "" || patient) && performance.now() - this.#awaySince < patience;
  }

  /** Full jitter: clients that lost the same server do not come back all at once. */
  #tryLater() {
    const { random = Math.random } = this.#settings;
    const retryInMs = Math.round(random() * Math.min(LAST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** this.#tries++));
    this.#state = "away";
    this.#audio.hold(false);
    clearTimeout(this.#deadline);
    this.#retry = setTimeout(() => this.#open(), retryInMs);
    this.#listener.onLink?.({ connected: false, retryInMs });
  }

  #gone() {
    const { onGone } = this.#listener;
    if (this.#over || !onGone) {
      this.#end(ABNORMAL_CLOSURE);
    } else {
      this.#release();
      // What arrived at a server that ended the recording is in its text; one that handed it over has stored what was
      // settled only.
      onGone(this.#handedOver ? this.#audio.since(0) : this.#audio.unconfirmed, this.lostSeconds);
    }
  }

  /** @param {number} code */
  #end(code) {
    this.#release();
    this.#listener.onClose(code);
  }

  #release() {
    this.#state = "closed";
    clearTimeout(this.#retry);
    clearTimeout(this.#deadline);
    this.#connection?.drop();
  }
}

/**
 * @param {string} action
 * @param {Record<string, unknown>} [options]
 */
function control(action, options = {}) {
  return JSON.stringify({ type: "control", action, ...options });
}

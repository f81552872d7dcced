/**
 * An audio file in place of the microphone: frames of 100 ms, 16-bit PCM, mono, 16 kHz, a little ahead of real time.
 * What the server says drives it (`advance`): browsers slow down the timers of hidden tabs to one a minute.
 *
 * @typedef {import("./recording.js").SourceListener} SourceListener
 *
 * @typedef {object} AudioReader samples in order, a piece at a time
 * @property {number} rate hertz
 * @property {number} seconds the length of all
 * @property {(samples: number) => Promise<Float32Array[]> | Float32Array[]} read so many of each channel, fewer at the
 * end, then none
 */
import { PcmFramer } from "./pcm-framer.js";
import { Resampler } from "./resampler.js";

const RATE_HERTZ = 16_000;
const FRAME_SECONDS = 0.1;
/** Read and resampled in one go: some milliseconds of work. */
const PIECE_SECONDS = 1;
/** When the server says nothing: before its first word, and while a connection is lost. */
const TICK_MS = 500;

export class AudioFile {
  #reader;
  #listener;
  #unconfirmedSeconds;
  #leadSeconds;
  #resampler;
  #turn;
  #framer;
  /** How far the server has been sent ahead of real time; time takes it down to 0 and no further. */
  #aheadSeconds = 0;
  #updatedAt = performance.now();
  /** @type {"going" | "paused" | "over"} */
  #state = "going";
  #reading = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {AudioReader} reader
   * @param {SourceListener} listener
   * @param {() => number} unconfirmedSeconds audio that is on its way: the file waits while the connection is lost
   * @param {number} leadSeconds how far the server may be sent ahead of real time
   * @param {{ resampler?: Pick<Resampler, "push" | "finish">, turn?: () => Promise<void> }} [parts] `turn` lets the
   *     browser do other work
   */
  constructor(reader, listener, unconfirmedSeconds, leadSeconds, { resampler = new Resampler(reader.rate, RATE_HERTZ), turn = nextTask } = {}) {
    this.#reader = reader;
    this.#listener = listener;
    this.#unconfirmedSeconds = unconfirmedSeconds;
    this.#leadSeconds = leadSeconds;
    this.#resampler = resampler;
    this.#turn = turn;
    this.#framer = new PcmFramer(RATE_HERTZ * FRAME_SECONDS, listener.onFrame);
    this.#tick();
  }

  get seconds() {
    return this.#reader.seconds;
  }

  async pause() {
    this.#state = "paused";
  }

  async resume() {
    this.#state = "going";
    this.advance();
  }

  async close() {
    this.#state = "over";
    clearTimeout(this.#timer);
  }

  /** Sends what may be sent by now. */
  async advance() {
    if (this.#reading) {
      return;
    }
    this.#reading = true;
    let isEnd = false;
    while (!isEnd && this.#state === "going" && this.#mayGoOn()) {
      isEnd = await this.#readPiece();
      await this.#turn();
    }
    this.#reading = false;
    if (isEnd && this.#state === "going") {
      this.close();
      this.#resampler.finish((sample) => this.#framer.add(sample));
      this.#framer.flush();
      this.#listener.onEnd();
    }
  }

  #tick() {
    this.#timer = setTimeout(() => {
      this.#tick();
      this.advance();
    }, TICK_MS);
  }

  #mayGoOn() {
    const now = performance.now();
    this.#aheadSeconds = Math.max(0, this.#aheadSeconds - (now - this.#updatedAt) / 1000);
    this.#updatedAt = now;
    return Math.max(this.#aheadSeconds, this.#unconfirmedSeconds()) < this.#leadSeconds;
  }

  /** @returns {Promise<boolean>} whether the file is over */
  async #readPiece() {
    const [mono, ...others] = await this.#reader.read(this.#reader.rate * PIECE_SECONDS);
    if (!mono?.length || this.#state === "over") {
      return true;
    }
    others.forEach((other) => other.forEach((sample, at) => (mono[at] += sample)));
    const scale = 1 / (1 + others.length);
    this.#aheadSeconds += mono.length / this.#reader.rate;
    this.#resampler.push(mono, (sample) => this.#framer.add(sample * scale));
    return false;
  }
}

/** Not by a timer, which a hidden tab is seldom given. */
function nextTask() {
  return /** @type {Promise<void>} */ (
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve();
      port2.postMessage(null);
    })
  );
}

/**
 * An audio file in place of the microphone: frames of 100 ms, 16-bit PCM, mono, 16 kHz, a little ahead of real time. The browser
 * decodes whatever it can play.
 *
 * @typedef {import("./recording.js").SourceListener} SourceListener
 */
import { PcmFramer } from "./pcm-framer.js";
import { Resampler } from "./resampler.js";

/** The files' most common rate. Asked for 16 kHz at once, Chromium folds what lies above 8 kHz back: 9 kHz by only 20 dB less. */
const DECODED_HERTZ = 48_000;
const RATE_HERTZ = 16_000;
const FRAME_SECONDS = 0.1;
/** The server takes 45 s ahead of real time; five of them are left for what the network shifts. */
const LEAD_SECONDS = 40;
/** Frames at a time, each fifth of a second: 10 times the speed of speech, and a few milliseconds of work. */
const FRAMES_AT_ONCE = 20;
const PAUSE_MS = 200;

export class AudioFile {
  #channels;
  #listener;
  #unconfirmedSeconds;
  #resampler;
  #framer;
  /** Samples that were read. */
  #position = 0;
  /** How far the server has been sent ahead of real time; time takes it down to 0 and no further. */
  #aheadSeconds = 0;
  #updatedAt = performance.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Blob} file
   * @param {SourceListener} listener
   * @param {() => number} unconfirmedSeconds audio that is on its way: the file waits while the connection is lost
   * @returns {Promise<AudioFile>} rejected with the code `file_unreadable`
   */
  static async open(file, listener, unconfirmedSeconds) {
    try {
      const audio = await new OfflineAudioContext(1, 1, DECODED_HERTZ).decodeAudioData(await file.arrayBuffer());
      const channels = Array.from({ length: audio.numberOfChannels }, (_, channel) => audio.getChannelData(channel));
      return new AudioFile(channels, listener, unconfirmedSeconds);
    } catch (error) {
      throw Object.assign(new Error("unreadable", { cause: error }), { code: "file_unreadable" });
    }
  }

  /**
   * @param {Float32Array[]} channels at 48 kHz
   * @param {SourceListener} listener
   * @param {() => number} unconfirmedSeconds
   * @param {Pick<Resampler, "push" | "finish">} resampler
   */
  constructor(channels, listener, unconfirmedSeconds, resampler = new Resampler(DECODED_HERTZ, RATE_HERTZ)) {
    this.#channels = channels;
    this.#listener = listener;
    this.#unconfirmedSeconds = unconfirmedSeconds;
    this.#resampler = resampler;
    this.#framer = new PcmFramer(RATE_HERTZ * FRAME_SECONDS, listener.onFrame);
    this.#timer = setTimeout(() => this.#pump(), 0);
  }

  get seconds() {
    return this.#channels[0].length / DECODED_HERTZ;
  }

  async pause() {
    clearTimeout(this.#timer);
  }

  async resume() {
    this.#pump();
  }

  async close() {
    clearTimeout(this.#timer);
  }

  #pump() {
    const now = performance.now();
    this.#aheadSeconds = Math.max(0, this.#aheadSeconds - (now - this.#updatedAt) / 1000);
    this.#updatedAt = now;
    for (let frames = 0; frames < FRAMES_AT_ONCE && this.#mayGoOn(); frames++) {
      this.#read();
    }
    if (this.#position < this.#channels[0].length) {
      this.#timer = setTimeout(() => this.#pump(), PAUSE_MS);
    } else {
      this.#resampler.finish((sample) => this.#framer.add(sample));
      this.#framer.flush();
      this.#listener.onEnd();
    }
  }

  #mayGoOn() {
    const ahead = Math.max(this.#aheadSeconds, this.#unconfirmedSeconds());
    return ahead < LEAD_SECONDS && this.#position < this.#channels[0].length;
  }

  #read() {
    const from = this.#position;
    this.#position += DECODED_HERTZ * FRAME_SECONDS;
    const [mono, ...others] = this.#channels.map((channel) => channel.slice(from, this.#position));
    others.forEach((other) => other.forEach((sample, at) => (mono[at] += sample)));
    const scale = 1 / this.#channels.length;
    this.#resampler.push(mono, (sample) => this.#framer.add(sample * scale));
    this.#aheadSeconds += FRAME_SECONDS;
  }
}

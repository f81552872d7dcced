// @ts-check
/**
 * An audio file in place of the microphone: frames of 100 ms, 16-bit PCM, mono, 16 kHz, a little ahead of real time. The browser
 * decodes whatever it can play.
 */
import { PcmFramer } from "./pcm-framer.js";

const RATE_HERTZ = 16_000;
const FRAME_SECONDS = 0.1;
/** The server takes 45 s ahead of real time; five of them are left for what the network shifts. */
const LEAD_SECONDS = 40;
/** Frames at a time, each fifth of a second: 10 times the speed of speech, and a millisecond of work. */
const FRAMES_AT_ONCE = 20;
const PAUSE_MS = 200;

export class AudioFile {
  #samples;
  #listener;
  #unconfirmedSeconds;
  #position = 0;
  /** How far the server has been sent ahead of real time; time takes it down to 0 and no further. */
  #aheadSeconds = 0;
  #updatedAt = performance.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {Blob} file
   * @param {import("./recording.js").SourceListener} listener
   * @param {() => number} unconfirmedSeconds audio that is on its way: the file waits while the connection is lost
   */
  static async open(file, listener, unconfirmedSeconds) {
    const samples = await decode(file);
    return new AudioFile(samples, listener, unconfirmedSeconds);
  }

  /**
   * @param {Float32Array} samples at 16 kHz
   * @param {import("./recording.js").SourceListener} listener
   * @param {() => number} unconfirmedSeconds
   */
  constructor(samples, listener, unconfirmedSeconds) {
    this.#samples = samples;
    this.#listener = listener;
    this.#unconfirmedSeconds = unconfirmedSeconds;
    this.#timer = setTimeout(() => this.#pump(), 0);
  }

  get seconds() {
    return this.#samples.length / RATE_HERTZ;
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
      this.#sendFrame();
    }
    if (this.#position < this.#samples.length) {
      this.#timer = setTimeout(() => this.#pump(), PAUSE_MS);
    } else {
      this.#listener.onEnd();
    }
  }

  #mayGoOn() {
    const ahead = Math.max(this.#aheadSeconds, this.#unconfirmedSeconds());
    return ahead < LEAD_SECONDS && this.#position < this.#samples.length;
  }

  #sendFrame() {
    const end = Math.min(this.#samples.length, this.#position + RATE_HERTZ * FRAME_SECONDS);
    const framer = new PcmFramer(end - this.#position, this.#listener.onFrame);
    this.#samples.subarray(this.#position, end).forEach((sample) => framer.add(sample));
    this.#position = end;
    this.#aheadSeconds += FRAME_SECONDS;
  }
}

/** @param {Blob} file */
async function decode(file) {
  try {
    // The context's rate makes the browser resample, with its own low pass: a third of the memory of 48 kHz.
    const context = new OfflineAudioContext(1, 1, RATE_HERTZ);
    return mixed(await context.decodeAudioData(await file.arrayBuffer()));
  } catch (error) {
    throw Object.assign(new Error("unreadable", { cause: error }), { code: "file_unreadable" });
  }
}

/** @param {AudioBuffer} audio */
function mixed(audio) {
  const mono = audio.getChannelData(0);
  for (let channel = 1; channel < audio.numberOfChannels; channel++) {
    audio.getChannelData(channel).forEach((sample, at) => (mono[at] += sample));
  }
  return audio.numberOfChannels === 1 ? mono : mono.map((sample) => sample / audio.numberOfChannels);
}

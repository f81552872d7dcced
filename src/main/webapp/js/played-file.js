/**
 * A long compressed file, played without a sound at the speed of speech: the browser decodes it as it goes, so an hour
 * needs no more memory than a minute. Hidden tabs play on.
 *
 * @typedef {import("./recording.js").SourceListener} SourceListener
 */

/** When so much of what the server takes ahead is on its way, the connection is lost or slow. */
const MOST_UNCONFIRMED = 0.75;
const DRAIN_TIMEOUT_MS = 1000;

export class PlayedFile {
  #audio;
  #context;
  #processor;
  #listener;
  #unconfirmedSeconds;
  #mostSeconds;
  #paused = false;
  #drained = () => {};

  /**
   * @param {HTMLAudioElement} audio whose length is known
   * @param {SourceListener} listener
   * @param {() => number} unconfirmedSeconds
   * @param {number} leadSeconds how far the server may be sent ahead of real time
   */
  static async open(audio, listener, unconfirmedSeconds, leadSeconds) {
    const context = new AudioContext();
    await context.audioWorklet.addModule(new URL("pcm-processor.js", import.meta.url));
    const file = new PlayedFile(audio, context, { listener, unconfirmedSeconds, leadSeconds });
    await file.#apply();
    return file;
  }

  /**
   * @param {HTMLAudioElement} audio
   * @param {AudioContext} context
   * @param {{ listener: SourceListener, unconfirmedSeconds: () => number, leadSeconds: number }} ends as of `open`
   */
  constructor(audio, context, { listener, unconfirmedSeconds, leadSeconds }) {
    this.#audio = audio;
    this.#context = context;
    this.#listener = listener;
    this.#unconfirmedSeconds = unconfirmedSeconds;
    this.#mostSeconds = MOST_UNCONFIRMED * leadSeconds;
    this.#processor = new AudioWorkletNode(context, "pcm-processor", {
      numberOfOutputs: 0,
      channelCount: 1,
      channelCountMode: "explicit",
    });
    this.#processor.port.onmessage = ({ data }) => (data === "drained" ? this.#drained() : this.#heard(data));
    context.createMediaElementSource(audio).connect(this.#processor); // and to no loudspeaker
    audio.onended = () => this.#finish();
    audio.onerror = () => this.#finish("file_unreadable");
  }

  get seconds() {
    return this.#audio.duration;
  }

  async pause() {
    this.#paused = true;
    await this.#apply();
  }

  async resume() {
    this.#paused = false;
    await this.#apply();
  }

  async close() {
    this.#audio.onended = null;
    this.#audio.onerror = null;
    this.#audio.pause();
    URL.revokeObjectURL(this.#audio.src);
    this.#processor.port.close();
    if (this.#context.state !== "closed") {
      await this.#context.close();
    }
  }

  /** Goes on once the server has taken what was on its way. */
  advance() {
    return this.#apply();
  }

  /** @param {ArrayBuffer} frame */
  #heard(frame) {
    this.#listener.onFrame(frame);
    if (this.#unconfirmedSeconds() > this.#mostSeconds) {
      this.#apply();
    }
  }

  async #apply() {
    const plays = !this.#paused && this.#unconfirmedSeconds() <= this.#mostSeconds;
    if (plays && this.#audio.paused && !this.#audio.ended) {
      await this.#context.resume();
      await this.#audio.play();
    } else if (!plays && !this.#audio.paused) {
      this.#audio.pause();
      await this.#context.suspend(); // or it would go on with silence
    }
  }

  /** @param {string} [problem] */
  async #finish(problem) {
    await new Promise((resolve) => {
      this.#drained = () => resolve(undefined);
      setTimeout(resolve, DRAIN_TIMEOUT_MS);
      this.#processor.port.postMessage("finish");
    });
    this.#listener.onEnd(problem);
  }
}

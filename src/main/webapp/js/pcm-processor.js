/**
 * The AudioWorklet: takes blocks at the device's rate and posts frames of 100 ms as PCM, 16 kHz, 16 bit.
 * It is told "drain" (post what is ready) or "finish" (post everything, then end) and answers "drained" after the last
 * frame.
 */
import { PcmFramer } from "./pcm-framer.js";
import { Resampler } from "./resampler.js";

/**
 * What an AudioWorkletGlobalScope offers; the DOM's types do not cover it.
 * @typedef {object} WorkletScope
 * @property {number} sampleRate
 * @property {new () => { port: MessagePort }} AudioWorkletProcessor
 * @property {(name: string, processor: Function) => void} registerProcessor
 */
const scope = /** @type {WorkletScope} */ (/** @type {unknown} */ (globalThis));

const OUTPUT_RATE_HERTZ = 16000;
/** 100 ms: what Steno sends upstream at a time; more would make captions late. */
const FRAME_SAMPLES = 1600;

class PcmProcessor extends scope.AudioWorkletProcessor {
  #resampler = new Resampler(Math.round(scope.sampleRate), OUTPUT_RATE_HERTZ);
  #framer = new PcmFramer(FRAME_SAMPLES, (frame) => this.port.postMessage(frame, [frame]));
  #emit = (/** @type {number} */ sample) => this.#framer.add(sample);
  #running = true;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => this.#drain(data === "finish");
  }

  /**
   * @param {Float32Array[][]} inputs one input with one channel: the node mixes down; no channel while nothing is
   * connected
   */
  process([[samples]]) {
    if (this.#running && samples) {
      this.#resampler.push(samples, this.#emit);
    }
    return this.#running;
  }

  /** @param {boolean} finish */
  #drain(finish) {
    if (finish && this.#running) {
      this.#resampler.finish(this.#emit);
      this.#running = false;
    }
    this.#framer.flush();
    this.port.postMessage("drained");
  }
}

scope.registerProcessor("pcm-processor", PcmProcessor);

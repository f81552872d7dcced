/**
 * Changes the sample rate of a stream of audio: a polyphase low pass, a sinc under a Kaiser window. Positions are whole
 * numbers, so nothing drifts: N samples in give ceil(N * outputRate / inputRate) out, the first at the time of the
 * first one in.
 */

/** The pass band's and the stop band's edge as a share of the lower rate: 7 and 8.5 kHz when that is 16 kHz. */
const PASS_EDGE = 7000 / 16000;
const STOP_EDGE = 8500 / 16000;
/** What lies beyond the stop edge folds back into speech: with 80 dB less, near the last bit of 16. */
const ATTENUATION_DECIBEL = 80;
/** Samples taken in at a time: a few of the Web Audio API's blocks of 128. */
const BLOCK = 1024;

export class Resampler {
  /** Output samples per cycle of positions between two input samples. */
  #phases;
  /** How far one output sample advances in the input: whole samples and phases. */
  #stepSamples;
  #stepPhases;
  /** An output sample is made of this many input samples on each side. */
  #half;
  /** The filter's coefficients, phase after phase. */
  #kernel;
  #buffer;
  /** How much of the buffer holds samples. */
  #filled;
  /** The next output sample's place: a sample in the buffer and the phase after it. */
  #index;
  #phase = 0;

  /**
   * @param {number} inputRate hertz, a whole number
   * @param {number} outputRate hertz, a whole number
   */
  constructor(inputRate, outputRate) {
    const divisor = greatestCommonDivisor(inputRate, outputRate);
    this.#phases = outputRate / divisor;
    this.#stepSamples = Math.floor(inputRate / outputRate);
    this.#stepPhases = (inputRate / divisor) % this.#phases;
    const filter = inputRate === outputRate ? passThrough() : lowPass(inputRate, outputRate);
    this.#half = filter.half;
    this.#kernel = sampled(filter, this.#phases);
    this.#buffer = new Float32Array(2 * this.#half + BLOCK);
    this.#index = this.#half - 1; // what lies before the first sample is silence
    this.#filled = this.#index;
  }

  /**
   * @param {Float32Array} samples any number of them
   * @param {(sample: number) => void} emit called once for each sample that is ready
   */
  push(samples, emit) {
    for (let next = 0; next < samples.length; ) {
      const end = Math.min(samples.length, next + this.#buffer.length - this.#filled);
      while (next < end) {
        this.#buffer[this.#filled++] = samples[next++];
      }
      this.#drain(emit);
    }
  }

  /**
   * Emits what the filter still holds, as if silence followed. The stream is over after this.
   * @param {(sample: number) => void} emit
   */
  finish(emit) {
    this.push(new Float32Array(this.#half), emit);
  }

  /** @param {(sample: number) => void} emit */
  #drain(emit) {
    while (this.#index + this.#half < this.#filled) {
      emit(this.#convolve());
      this.#index += this.#stepSamples;
      this.#phase += this.#stepPhases;
      if (this.#phase >= this.#phases) {
        this.#phase -= this.#phases;
        this.#index++;
      }
    }
    this.#forget(this.#index - this.#half + 1);
  }

  #convolve() {
    const taps = 2 * this.#half;
    const buffer = this.#buffer;
    const kernel = this.#kernel;
    let at = this.#index - this.#half + 1;
    let sum = 0;
    for (let tap = this.#phase * taps, end = tap + taps; tap < end; tap++, at++) {
      sum += buffer[at] * kernel[tap];
    }
    return sum;
  }

  /** @param {number} count samples at the front of the buffer that no later output needs */
  #forget(count) {
    this.#buffer.copyWithin(0, count, this.#filled);
    this.#filled -= count;
    this.#index -= count;
  }
}

/**
 * @typedef {object} Filter
 * @property {number} half the impulse response is zero beyond this many input samples
 * @property {(time: number) => number} response the impulse response but for its scale, time in input samples
 */

/** @returns {Filter} */
function passThrough() {
  return { half: 1, response: (time) => (time === 0 ? 1 : 0) };
}

/**
 * @param {number} inputRate
 * @param {number} outputRate
 * @returns {Filter}
 */
function lowPass(inputRate, outputRate) {
  const lowerRate = Math.min(inputRate, outputRate) / inputRate;
  const cutoff = ((PASS_EDGE + STOP_EDGE) / 2) * lowerRate; // cycles per input sample
  const transition = 2 * Math.PI * (STOP_EDGE - PASS_EDGE) * lowerRate;
  // Kaiser's two formulas: taps from attenuation and transition width, and the window's shape from the attenuation.
  const half = Math.ceil((ATTENUATION_DECIBEL - 7.95) / (2.285 * transition) / 2);
  const beta = 0.1102 * (ATTENUATION_DECIBEL - 8.7);
  /** @param {number} time */
  const window = (time) => bessel(beta * Math.sqrt(Math.max(0, 1 - (time / half) ** 2)));
  return { half, response: (time) => sinc(2 * cutoff * time) * window(time) };
}

/**
 * The filter at each phase, each scaled to pass a constant unchanged.
 * @param {Filter} filter
 * @param {number} phases
 */
function sampled(filter, phases) {
  const taps = 2 * filter.half;
  const kernel = new Float32Array(phases * taps);
  for (let phase = 0; phase < phases; phase++) {
    const values = kernel.subarray(phase * taps, (phase + 1) * taps);
    values.forEach((_, tap) => (values[tap] = filter.response(phase / phases + filter.half - 1 - tap)));
    const sum = values.reduce((left, right) => left + right);
    values.forEach((value, tap) => (values[tap] = value / sum));
  }
  return kernel;
}

/** @param {number} x */
function sinc(x) {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}

/**
 * The modified Bessel function of order 0, by its power series.
 * @param {number} x
 */
function bessel(x) {
  let sum = 1;
  for (let k = 1, term = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

/**
 * @param {number} a
 * @param {number} b
 * @returns {number}
 */
function greatestCommonDivisor(a, b) {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

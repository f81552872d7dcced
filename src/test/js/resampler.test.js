// @ts-check
import { Resampler } from "../../main/webapp/js/resampler.js";
import { between, equal } from "./assert.js";

const OUTPUT_RATE = 16000;
/** What devices have. */
const RATES = [8000, 16000, 44100, 48000, 96000];
/** The same cases, in a ratio of small numbers where 44.1 kHz has a large one: its filter takes seconds without a compiler. */
const CHEAP_RATES = [8000, 16000, 24000, 48000, 96000];
const PASS_EDGE = 7000;
const STOP_EDGE = 8500;

export function passes_speech_within_1_decibel_up_to_7_kilohertz() {
  for (const rate of RATES) {
    const highest = Math.min(PASS_EDGE, 0.4375 * rate);
    for (const [frequency, gain] of sweep(rate, 100, highest, 10)) {
      between(gain, -1, 1, `${frequency} Hz at ${rate} Hz`);
    }
  }
}

export function keeps_out_what_lies_above_8_5_kilohertz() {
  for (const rate of [44100, 48000, 96000]) {
    for (const [frequency, gain] of sweep(rate, STOP_EDGE, rate / 2 - 100, 10)) {
      between(gain, -Infinity, -40, `${frequency} Hz at ${rate} Hz`);
    }
  }
}

export function adds_no_mirror_image_when_the_rate_rises() {
  const tone = resample(8000, [sine(8000, 3000, 800)]);
  const image = tone.map((sample, index) => sample * Math.cos((2 * Math.PI * 5000 * index) / OUTPUT_RATE));
  const middle = image.slice(400, 1200);
  between(Math.abs(middle.reduce((sum, sample) => sum + sample)) / middle.length, 0, 0.005, "5 kHz from 3 kHz");
}

export function passes_16_kilohertz_through_unchanged() {
  const samples = noise(1000);
  equal(resample(16000, [samples]), [...samples]);
}

export function gives_the_same_samples_however_the_audio_is_cut() {
  for (const rate of CHEAP_RATES) {
    const samples = noise(3000);
    const whole = resample(rate, [samples]);
    for (const size of [1, 128]) {
      equal(resample(rate, cut(samples, size)), whole, `blocks of ${size} at ${rate} Hz`);
    }
  }
}

export function gives_exactly_as_many_samples_as_the_time_holds() {
  for (const rate of CHEAP_RATES) {
    for (const length of [0, 1, 441, 1001]) {
      const count = resample(rate, [new Float32Array(length)]).length;
      equal(count, Math.ceil((length * OUTPUT_RATE) / rate), `${length} samples at ${rate} Hz`);
    }
  }
}

export function does_not_drift() {
  const resampler = new Resampler(44100, OUTPUT_RATE);
  let count = 0;
  for (let part = 0; part < 100; part++) {
    resampler.push(new Float32Array(441), () => count++);
  }
  resampler.finish(() => count++);
  equal(count, OUTPUT_RATE);
}

export function keeps_a_click_at_its_time_up_to_the_last_sample() {
  for (const rate of [24000, 48000, 96000]) {
    for (const share of [0, 0.5, 0.999]) {
      const samples = new Float32Array(rate / 20);
      const place = Math.floor(samples.length * share);
      samples[place] = 1;
      const result = resample(rate, [samples]);
      const loudest = result.reduce((best, sample, index) => (sample > result[best] ? index : best), 0);
      between(loudest - (place * OUTPUT_RATE) / rate, -1, 1, `click at ${place} of ${rate} Hz`);
    }
  }
}

export function passes_a_constant_unchanged() {
  for (const rate of CHEAP_RATES) {
    const middle = resample(rate, [new Float32Array(rate / 20).fill(0.5)]).slice(200, 600);
    between(Math.min(...middle), 0.49999, 0.50001, `least at ${rate} Hz`);
    between(Math.max(...middle), 0.49999, 0.50001, `most at ${rate} Hz`);
  }
}

/**
 * The gain in decibel at frequencies from `first` to `last`: tones of 30 ms one after another, each measured where the
 * filter has settled.
 * @param {number} rate
 * @param {number} first
 * @param {number} last
 * @param {number} count
 * @returns {[number, number][]}
 */
function sweep(rate, first, last, count) {
  const frequencies = Array.from({ length: count }, (_, index) => first + ((last - first) * index) / (count - 1));
  const output = resample(
    rate,
    frequencies.map((frequency) => sine(rate, frequency, rate * 0.03)),
  );
  return frequencies.map((frequency, index) => {
    const settled = output.slice(index * 480 + 80, index * 480 + 400); // 20 ms: whole periods of 50 Hz steps
    const power = settled.reduce((sum, sample) => sum + sample * sample, 0) / settled.length;
    return [frequency, 10 * Math.log10(2 * power)];
  });
}

/**
 * @param {number} rate
 * @param {Float32Array[]} blocks
 */
function resample(rate, blocks) {
  const resampler = new Resampler(rate, OUTPUT_RATE);
  /** @type {number[]} */
  const result = [];
  blocks.forEach((block) => resampler.push(block, (sample) => result.push(sample)));
  resampler.finish((sample) => result.push(sample));
  return result;
}

/**
 * @param {number} rate
 * @param {number} frequency
 * @param {number} length
 */
function sine(rate, frequency, length) {
  return Float32Array.from({ length }, (_, index) => Math.sin((2 * Math.PI * frequency * index) / rate + 0.3));
}

/**
 * The same each time, so that a failure can be repeated.
 * @param {number} length
 */
function noise(length) {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (state * 48271) % 2147483647;
    return state / 1073741823.5 - 1;
  });
}

/**
 * @param {Float32Array} samples
 * @param {number} size
 */
function cut(samples, size) {
  return Array.from({ length: Math.ceil(samples.length / size) }, (_, block) =>
    samples.slice(block * size, (block + 1) * size),
  );
}

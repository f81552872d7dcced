// @ts-check
import { PcmFramer } from "../../main/webapp/js/pcm-framer.js";
import { equal } from "./assert.js";

export function sends_a_frame_when_it_is_full() {
  equal(frames(2, [0.5, -0.5, 0.25]), [[16384, -16384]]);
}

export function sends_a_short_frame_when_it_is_flushed() {
  equal(frames(2, [0.5, -0.5, 0.25], true), [[16384, -16384], [8192]]);
}

export function sends_nothing_when_there_is_nothing_to_flush() {
  equal(frames(2, [0.5, 0.5], true), [[16384, 16384]]);
}

export function rounds_and_clips() {
  const half = 0.5 / 32768;
  equal(frames(6, [1.5, -1.5, 1, half * 1.2, half * 0.8, -half * 1.2]), [[32767, -32768, 32767, 1, 0, -1]]);
}

/**
 * @param {number} size
 * @param {number[]} samples
 * @param {boolean} [flush]
 */
function frames(size, samples, flush) {
  /** @type {number[][]} */
  const result = [];
  const framer = new PcmFramer(size, (frame) => result.push([...new Int16Array(frame)]));
  samples.forEach((sample) => framer.add(sample));
  if (flush) {
    framer.flush();
  }
  return result;
}

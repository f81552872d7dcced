// @ts-check
import { AudioFile } from "../../main/webapp/js/audio-file.js";
import { between, equal } from "./assert.js";
import { clear, pass } from "./clock.js";

const SECOND = 48_000;

export function runs_40_seconds_ahead_of_real_time_and_no_further() {
  const { heard } = playing(100);
  pass(10_000);
  between(heard.seconds(), 49.8, 50.2, "after 10 s");
}

export function time_in_which_nothing_could_be_sent_earns_no_lead() {
  const { file, heard } = playing(200);
  pass(10_000);
  file.pause();
  pass(100_000);
  file.resume();
  pass(10_000);
  between(heard.seconds(), 99.6, 100.4, "40 + 10, twice");
}

export function waits_while_the_server_confirms_nothing() {
  const { heard, server } = playing(100);
  server.unconfirmed = 40;
  pass(60_000);
  equal(heard.frames.length, 0);
  server.unconfirmed = 0;
  pass(1_000);
  between(heard.seconds(), 9, 11, "then at ten times the speed");
}

export function sends_all_of_the_file_and_says_so_once() {
  const { heard } = playing(1.25);
  pass(10_000);
  equal([heard.frames.length, heard.seconds(), heard.ends], [13, 1.25, 1]);
}

export function mixes_all_channels() {
  const { heard } = playing(1, [0.5, -0.25]);
  pass(1_000);
  between(new Int16Array(heard.frames[5])[0], 4094, 4098, "an eighth of full scale");
}

export function a_closed_file_is_silent() {
  const { file, heard } = playing(100);
  pass(1_000);
  const before = heard.frames.length;
  file.close();
  pass(10_000);
  equal([heard.frames.length, heard.ends], [before, 0]);
}

/**
 * @param {number} seconds
 * @param {number[]} levels of its channels
 */
function playing(seconds, levels = [0]) {
  clear();
  const heard = {
    /** @type {ArrayBuffer[]} */
    frames: [],
    ends: 0,
    seconds: () => heard.frames.reduce((sum, frame) => sum + frame.byteLength, 0) / 32_000,
  };
  const server = { unconfirmed: 0 };
  const channels = levels.map((level) => new Float32Array(seconds * SECOND).fill(level));
  const listener = { onFrame: (/** @type {ArrayBuffer} */ frame) => heard.frames.push(frame), onEnd: () => heard.ends++ };
  return { file: new AudioFile(channels, listener, () => server.unconfirmed, everyThird), heard, server };
}

/** Minutes of audio take the real one long here. */
const everyThird = {
  push(/** @type {Float32Array} */ samples, /** @type {(sample: number) => void} */ emit) {
    for (let at = 0; at < samples.length; at += 3) {
      emit(samples[at]);
    }
  },
  finish() {},
};

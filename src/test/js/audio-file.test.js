// @ts-check
import { AudioFile } from "../../main/webapp/js/audio-file.js";
import { between, equal } from "./assert.js";
import { clear, pass } from "./clock.js";

const SECOND = 48_000;

export async function runs_40_seconds_ahead_of_real_time_and_no_further() {
  const { heard } = playing(100);
  await after(10_000);
  between(heard.seconds(), 49.5, 51, "after 10 s");
}

export async function needs_no_timer_once_the_server_speaks() {
  const { file, heard } = playing(1000, { lead: 10 });
  await after(1_000);
  clear(); // as good as a hidden tab, whose timers run once a minute
  for (let second = 0; second < 20; second++) {
    await after(1_000);
    file.advance();
    await settled();
  }
  between(heard.seconds(), 30, 32, "20 s later");
}

export async function time_in_which_nothing_could_be_sent_earns_no_lead() {
  const { file, heard } = playing(200, { lead: 10 });
  await after(5_000);
  await file.pause();
  await after(50_000);
  await file.resume();
  await after(5_000);
  between(heard.seconds(), 29, 32, "10 + 5, twice");
}

export async function waits_while_the_server_confirms_nothing() {
  const { heard, server } = playing(100, { lead: 10 });
  server.unconfirmed = 10;
  await after(60_000);
  equal(heard.frames.length, 0);
  server.unconfirmed = 0;
  await after(1_000);
  between(heard.seconds(), 9, 12, "then all that it may");
}

export async function sends_all_of_the_file_and_says_so_once() {
  const { heard } = playing(1.25);
  await after(10_000);
  equal([heard.frames.length, heard.seconds(), heard.ends], [13, 1.25, 1]);
}

export async function mixes_all_channels() {
  const { heard } = playing(1, { levels: [0.5, -0.25] });
  await after(1_000);
  between(new Int16Array(heard.frames[5])[0], 4094, 4098, "an eighth of full scale");
}

export async function a_closed_file_is_silent() {
  const { file, heard } = playing(100, { lead: 10 });
  await after(1_000);
  const before = heard.frames.length;
  await file.close();
  await after(10_000);
  equal([heard.frames.length, heard.ends], [before, 0]);
}

/**
 * @param {number} seconds
 * @param {{ levels?: number[], lead?: number }} options the levels of its channels; the lead in seconds, of which much
 *     takes this interpreter long
 */
function playing(seconds, { levels = [0], lead = 40 } = {}) {
  clear();
  const heard = {
    /** @type {ArrayBuffer[]} */
    frames: [],
    ends: 0,
    seconds: () => heard.frames.reduce((sum, frame) => sum + frame.byteLength, 0) / 32_000,
  };
  const server = { unconfirmed: 0 };
  let position = 0;
  const reader = {
    rate: SECOND,
    seconds,
    read: (/** @type {number} */ samples) => {
      const count = Math.min(samples, seconds * SECOND - position);
      position += count;
      return levels.map((level) => new Float32Array(count).fill(level));
    },
  };
  const listener = { onFrame: (/** @type {ArrayBuffer} */ frame) => heard.frames.push(frame), onEnd: () => heard.ends++ };
  const parts = { resampler: everyThird, turn: async () => {} };
  return { file: new AudioFile(reader, listener, () => server.unconfirmed, lead, parts), heard, server };
}

/** @param {number} milliseconds */
async function after(milliseconds) {
  for (let passed = 0; passed < milliseconds; passed += 500) {
    pass(500);
    await settled();
  }
}

/** A minute of audio is read in some hundred steps. */
async function settled() {
  for (let turn = 0; turn < 400; turn++) {
    await null;
  }
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

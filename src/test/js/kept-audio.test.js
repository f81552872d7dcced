// @ts-check
import { KeptAudio } from "../../main/webapp/js/kept-audio.js";
import { equal } from "./assert.js";

const SECOND = 32_000;

export function keeps_no_more_than_it_was_told() {
  const audio = new KeptAudio(2);
  [1, 2, 3].forEach(() => audio.add(new ArrayBuffer(SECOND)));
  equal([audio.start, audio.unconfirmedBytes, audio.lostBytes], [SECOND, 2 * SECOND, SECOND]);
}

export function forgets_what_is_settled() {
  const audio = kept(4, 6);
  audio.confirm(4, 4);
  equal(contents(audio), [6]);
  audio.confirm(10, 10);
  equal([contents(audio), audio.unconfirmedBytes], [[], 0]);
}

export function keeps_what_has_arrived_and_is_not_settled() {
  const audio = kept(4, 6);
  audio.confirm(10, 4);
  equal([contents(audio), audio.start, audio.unconfirmedBytes], [[6], 4, 0]);
}

export function a_server_that_tells_no_settled_position_is_believed_to_keep_what_it_has() {
  const audio = kept(4, 6);
  audio.confirm(4);
  equal([contents(audio), audio.start], [[6], 4]);
}

export function a_position_may_fall_into_a_frame() {
  const audio = kept(4, 6);
  audio.confirm(6, 6);
  equal(contents(audio), [4]);
  equal([...new Uint8Array(audio.since(6)[0])], [3, 3, 3, 3], "the frame's end");
  equal(audio.since(8).map((frame) => frame.byteLength), [2]);
}

export function an_old_confirmation_changes_nothing() {
  const audio = kept(4, 6);
  audio.confirm(4, 4);
  audio.confirm(2, 2);
  equal([contents(audio), audio.received], [[6], 4]);
}

export function a_confirmation_of_what_was_never_sent_leaves_nothing() {
  const audio = kept(4);
  audio.confirm(100);
  equal([contents(audio), audio.unconfirmedBytes], [[], 0]);
}

export function a_server_that_takes_over_is_sent_again_what_was_not_settled() {
  const audio = kept(4, 6, 8);
  audio.confirm(18, 4);
  equal(audio.continueAt(4), 0, "nothing is missing");
  equal([audio.unconfirmedBytes, audio.unconfirmed.length], [14, 2]);
}

export function keeps_40_seconds() {
  const audio = kept(...Array(40).fill(SECOND));
  equal([audio.unconfirmedBytes, audio.lostBytes], [40 * SECOND, 0]);
  audio.confirm(SECOND);
  audio.add(new ArrayBuffer(SECOND));
  equal([audio.unconfirmed.length, audio.lostBytes], [40, 0]);
  audio.add(new ArrayBuffer(SECOND));
  equal([audio.unconfirmed.length, audio.lostBytes], [40, SECOND]);
}

export function the_place_that_the_server_is_told_stays_until_it_has_answered() {
  const audio = kept(...Array(42).fill(SECOND));
  audio.hold(true);
  const { start } = audio;
  audio.add(new ArrayBuffer(SECOND));
  equal([audio.start, audio.continueAt(start)], [start, 0]);
  audio.add(new ArrayBuffer(SECOND));
  equal(audio.start, start + 2 * SECOND, "then it moves on");
}

export function only_what_had_not_arrived_is_lost_when_the_oldest_make_way() {
  const audio = kept(...Array(40).fill(SECOND));
  audio.confirm(30 * SECOND, 0);
  for (let second = 0; second < 20; second++) {
    audio.add(new ArrayBuffer(SECOND));
  }
  equal([audio.start, audio.unconfirmedBytes, audio.lostBytes], [20 * SECOND, 30 * SECOND, 0]);
}

export function a_server_that_was_told_what_is_kept_goes_on_there() {
  const audio = kept(...Array(43).fill(SECOND));
  equal(audio.start, 3 * SECOND);
  equal(audio.continueAt(3 * SECOND), 0, "the server has told what is lost");
  equal([audio.unconfirmed.length, audio.lostBytes], [40, 0]);
}

export function a_server_that_goes_on_earlier_misses_what_is_between() {
  const audio = kept(...Array(42).fill(SECOND));
  equal(audio.continueAt(SECOND / 2), 1.5 * SECOND);
  audio.confirm(SECOND);
  equal(audio.unconfirmedBytes, 39.5 * SECOND);
}

/** @param {number[]} sizes of frames, each filled with its place from 1 in steps of 2 */
function kept(...sizes) {
  const audio = new KeptAudio();
  sizes.forEach((size, index) => audio.add(new Uint8Array(size).fill(1 + 2 * index).buffer));
  return audio;
}

/** @param {KeptAudio} audio */
function contents(audio) {
  return audio.since(0).map((frame) => frame.byteLength);
}

// @ts-check
import { UnconfirmedAudio } from "../../main/webapp/js/unconfirmed-audio.js";
import { equal } from "./assert.js";

const SECOND = 32_000;

export function forgets_what_is_confirmed() {
  const audio = kept(4, 6);
  audio.confirm(4);
  equal(contents(audio), [6]);
  audio.confirm(10);
  equal([contents(audio), audio.bytes], [[], 0]);
}

export function a_confirmation_may_fall_into_a_frame() {
  const audio = kept(4, 6);
  audio.confirm(6);
  equal(contents(audio), [4]);
  equal([...new Uint8Array(audio.frames[0])], [3, 3, 3, 3], "the frame's end");
}

export function an_old_confirmation_changes_nothing() {
  const audio = kept(4, 6);
  audio.confirm(4);
  audio.confirm(2);
  equal(contents(audio), [6]);
}

export function a_confirmation_of_what_was_never_sent_leaves_nothing() {
  const audio = kept(4);
  audio.confirm(100);
  equal([contents(audio), audio.bytes], [[], 0]);
}

export function keeps_45_seconds_beyond_what_is_confirmed() {
  const audio = kept(...Array(45).fill(SECOND));
  equal(audio.bytes, 45 * SECOND);
  audio.confirm(SECOND);
  audio.add(new ArrayBuffer(SECOND));
  equal(audio.frames.length, 45);
  equal(audio.continueAt(SECOND), 0, "nothing is missing");
}

export function tells_what_is_missing_when_the_oldest_had_to_go() {
  const audio = kept(...Array(47).fill(SECOND));
  equal(audio.bytes, 45 * SECOND);
  equal(audio.continueAt(SECOND / 2), 1.5 * SECOND);
}

export function goes_on_counting_from_where_the_server_is() {
  const audio = kept(...Array(46).fill(SECOND));
  audio.continueAt(0);
  audio.confirm(SECOND);
  equal(audio.frames.length, 44);
}

/** @param {number[]} sizes of frames, each filled with its place from 1 in steps of 2 */
function kept(...sizes) {
  const audio = new UnconfirmedAudio();
  sizes.forEach((size, index) => audio.add(new Uint8Array(size).fill(1 + 2 * index).buffer));
  return audio;
}

/** @param {UnconfirmedAudio} audio */
function contents(audio) {
  return audio.frames.map((frame) => frame.byteLength);
}

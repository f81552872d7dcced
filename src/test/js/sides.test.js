// @ts-check
import { Sides } from "../../main/webapp/js/sides.js";
import { equal } from "./assert.js";

const LOUD = 0.01;
const QUIET = 1e-8;

/** @typedef {import("../../main/webapp/js/sides.js").Levels} Levels */

export function a_word_belongs_to_the_side_that_was_louder() {
  const sides = heard([2, { own: LOUD, beside: QUIET }], [2, { own: QUIET, beside: LOUD }]);
  equal(speakers(sides, [word(0.5, 1), word(2.5, 3)]), ["me", "others"]);
}

export function a_microphone_that_hears_the_loudspeakers_does_not_take_their_words() {
  const sides = heard([2, { own: LOUD * 2, beside: LOUD }], [2, { own: LOUD * 8, beside: LOUD }]);
  equal(speakers(sides, [word(0.5, 1), word(2.5, 3)]), ["others", "me"]);
}

export function the_engines_labels_tell_the_others_apart() {
  const sides = heard([2, { own: QUIET, beside: LOUD }], [2, { own: LOUD, beside: QUIET }]);
  equal(speakers(sides, [word(0.5, 1, "1-spk_0"), word(2.5, 3, "1-spk_1")]), ["1-spk_0", "me"]);
}

export function an_engine_without_words_has_one_speaker_for_a_segment() {
  const sides = heard([2, { own: QUIET, beside: LOUD }]);
  equal(sides.tell({ text: "hello", is_final: true, start: 0, end: 1 }).speaker, "others");
}

export function the_microphone_alone_and_partial_words_have_no_sides() {
  const message = { text: "hello", is_final: true, words: [word(0, 1)] };
  equal(new Sides().tell(message), message);
  const partial = { ...message, is_final: false };
  equal(heard([2, { own: LOUD, beside: QUIET }]).tell(partial), partial);
}

export function a_recording_that_goes_on_as_another_one_counts_from_its_own_beginning() {
  const sides = heard([8, { own: LOUD, beside: QUIET }], [2, { own: QUIET, beside: LOUD }]);
  sides.goOn(3);
  equal(speakers(sides, [word(0.2, 0.7), word(1.5, 2)]), ["me", "others"]);
}

/** @param {[seconds: number, levels: Levels][]} stretches */
function heard(...stretches) {
  const sides = new Sides();
  let frames = 0;
  for (const [seconds, levels] of stretches) {
    for (let tenth = 0; tenth < seconds * 10; tenth++) {
      sides.hear(++frames / 10, levels);
    }
  }
  return sides;
}

/**
 * @param {number} start
 * @param {number} end
 * @param {string} [speaker]
 */
function word(start, end, speaker) {
  return { text: "word", start, end, ...(speaker && { speaker }) };
}

/**
 * @param {Sides} sides
 * @param {ReturnType<typeof word>[]} words
 */
function speakers(sides, words) {
  return sides.tell({ text: "", is_final: true, words }).words?.map(({ speaker }) => speaker);
}

// @ts-check
import { segmentAt, timeAt, timedTokens } from "../../main/webapp/js/library/words.js";
import { equal } from "./assert.js";

const SAID = {
  segment: 0,
  text: "good morning all",
  start: 1,
  end: 4,
  words: [
    { text: "good", start: 1, end: 1.5 },
    { text: "morning", start: 2, end: 3 },
    { text: "all", start: 3.5, end: 4 },
  ],
};

export function a_word_has_the_time_in_which_it_was_said() {
  equal(timedTokens(SAID)[1], { from: 5, to: 12, start: 2, end: 3 });
  equal([0, 4, 5, 11, 12, 15, 16, 99].map((offset) => timeAt(SAID, offset)), [1, 1, 2, 2, 2, 3.5, 3.5, 3.5]);
}

export function a_corrected_text_shares_the_time_by_length() {
  const corrected = { ...SAID, text: "0123 56789", start: 10, end: 20 };
  equal(timedTokens(corrected).map(({ start, end }) => [start, end]), [[10, 14], [15, 20]]);
  equal(timeAt({ ...corrected, text: "" }, 0), 10);
}

export function the_segment_of_a_moment_is_the_last_one_that_has_begun() {
  const segments = [0, 5, 5, 9].map((start, segment) => ({ segment, text: "x", start, end: start + 1, words: [] }));
  equal([-1, 0, 4.9, 5, 8, 9, 100].map((seconds) => segmentAt(segments, seconds)), [-1, 0, 0, 2, 2, 3, 3]);
}

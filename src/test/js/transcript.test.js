// @ts-check
import { Transcript, turns } from "../../main/webapp/js/transcript.js";
import { equal } from "./assert.js";

export function a_partial_replaces_the_previous_one_of_its_segment() {
  const transcript = heard(partial(0, "hello"), partial(0, "hello world"));
  equal(texts(transcript.partials), ["hello world"]);
  equal(texts(transcript.finals), []);
}

export function a_final_replaces_its_partial() {
  const transcript = heard(partial(0, "hello word"), final(0, "hello world"));
  equal(texts(transcript.partials), []);
  equal(texts(transcript.finals), ["hello world"]);
}

export function a_final_leaves_the_partials_of_later_segments() {
  const transcript = heard(partial(1, "next"), partial(0, "hello"), final(0, "hello world"));
  equal(texts(transcript.partials), ["next"]);
}

export function partials_stand_in_the_order_of_speech() {
  equal(texts(heard(partial(1, "next"), partial(0, "hello")).partials), ["hello", "next"]);
}

export function a_final_that_comes_twice_counts_once() {
  equal(texts(heard(final(0, "hello"), final(0, "hello"), final(1, "world")).finals), ["hello", "world"]);
}

export function a_late_partial_of_a_final_segment_is_ignored() {
  equal(texts(heard(final(0, "hello"), partial(0, "hell")).partials), []);
}

export function tells_what_has_become_final() {
  const transcript = new Transcript();
  equal(transcript.apply(partial(0, "hello")), null);
  equal(transcript.apply(final(0, "hello"))?.text, "hello");
  equal(transcript.apply(final(0, "hello")), null);
}

export function works_without_segment_numbers_and_times() {
  const transcript = heard(
    { text: "hell", is_final: false },
    { text: "hello", is_final: true, start: 0, end: 1.5 },
    { text: "world", is_final: true },
  );
  equal(transcript.finals, [
    { number: 0, text: "hello", start: 0, end: 1.5, words: [] },
    { number: 1, text: "world", start: 1.5, end: 1.5, words: [] },
  ]);
}

export function what_is_still_partial_at_the_end_becomes_final() {
  const transcript = heard(final(0, "hello"), partial(1, "wor"));
  equal(texts(transcript.end()), ["wor"]);
  equal(texts(transcript.finals), ["hello", "wor"]);
  equal(texts(transcript.partials), []);
}

export function a_segment_is_told_by_speakers() {
  const words = [word("a"), word("a"), word("b")];
  equal(turns({ number: 0, text: "Hello there.  Hi!", start: 0, end: 1, words }), [
    {
      speaker: "a",
      text: "Hello there.",
      words: [
        { from: 0, to: 5, confidence: 0.5 },
        { from: 6, to: 12, confidence: 0.5 },
      ],
    },
    { speaker: "b", text: "Hi!", words: [{ from: 0, to: 3, confidence: 0.5 }] },
  ]);
}

export function a_segment_whose_words_are_not_known_one_by_one_is_plain_text() {
  const one = turns({ number: 0, text: "你好世界", start: 0, end: 1, words: [word("a"), word("b")] });
  equal(one, [{ speaker: "a", text: "你好世界", words: [] }]);
  equal(turns({ number: 0, text: "a  b", start: 0, end: 1, words: [] }), [{ text: "a  b", words: [] }]);
}

/** @typedef {import("../../main/webapp/js/transcript.js").TranscriptMessage} TranscriptMessage */

/** @param {string} speaker */
function word(speaker) {
  return { text: "", start: 0, end: 0, confidence: 0.5, speaker };
}

/** @param {TranscriptMessage[]} messages */
function heard(...messages) {
  const transcript = new Transcript();
  messages.forEach((message) => transcript.apply(message));
  return transcript;
}

/**
 * @param {number} segment
 * @param {string} text
 */
function partial(segment, text) {
  return { segment, text, is_final: false, start: segment, end: segment + 1 };
}

/**
 * @param {number} segment
 * @param {string} text
 */
function final(segment, text) {
  return { ...partial(segment, text), is_final: true };
}

/** @param {{ text: string }[]} segments */
function texts(segments) {
  return segments.map(({ text }) => text);
}

export function words_that_are_taken_back_leave_nothing() {
  const transcript = new Transcript();
  transcript.apply({ text: "um thank you", is_final: false, segment: 0 });
  transcript.apply({ text: "", is_final: false, segment: 0 });
  equal(transcript.partials.length, 0, "by an empty partial");
  transcript.apply({ text: "um thank you", is_final: false, segment: 0 });
  equal(transcript.apply({ text: "", is_final: true, segment: 0 }), null);
  equal([transcript.partials.length, transcript.end().length, transcript.finals.length], [0, 0, 0], "by an empty final");
  transcript.apply({ text: "hello", is_final: true, segment: 1 });
  equal(transcript.finals.map(({ number }) => number), [1]);
}

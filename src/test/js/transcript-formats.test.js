// @ts-check
import { toText } from "../../main/webapp/js/transcript.js";
import { toJson, toSubRip, toWebVtt } from "../../main/webapp/js/transcript-formats.js";
import { equal } from "./assert.js";

const HELLO = segment(0, "hello world", 0.5, 1.25);
const LATE = segment(1, "a < b & c", 3661.5, 3725.0004);

export function json_is_what_the_server_archives() {
  const json = toJson([{ number: 3, text: "hi", start: 0, end: 1, words: [] }], { session_id: "1", engine: "sphinx" });
  equal(JSON.parse(json), {
    session_id: "1",
    engine: "sphinx",
    segments: [{ segment: 3, text: "hi", start: 0, end: 1, words: [] }],
  });
}

export function text_has_a_line_for_each_segment() {
  equal(toText([HELLO, LATE]), "hello world\na < b & c\n");
}

export function subrip_numbers_its_cues_and_writes_a_decimal_comma() {
  equal(
    toSubRip([HELLO, LATE]),
    "1\n00:00:00,500 --> 00:00:01,500\nhello world\n\n2\n01:01:01,500 --> 01:02:05,000\na < b & c\n",
  );
}

export function webvtt_has_its_header_and_escapes_markup() {
  equal(
    toWebVtt([HELLO, LATE]),
    "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nhello world\n\n01:01:01.500 --> 01:02:05.000\na &lt; b &amp; c\n",
  );
}

export function an_empty_recording_is_a_valid_file() {
  equal([toText([]), toSubRip([]), toWebVtt([])], ["", "", "WEBVTT\n"]);
}

export function a_cue_holds_two_lines_of_42_characters_at_most() {
  const shown = cues(toSubRip([segment(0, "abcdefghi ".repeat(20).trim(), 0, 20)]));
  equal(
    shown.map(({ lines }) => lines.map((line) => line.length)),
    [[39, 39], [39, 39], [39]],
  );
}

export function the_cues_of_a_long_segment_are_timed_by_its_words() {
  const words = Array.from({ length: 9 }, (_, index) => ({ text: "abcdefghi", start: index * 2, end: index * 2 + 1 }));
  const shown = cues(toSubRip([segment(0, "abcdefghi ".repeat(9).trim(), 0, 99, words)]));
  equal(shown.map(({ span }) => span), ["00:00:00,000 --> 00:00:11,000", "00:00:12,000 --> 00:00:17,000"]);
}

export function the_cues_of_a_long_segment_without_words_share_its_time_by_length() {
  const shown = cues(toSubRip([segment(0, "abcdefghi ".repeat(16).trim(), 10, 26)]));
  equal(shown.map(({ span }) => span), ["00:00:10,000 --> 00:00:17,950", "00:00:18,050 --> 00:00:26,000"]);
}

export function speakers_are_named_in_every_format() {
  const segments = [spoken(0, "good morning hello", "aab"), spoken(1, "how are you", "bbb"), spoken(2, "fine thanks", "aa")];
  const nameOf = (/** @type {string} */ label) => ({ a: "Helen", b: "Tom & Co" })[label] ?? label;
  equal(toText(segments, nameOf), "Helen: good morning\nTom & Co: hello\nhow are you\nHelen: fine thanks\n");
  equal(
    cues(toSubRip(segments, nameOf)).map(({ lines }) => lines.join()),
    ["Helen: good morning", "Tom & Co: hello", "how are you", "Helen: fine thanks"],
  );
  const webVtt = toWebVtt(segments, nameOf);
  equal(webVtt.match(/<v .*/gu), ["<v Helen>good morning", "<v Tom &amp; Co>hello", "<v Tom &amp; Co>how are you", "<v Helen>fine thanks"]);
}

export function text_without_speakers_names_none() {
  equal(toText([HELLO]), "hello world\n");
  equal(toWebVtt([HELLO]).includes("<v"), false);
}

export function a_cue_without_time_can_still_be_seen_and_none_overlap() {
  const shown = cues(toSubRip([segment(0, "no time", 5, 5), segment(1, "meets", 5.5, 7), segment(2, "overlaps", 6, 8)]));
  equal(shown.map(({ span }) => span), [
    "00:00:05,000 --> 00:00:05,500",
    "00:00:05,500 --> 00:00:07,000",
    "00:00:07,000 --> 00:00:08,000",
  ]);
}

export function text_without_spaces_is_cut_where_the_line_ends() {
  const shown = cues(toSubRip([segment(0, "\u4eca".repeat(50), 0, 10)]));
  equal(shown.map(({ lines }) => lines.map((line) => line.length)), [[21, 21], [8]]);
}

/**
 * @param {number} number
 * @param {string} text
 * @param {string} speakers a letter for each word
 */
function spoken(number, text, speakers) {
  const at = number * 10;
  const words = text.split(" ").map((word, index) => ({ text: word, start: at + index, end: at + index + 1, speaker: speakers[index] }));
  return segment(number, text, at, at + 5, words);
}

/** @param {string} subRip */
function cues(subRip) {
  return subRip
    .trim()
    .split("\n\n")
    .map((cue) => cue.split("\n"))
    .map(([, span, ...lines]) => ({ span, lines }));
}

/**
 * @param {number} number
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @param {{ text: string, start: number, end: number }[]} words
 */
function segment(number, text, start, end, words = []) {
  return { number, text, start, end, words };
}

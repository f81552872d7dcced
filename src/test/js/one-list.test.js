// @ts-check
import { oneList } from "../../main/webapp/js/one-list.js";
import { equal } from "./assert.js";

export function what_is_in_the_browser_and_on_the_server_is_listed_once() {
  const entries = oneList([kept(1000, { key: "team/20241215_143022.txt" })], [stored("20241215_143022", "1970-01-01T00:00:01Z", "A talk")]);
  equal(entries.map(({ title, stem, isStored }) => [title, stem, isStored]), [["A talk", "20241215_143022", true]]);
}

export function the_newest_are_first_wherever_they_are() {
  const entries = oneList(
    [kept(3000, {}), kept(1000, { key: "20241215_000001.txt", title: "ours" })],
    [stored("20241215_000002", "1970-01-01T00:00:02Z", null)],
  );
  equal(
    entries.map(({ started, stem, isStored, kept }) => [started, stem, isStored, kept !== undefined]),
    [
      [3000, undefined, false, true],
      [2000, "20241215_000002", true, false],
      [1000, "20241215_000001", false, true],
    ],
  );
}

/**
 * @param {number} started
 * @param {Partial<import("../../main/webapp/js/own-recordings.js").KeptRecording>} more
 */
function kept(started, more) {
  return { id: String(started), started, title: "", words: "hello", seconds: 2, names: {}, marks: [], ...more };
}

/**
 * @param {string} stem
 * @param {string} started
 * @param {string | null} title
 */
function stored(stem, started, title) {
  return { stem, started, title, duration: 2, language_code: "en-US", owner: null, segments: 1, words: 1, first_words: "hello", audio: false };
}

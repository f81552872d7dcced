// @ts-check
import { Captions } from "../../main/webapp/js/viewer/captions.js";
import { EventParser } from "../../main/webapp/js/viewer/event-stream.js";
import { TABLES } from "../../main/webapp/js/viewer/words.js";
import { equal } from "./assert.js";

/** @param {string[]} parts */
function parse(...parts) {
  /** @type {any[]} */
  const events = [];
  const parser = new EventParser((name, data, id) => events.push([name, data, id ?? null]));
  parts.forEach((part) => parser.add(part));
  return events;
}

export function reads_events_however_they_are_cut() {
  const text = 'retry: 3000\n\n:\n\nid: a:1\nevent: final\ndata: {"x": 1}\n\nevent: partial\ndata: {}\n\n';
  const expected = [["final", '{"x": 1}', "a:1"], ["partial", "{}", null]];
  equal(parse(text), expected);
  equal(parse(...text), expected);
}

export function joins_lines_of_data_and_knows_fields_without_value() {
  equal(parse("data: a\ndata\ndata:b\n\n"), [["message", "a\n\nb", null]]);
}

function recorded() {
  /** @type {string[]} */
  const told = [];
  const captions = new Captions({
    onReset: () => told.push("reset"),
    onFinal: ({ segment, text }) => told.push(`final ${segment} ${text}`),
    onPartial: (text) => told.push(`partial ${text}`),
    onTranslation: ({ segment, translations }) => told.push(`translation ${segment} ${JSON.stringify(translations)}`),
    onState: (state) => told.push(state),
    onEnd: (reason) => told.push(`end ${reason}`),
    onLanguages: (codes) => told.push(`languages ${codes}`),
  });
  return { captions, told };
}

/** @param {number} segment */
const final = (segment) => ({ segment, text: `text ${segment}`, start: segment, end: segment + 1 });

/** @param {object} more */
const snapshot = (more) => ({ finals: [], partial: null, state: "streaming", recording: "r", language_code: "en-US", ...more });

export function shows_a_snapshot_and_what_comes() {
  const { captions, told } = recorded();
  captions.apply("snapshot", snapshot({ finals: [final(0)], partial: "te", languages: ["fr"] }));
  captions.apply("final", final(1));
  captions.apply("translation", { segment: 1, language_code: "fr", text: "texte" });
  captions.apply("status", { state: "paused" });
  captions.apply("end", { reason: "saved" });
  captions.apply("weather", {});
  equal(told, [
    "reset", "partial ", "final 0 text 0", "languages fr", "partial te", "streaming",
    "partial ", "final 1 text 1", 'translation 1 {"fr":"texte"}', "paused", "partial ", "end saved",
  ]);
  equal(captions.languageCode, "en-US");
}

export function a_second_snapshot_adds_what_is_new_and_finals_that_come_again_count_once() {
  const { captions, told } = recorded();
  captions.apply("snapshot", snapshot({ finals: [final(0)] }));
  told.length = 0;
  captions.apply("snapshot", snapshot({ finals: [{ ...final(0), translations: { fr: "x" } }, final(1)] }));
  captions.apply("final", final(1));
  equal(told.filter((line) => line.startsWith("final") || line === "reset"), ["final 1 text 1"]);
  equal(captions.finals[0].translations, { fr: "x" });
}

export function another_recording_begins_anew_and_a_waiting_room_keeps_what_was_read() {
  const { captions, told } = recorded();
  captions.apply("snapshot", snapshot({ finals: [final(0)] }));
  captions.apply("snapshot", { finals: [], partial: null, state: "waiting", languages: [] });
  equal(captions.finals.length, 1);
  told.length = 0;
  captions.apply("snapshot", snapshot({ recording: "s" }));
  equal(told[0], "reset");
  equal(captions.finals.length, 0);
}

export function a_partial_of_another_segment_is_not_shown() {
  const { captions, told } = recorded();
  captions.apply("snapshot", snapshot({}));
  told.length = 0;
  captions.apply("partial", { segment: 1, text: "too early" });
  captions.apply("partial", { segment: 0, text: "now" });
  equal(told, ["partial ", "partial now"]);
}

export function every_language_of_the_viewer_page_has_all_words() {
  for (const [code, table] of Object.entries(TABLES)) {
    equal(Object.keys(table), Object.keys(TABLES.en), `keys of ${code}, in their order`);
    equal(Object.values(table).filter((text) => !text), [], `words missing in ${code}`);
  }
}

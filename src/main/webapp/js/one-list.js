/**
 * The recordings that this browser has kept and those that the server has stored, as one list: what is in both is there
 * once.
 *
 * @typedef {import("./own-recordings.js").KeptRecording} KeptRecording
 * @typedef {import("./library/api.js").Item} Item
 * @typedef {object} Entry
 * @property {number} started milliseconds since 1970
 * @property {string} title empty until somebody gives one
 * @property {number} seconds
 * @property {string} words the first ones
 * @property {string} language
 * @property {KeptRecording} [kept] in this browser
 * @property {string} [stem] its name on the server
 * @property {boolean} isStored whether the server has it and shows it here
 */
import { stemOf } from "./elements.js";

/**
 * @param {KeptRecording[]} kept
 * @param {Item[]} stored
 * @returns {Entry[]} newest first
 */
export function oneList(kept, stored) {
  const rest = new Map(stored.map((item) => [item.stem, item]));
  const ours = kept.map((recording) => {
    const stem = stemOf(recording.key ?? "");
    const item = stem === undefined ? undefined : rest.get(stem);
    rest.delete(stem ?? "");
    const { started, title, seconds, words, language_code: language = "" } = recording;
    return { started, title: item?.title || title, seconds, words, language, kept: recording, stem, isStored: item !== undefined };
  });
  const others = [...rest.values()].map((item) => ({
    started: Date.parse(item.started),
    title: item.title ?? "",
    seconds: item.duration ?? 0,
    words: item.first_words,
    language: item.language_code ?? "",
    stem: item.stem,
    isStored: true,
  }));
  return [...ours, ...others].sort((left, right) => right.started - left.started);
}

// @ts-check
import { fill, hasWords, PAGE_LANGUAGES, say } from "../../main/webapp/js/words.js";
import { ENGLISH } from "../../main/webapp/js/words/en.js";
import { WORDS as AR } from "../../main/webapp/js/words/ar.js";
import { WORDS as DE } from "../../main/webapp/js/words/de.js";
import { WORDS as ES } from "../../main/webapp/js/words/es.js";
import { WORDS as FR } from "../../main/webapp/js/words/fr.js";
import { equal } from "./assert.js";

/** @type {Record<string, Record<string, string>>} */
const TABLES = { ar: AR, de: DE, en: ENGLISH, es: ES, fr: FR };

export function every_language_of_the_page_has_a_table() {
  equal(Object.keys(PAGE_LANGUAGES).sort(), Object.keys(TABLES));
}

export function every_table_has_all_words_and_no_others() {
  for (const [code, table] of Object.entries(TABLES)) {
    equal(Object.keys(table), Object.keys(ENGLISH), `keys of ${code}, in their order`);
    const empty = Object.keys(table).filter((key) => !table[key] && !key.endsWith(".good"));
    equal(empty, [], `words missing in ${code}`);
  }
}

export function every_table_fills_in_the_same_values() {
  const names = (/** @type {string} */ text) => [...text.matchAll(/\{\w+\}/gu)].map(([name]) => name).sort();
  for (const [code, table] of Object.entries(TABLES)) {
    for (const [key, text] of Object.entries(table)) {
      equal(names(text), names(ENGLISH[key]), `${key} in ${code}`);
    }
  }
}

export function no_table_speaks_of_configuration() {
  for (const [code, table] of Object.entries(TABLES)) {
    const keys = Object.entries(table).filter(([, text]) => /[A-Z]{3,}_[A-Z]+|PT\d+[MHS]/u.test(text));
    equal(keys, [], code);
  }
}

export function every_problem_has_advice() {
  const problems = Object.keys(ENGLISH).filter((key) => /^problem\.\w+$/u.test(key));
  equal(problems.filter((key) => !hasWords(`${key}.advice`)), []);
}

export function values_are_filled_in() {
  equal(say("mark.gap", { seconds: 3 }), "3 s are missing here");
  equal(fill("{a} and {b}", { a: 1 }), "1 and {b}");
  equal(say("no such key"), "no such key");
}

/** The page's own words, in the reader's language. English stands in for what another table does not have. */
import { ENGLISH } from "./words/en.js";
import { remember, remembered } from "./preferences.js";

/** @type {Record<string, string>} by their own names */
export const PAGE_LANGUAGES = { en: "English", de: "Deutsch", es: "Español", fr: "Français", ar: "العربية" };
const RIGHT_TO_LEFT = ["ar"];
const PREFERENCE = "page-language";

/** @type {Record<string, string>} */
let words = ENGLISH;

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values] for the names in braces
 * @returns {string} the key itself where there are no words for it
 */
export function say(key, values = {}) {
  return fill(words[key] ?? ENGLISH[key] ?? key, values);
}

/** @param {string} key */
export function hasWords(key) {
  return key in ENGLISH;
}

/**
 * @param {string} text
 * @param {Record<string, string | number>} values
 */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/gu, (whole, name) => String(values[name] ?? whole));
}

/**
 * The language to begin with: what was chosen here before, else the first of the browser's that there is a table for.
 */
export function preferredPageLanguage() {
  const wanted = [remembered(PREFERENCE), ...(navigator.languages ?? [])].map((code) => code.slice(0, 2).toLowerCase());
  return wanted.find((code) => code in PAGE_LANGUAGES) ?? "en";
}

/**
 * Loads the table, then writes its words into the page.
 * @param {string} code of PAGE_LANGUAGES
 * @param {{ chosen?: boolean }} [how] whether a person chose it
 */
export async function speak(code, { chosen = false } = {}) {
  if (chosen) {
    remember(PREFERENCE, code);
  }
  const { WORDS } = code === "en" ? { WORDS: ENGLISH } : await import(`./words/${code}.js`).catch(() => ({ WORDS: ENGLISH }));
  words = WORDS;
  document.documentElement.lang = words === ENGLISH ? "en" : code;
  document.documentElement.dir = RIGHT_TO_LEFT.includes(document.documentElement.lang) ? "rtl" : "ltr";
  write(document);
}

/**
 * @param {ParentNode} root whose elements have the keys of their words in `data-say`, and of their labels in
 * `data-say-label`
 */
export function write(root) {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-say], [data-say-label]"))) {
    const { say: text, sayLabel: label } = element.dataset;
    if (text && element.textContent !== say(text)) {
      element.textContent = say(text);
    }
    if (label) {
      element.ariaLabel = say(label);
    }
  }
  for (const template of root.querySelectorAll("template")) {
    write(template.content);
  }
}

/** All languages of the engine in a dialog, to be searched by their own names, the reader's, and their codes. */
import { create } from "./elements.js";
import { languageName } from "./language-names.js";
import { say } from "./words.js";

/**
 * @param {string[]} codes in the order in which they are shown
 * @returns {Promise<string | undefined>} the chosen one
 */
export function searchLanguage(codes) {
  const dialog = create("dialog", { className: "languages", ariaLabel: say("language") });
  const field = create("input", { type: "search", autocomplete: "off", ariaLabel: say("language.search") });
  field.placeholder = say("language.search");
  const list = create("ul");
  const close = create("button", { type: "button", textContent: say("close") });
  close.addEventListener("click", () => dialog.close());
  list.append(...codes.map((code) => entry(code, () => dialog.close(code))));
  field.addEventListener("input", () => filter(list, field.value));
  field.addEventListener("keydown", (event) => event.key === "Enter" && /** @type {HTMLElement | null} */ (list.querySelector("li:not([hidden]) button"))?.click());
  dialog.append(create("h2", { textContent: say("language") }), field, list, close);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue || undefined);
    });
  });
}

/**
 * @param {string} code
 * @param {() => void} choose
 */
function entry(code, choose) {
  const [own, readers] = [languageName(code), languageName(code, document.documentElement.lang)];
  const button = create("button", { type: "button" }, create("span", { textContent: own, lang: code, dir: "auto" }));
  if (readers !== own) {
    button.append(" ", create("small", { textContent: readers }));
  }
  button.addEventListener("click", choose);
  const item = create("li", {}, button);
  item.dataset.search = plain(`${own} ${readers} ${languageName(code, "en")} ${code}`);
  return item;
}

/**
 * @param {HTMLElement} list
 * @param {string} words
 */
function filter(list, words) {
  for (const item of /** @type {HTMLCollectionOf<HTMLElement>} */ (list.children)) {
    item.hidden = !plain(words).split(/\s+/u).every((word) => item.dataset.search?.includes(word));
  }
}

/** @param {string} text without accents: "espanol" finds "español" */
function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Transcripts by day, or what a search found. */
import { clockTime } from "../elements.js";
import { button, make } from "./dom.js";

/** @import { Hit, Item, Page } from "./api.js" */

const DAY = new Intl.DateTimeFormat("en", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const TIME = new Intl.DateTimeFormat("en", { hour: "2-digit", minute: "2-digit" });

export class ListView {
  #root;
  #load;
  #words = "";
  #day = "";
  /** @type {HTMLElement | null} */
  #items = null;

  /**
   * @param {HTMLElement} root
   * @param {(words: string, cursor?: string) => Promise<Page | null>} load null if it failed, which was told already
   */
  constructor(root, load) {
    this.#root = root;
    this.#load = load;
  }

  /**
   * @param {string} words
   * @param {() => boolean} isWanted whether nothing else is to be shown when they are found
   * @returns {Promise<string>} what to announce
   */
  async show(words, isWanted) {
    const page = await this.#load(words);
    if (page === null || !isWanted()) {
      return "";
    }
    this.#words = words;
    this.#day = "";
    this.#root.replaceChildren(make("h1", { tabIndex: -1, textContent: words ? `Found: ${words}` : "Library" }));
    if (page.index) {
      this.#note(`The search index is being built: ${page.index.transcripts} transcripts can be searched so far.`);
    }
    if (page.items.length === 0) {
      this.#note(words ? "Nothing was found." : "Nothing was recorded yet.");
      return words ? "Nothing was found." : "";
    }
    this.#add(page);
    const count = `${page.items.length}${page.cursor ? " or more" : ""}`;
    return words ? `${count} transcripts found` : `${count} transcripts`;
  }

  /** @param {string} stem */
  remove(stem) {
    const item = this.#item(stem);
    const items = item?.parentElement;
    item?.remove();
    if (items && items.childElementCount === 0) {
      items.previousElementSibling?.remove();
      items.remove();
    }
  }

  /** @param {string} stem @returns {boolean} whether it is in the list */
  focus(stem) {
    const link = this.#item(stem)?.querySelector("a");
    link?.focus();
    return Boolean(link);
  }

  focusHeading() {
    this.#root.querySelector("h1")?.focus();
  }

  /** @param {string} stem @returns {HTMLElement | null} */
  #item(stem) {
    return this.#root.querySelector(`[data-stem="${CSS.escape(stem)}"]`);
  }

  /** @param {string} text */
  #note(text) {
    this.#root.append(make("p", { className: "empty", textContent: text }));
  }

  /** @param {Page} page */
  #add({ items, cursor }) {
    for (const item of items) {
      const day = DAY.format(new Date(item.started));
      if (day !== this.#day || !this.#items) {
        this.#day = day;
        this.#items = make("ul", { className: "items" });
        this.#root.append(make("h2", { className: "day", textContent: day }), this.#items);
      }
      this.#items.append(this.#row(item));
    }
    if (cursor) {
      const more = button("Show more", async () => {
        more.disabled = true;
        const page = await this.#load(this.#words, cursor);
        more.disabled = false;
        if (page && more.isConnected) {
          const last = [...this.#root.querySelectorAll(".items > li")].at(-1);
          more.remove();
          this.#add(page);
          const links = [...this.#root.querySelectorAll(".items > li")];
          links[links.indexOf(/** @type {Element} */ (last)) + 1]?.querySelector("a")?.focus();
        }
      }, { className: "more" });
      this.#root.append(more);
    }
  }

  /** @param {Item} item */
  #row(item) {
    const row = make(
      "li",
      {},
      make("a", { className: "name", href: `#${item.stem}`, textContent: item.title ?? (item.first_words || item.stem) }),
      make("p", { className: "facts" }, ...facts(item).map((fact) => make("span", { textContent: fact }))),
      item.title && !item.hits && item.first_words
        ? make("p", { className: "first", textContent: firstWords(item) })
        : null,
      item.hits?.length ? make("ul", { className: "hits" }, ...item.hits.map((hit) => found(item, hit))) : null,
    );
    row.dataset.stem = item.stem;
    return row;
  }
}

/** @param {Item} item */
function facts({ started, duration, language_code: language, words, owner, audio }) {
  return [
    TIME.format(new Date(started)),
    duration === null ? "" : clockTime(duration),
    languageName(language),
    `${words} ${words === 1 ? "word" : "words"}`,
    owner ?? "",
    audio ? "audio" : "",
  ].filter(Boolean);
}

/**
 * @param {Item} item
 * @param {Hit} hit
 */
function found({ stem }, { segment, start, text }) {
  return make(
    "li",
    {},
    make("a", { href: `#${stem}/${segment}` }, make("time", { textContent: clockTime(start) }), " ", text),
  );
}

/** @param {string | null | undefined} code */
export function languageName(code) {
  if (!code || code === "auto" || code === "und") {
    return "";
  }
  try {
    return new Intl.DisplayNames("en", { type: "language" }).of(code) ?? code;
  } catch {
    return code; // the server may have codes that no browser knows
  }
}

/** @param {Item} item */
function firstWords({ first_words: first, words }) {
  return words > first.split(" ").length ? `${first} …` : first;
}

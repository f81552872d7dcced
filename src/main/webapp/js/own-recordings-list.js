/**
 * The recordings on the start page, to be opened, renamed and deleted: what this browser has kept, and what the server
 * shows.
 */
import { clockTime, create, localTime } from "./elements.js";
import { list, change, remove } from "./library/api.js";
import { oneList } from "./one-list.js";
import { say } from "./words.js";

/**
 * @typedef {import("./own-recordings.js").KeptRecording} KeptRecording
 * @typedef {import("./own-recordings.js").OwnRecordings} OwnRecordings
 * @typedef {import("./one-list.js").Entry} Entry
 * @typedef {import("./transcript.js").Segment} Segment
 *
 * @typedef {object} ListListener
 * @property {(recording: KeptRecording, segments: Segment[]) => void} onOpen
 * @property {(code: string, undo: () => Promise<void>) => void} onDeleted `code`: of the notice that says where it was
 * @property {(code: string) => void} onGone it can no longer be undone
 * @property {(code: string) => void} onProblem
 */

/** What the server has is deleted there when this is over. */
const UNDO_MS = 10_000;

export class OwnRecordingsList {
  #root;
  #store;
  #listener;
  #withLibrary = false;
  /** Of calls of `show` that overlap the last one counts. */
  #shows = 0;
  /**
   * What is to be deleted on the server, and what does it. @type {{ stem: string, finish: () => Promise<void> } | null}
   */
  #deletion = null;

  /**
   * @param {HTMLElement} root
   * @param {OwnRecordings | null} store null where the browser keeps nothing
   * @param {ListListener} listener
   */
  constructor(root, store, listener) {
    this.#root = root;
    this.#store = store;
    this.#listener = listener;
    addEventListener("pagehide", () => this.#deletion?.finish());
  }

  /** @param {boolean} [withLibrary] whether what the server has stored is listed as well */
  async show(withLibrary = this.#withLibrary) {
    this.#withLibrary = withLibrary;
    const show = ++this.#shows;
    const kept = (await this.#store?.list()) ?? [];
    const stored = withLibrary ? await list("").catch(() => null) : { items: [] };
    if (show !== this.#shows) {
      return;
    }
    const entries = oneList(kept, (stored?.items ?? []).filter(({ stem }) => stem !== this.#deletion?.stem));
    const title = say(withLibrary ? "yours.all" : "yours");
    this.#root.ariaLabel = title;
    this.#root.hidden = entries.length === 0;
    this.#root.replaceChildren(
      create("h2", { textContent: title }),
      create("p", { className: "small", textContent: say(!stored ? "yours.away" : withLibrary ? "yours.both" : "yours.where") }),
      create("ul", {}, ...entries.map((entry) => this.#item(entry))),
      create(
        "p",
        { className: "row" },
        ...(withLibrary ? [create("a", { href: "library.html", textContent: say("yours.library") })] : []),
        ...(kept.length > 0 ? [this.#button("yours.clear", "", () => this.#clear())] : []),
      ),
    );
  }

  /** @param {Entry} entry */
  #item(entry) {
    const { title, started, seconds, words, language, kept, isStored } = entry;
    const name = title || localTime(started);
    const where = !kept ? "yours.on-server" : !isStored && !kept.key ? "yours.not-saved" : "";
    const facts = [title && localTime(started), clockTime(seconds), where && say(where)].filter(Boolean).join(" · ");
    return create(
      "li",
      {},
      this.#opener(entry, name),
      create("span", { className: "small", textContent: facts }),
      create("p", { className: "words", textContent: words, lang: language, dir: "auto" }),
      create(
        "span",
        { className: "row" },
        this.#button("rename", name, () => this.#rename(entry)),
        this.#button("delete", name, () => this.#remove([entry])),
      ),
    );
  }

  /**
   * @param {Entry} entry
   * @param {string} name
   */
  #opener({ kept, stem }, name) {
    if (!kept) {
      return create("a", { href: `library.html#${stem}`, className: "open", textContent: name });
    }
    const open = create("button", { type: "button", className: "open", textContent: name });
    open.addEventListener("click", async () => this.#listener.onOpen(kept, (await this.#store?.segments(kept.id)) ?? []));
    return open;
  }

  /**
   * @param {string} key
   * @param {string} name what it belongs to, for screen readers
   * @param {() => void} act
   */
  #button(key, name, act) {
    const button = create("button", { type: "button", textContent: say(key) });
    if (name) {
      button.ariaLabel = `${say(key)}: ${name}`;
    }
    button.addEventListener("click", act);
    return button;
  }

  /** @param {Entry} entry */
  #rename(entry) {
    const dialog = create("dialog", { ariaLabel: say("rename") });
    const field = create("input", { type: "text", value: entry.title, autocomplete: "off" });
    const label = create("label", { className: "field" }, create("span", { textContent: say("title") }), field);
    const form = create("form", { method: "dialog" }, label, create("button", { className: "primary", value: "yes", textContent: say("save") }));
    dialog.append(form);
    dialog.addEventListener("close", async () => {
      dialog.remove();
      if (dialog.returnValue) {
        await this.#giveTitle(entry, field.value.trim());
      }
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  /**
   * @param {Entry} entry
   * @param {string} title
   */
  async #giveTitle({ kept, stem = "", isStored }, title) {
    if (kept) {
      await this.#store?.keep({ ...kept, title }, []);
    }
    if (isStored) {
      await change(stem, "*", { title }).catch(() => this.#listener.onProblem("not_renamed"));
    }
    await this.show();
  }

  /** Only what is in this browser: what the server has stays there. */
  async #clear() {
    const kept = (await this.#store?.list()) ?? [];
    await this.#remove(kept.map((recording) => ({ ...oneList([recording], [])[0], isStored: false })));
  }

  /** @param {Entry[]} entries */
  async #remove(entries) {
    await this.#deletion?.finish();
    /** @type {{ recording: KeptRecording, segments: Segment[] }[]} */
    const taken = [];
    for (const { kept } of entries) {
      if (kept && this.#store) {
        taken.push({ recording: kept, segments: await this.#store.segments(kept.id) });
        await this.#store.remove(kept.id);
      }
    }
    const stored = entries.find(({ isStored }) => isStored)?.stem;
    const cancel = stored ? this.#deleteLater(stored) : () => {};
    await this.show();
    this.#listener.onDeleted(stored ? "deleted_everywhere" : "deleted", async () => {
      cancel();
      for (const { recording, segments } of taken) {
        await this.#store?.keep(recording, segments);
      }
      await this.show();
    });
  }

  /**
   * @param {string} stem
   * @returns {() => void} undoes it
   */
  #deleteLater(stem) {
    const cancel = () => {
      clearTimeout(timer);
      this.#deletion = null;
    };
    const finish = async () => {
      cancel();
      this.#listener.onGone("deleted_everywhere");
      await remove(stem).catch(() => this.#listener.onProblem("not_deleted"));
    };
    const timer = setTimeout(finish, UNDO_MS);
    this.#deletion = { stem, finish };
    return cancel;
  }
}

/** "Your recordings": what this browser has kept, to be opened, renamed, copied, downloaded and deleted. */
import { clockTime, create, localTime } from "./elements.js";
import { say } from "./words.js";

/**
 * @typedef {import("./own-recordings.js").KeptRecording} KeptRecording
 * @typedef {import("./own-recordings.js").OwnRecordings} OwnRecordings
 *
 * @typedef {object} ListListener
 * @property {(recording: KeptRecording) => void} onOpen
 * @property {(undo: () => Promise<void>) => void} onDeleted
 */

export class OwnRecordingsList {
  #root;
  #store;
  #listener;

  /**
   * @param {HTMLElement} root
   * @param {OwnRecordings} store
   * @param {ListListener} listener
   */
  constructor(root, store, listener) {
    this.#root = root;
    this.#store = store;
    this.#listener = listener;
  }

  async show() {
    const recordings = await this.#store.list();
    this.#root.hidden = recordings.length === 0;
    this.#root.replaceChildren(
      create("h2", { textContent: say("yours") }),
      create("p", { className: "small", textContent: say("yours.where") }),
      create("ul", {}, ...recordings.map((recording) => this.#item(recording))),
      this.#button("yours.clear", "", () => this.#clear()),
    );
  }

  /** @param {KeptRecording} recording */
  #item(recording) {
    const { title, started, seconds, words, language_code: language = "", key } = recording;
    const name = title || localTime(started);
    const open = create("button", { type: "button", className: "open", textContent: name });
    open.addEventListener("click", () => this.#listener.onOpen(recording));
    const facts = [title && localTime(started), clockTime(seconds), !key && say("yours.not-saved")].filter(Boolean).join(" · ");
    return create(
      "li",
      {},
      open,
      create("span", { className: "small", textContent: facts }),
      create("p", { className: "words", textContent: words, lang: language, dir: "auto" }),
      create(
        "span",
        { className: "row" },
        this.#button("rename", name, () => this.#rename(recording)),
        this.#button("delete", name, () => this.#remove([recording])),
      ),
    );
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

  /** @param {KeptRecording} recording */
  #rename(recording) {
    const dialog = create("dialog", { ariaLabel: say("rename") });
    const field = create("input", { type: "text", value: recording.title, autocomplete: "off" });
    const label = create("label", { className: "field" }, create("span", { textContent: say("title") }), field);
    const form = create("form", { method: "dialog" }, label, create("button", { className: "primary", value: "yes", textContent: say("save") }));
    dialog.append(form);
    dialog.addEventListener("close", async () => {
      dialog.remove();
      if (dialog.returnValue) {
        await this.#store.keep({ ...recording, title: field.value.trim() }, []);
        await this.show();
      }
    });
    document.body.append(dialog);
    dialog.showModal();
  }

  async #clear() {
    await this.#remove(await this.#store.list());
  }

  /** @param {KeptRecording[]} recordings */
  async #remove(recordings) {
    /** @type {{ recording: KeptRecording, segments: import("./transcript.js").Segment[] }[]} */
    const kept = [];
    for (const recording of recordings) {
      kept.push({ recording, segments: await this.#store.segments(recording.id) });
      await this.#store.remove(recording.id);
    }
    await this.show();
    this.#listener.onDeleted(async () => {
      for (const { recording, segments } of kept) {
        await this.#store.keep(recording, segments);
      }
      await this.show();
    });
  }
}

/**
 * The segments of a transcript. One of them takes part in the tab order, arrows go to the others: nobody tabs through
 * thousands. Text is one node for each segment, however many words it has.
 */
import { clockTime } from "../elements.js";
import { button, make } from "./dom.js";
import { segmentAt, timeAt, timedTokens } from "./words.js";

/** @import { Segment, Transcript } from "./api.js" */

/** A part that is out of sight costs nothing; each part costs a look at every frame, so they are not too small. */
const ROWS_A_PART = 40;

/**
 * @typedef {object} Actions
 * @property {((seconds: number) => void) | null} play null without audio
 * @property {(segment: number, text: string) => Promise<boolean>} correct false if it failed, which was told already
 */

export class SegmentList {
  #root = make("div", { className: "segments" });
  #actions;
  /** @type {Segment[]} */
  #segments = [];
  /** @type {HTMLElement[]} */
  #rows = [];
  #current = 0;

  /** @param {Actions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.#root.classList.toggle("playable", actions.play !== null);
    this.#root.addEventListener("keydown", (event) => this.#onKey(event));
    this.#root.addEventListener("click", (event) => this.#onClick(event));
  }

  get element() {
    return this.#root;
  }

  /** @param {Transcript} transcript */
  show({ segments, speakers = {} }) {
    this.#segments = segments;
    this.#rows = segments.map((segment, index) => this.#row(segment, index, speakers));
    const parts = [];
    for (let first = 0; first < this.#rows.length; first += ROWS_A_PART) {
      parts.push(make("ol", { className: "part" }, ...this.#rows.slice(first, first + ROWS_A_PART)));
    }
    this.#root.replaceChildren(...parts);
    this.#select(Math.min(this.#current, segments.length - 1));
  }

  /** @param {number} number of the segment that is to be read now */
  goTo(number) {
    const index = this.#segments.findIndex(({ segment }) => segment === number);
    if (index >= 0) {
      this.#select(index);
      this.#rows[index].scrollIntoView({ block: "center" });
      this.#rows[index].focus({ preventScroll: true });
    }
  }

  /** @param {number} seconds Marks the word that is heard, where the browser can. */
  follow(seconds) {
    if (!("highlights" in CSS)) {
      return;
    }
    const segment = this.#segments[segmentAt(this.#segments, seconds)];
    const token = segment && timedTokens(segment).find(({ start, end }) => start <= seconds && seconds < end);
    const text = segment && this.#rows[this.#segments.indexOf(segment)].querySelector(".said span:last-child")?.firstChild;
    if (!token || !text) {
      CSS.highlights.delete("playing");
      return;
    }
    const range = new Range();
    range.setStart(text, Math.min(token.from, text.textContent?.length ?? 0));
    range.setEnd(text, Math.min(token.to, text.textContent?.length ?? 0));
    CSS.highlights.set("playing", new Highlight(range));
  }

  /**
   * @param {Segment} segment
   * @param {number} index
   * @param {Record<string, string>} speakers
   */
  #row(segment, index, speakers) {
    const label = segment.words.find(({ speaker }) => speaker)?.speaker;
    const who = label === undefined ? "" : (speakers[label] ?? label);
    const time = clockTime(segment.start);
    const at = this.#actions.play
      ? button(time, () => this.#actions.play?.(segment.start), { className: "at", ariaLabel: `Play from ${time}` })
      : make("span", { className: "at", textContent: time });
    at.tabIndex = -1;
    const row = make(
      "li",
      { className: "row", tabIndex: -1 },
      at,
      make("p", { className: "said" }, make("span", { className: "who", textContent: who && `${who} ` }), make("span", { textContent: segment.text })),
      button("Edit", () => this.#edit(index), { className: "edit", ariaLabel: `Edit at ${time}`, tabIndex: -1 }),
      segment.original_text === undefined
        ? null
        : make("p", { className: "original", textContent: `Recognised as: ${segment.original_text}` }),
    );
    row.dataset.index = String(index);
    return row;
  }

  /** @param {number} index */
  #select(index) {
    for (const [each, tabIndex] of [[this.#current, -1], [index, 0]]) {
      const row = this.#rows[each];
      if (row) {
        row.tabIndex = tabIndex;
        row.querySelectorAll("button").forEach((inside) => (inside.tabIndex = tabIndex));
      }
    }
    this.#current = Math.max(0, index);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const row = /** @type {HTMLElement} */ (event.target);
    if (!row.classList.contains("row") || event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }
    const index = Number(row.dataset.index);
    if (index !== this.#current) { // the focus may come by other ways than the arrows
      this.#select(index);
    }
    const last = this.#rows.length - 1;
    /** @type {Record<string, number>} */
    const moves = {
      ArrowDown: Math.min(last, this.#current + 1),
      ArrowUp: Math.max(0, this.#current - 1),
      Home: 0,
      End: last,
    };
    if (event.key in moves) {
      this.#select(moves[event.key]);
      this.#rows[this.#current].focus();
    } else if (event.key === "Enter") {
      this.#actions.play?.(this.#segments[this.#current].start);
    } else if (event.key === "e") {
      this.#edit(this.#current);
    } else {
      return;
    }
    event.preventDefault();
  }

  /** @param {MouseEvent} event Plays the word that was clicked on, unless text is being selected. */
  #onClick(event) {
    const target = /** @type {HTMLElement} */ (event.target);
    const row = /** @type {HTMLElement | null} */ (target.closest(".row"));
    if (!row) {
      return;
    }
    const index = Number(row.dataset.index);
    this.#select(index);
    if (this.#actions.play && target.closest(".said") && !String(getSelection())) {
      this.#actions.play(timeAt(this.#segments[index], offsetAt(event)));
    }
  }

  /** @param {number} index */
  #edit(index) {
    const row = this.#rows[index];
    const segment = this.#segments[index];
    this.#select(index);
    const text = make("textarea", { value: segment.text, ariaLabel: `Text at ${clockTime(segment.start)}`, required: true });
    const before = [...row.childNodes];
    const end = () => {
      row.replaceChildren(...before);
      row.focus();
    };
    const form = make(
      "form",
      {},
      text,
      make("div", { className: "actions" }, make("button", { className: "primary", textContent: "Save" }), button("Cancel", end)),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const changed = text.value.trim();
      if (changed === segment.text || (changed && (await this.#actions.correct(segment.segment, changed)))) {
        end();
        this.#rows[index].focus();
      }
    });
    form.addEventListener("keydown", (event) => {
      if (event.key === "Escape") {
        end();
      } else if (event.key === "Enter" && !event.shiftKey) { // a segment is one line
        event.preventDefault();
        form.requestSubmit();
      }
    });
    row.replaceChildren(before[0], form);
    text.focus();
  }
}

/**
 * The offset of the character that was clicked on, in its text.
 *
 * @param {MouseEvent} event
 */
function offsetAt({ clientX, clientY }) {
  if ("caretPositionFromPoint" in document) {
    return document.caretPositionFromPoint(clientX, clientY)?.offset ?? 0;
  }
  return /** @type {any} */ (document).caretRangeFromPoint?.(clientX, clientY)?.startOffset ?? 0; // WebKit
}

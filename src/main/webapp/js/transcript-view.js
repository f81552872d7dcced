// @ts-check
/**
 * One recording on the page: its captions, and below them, when it has ended, where it is stored and its downloads. Finals stand
 * in a log that screen readers announce; partial text stands right behind it, hidden from them, where the final will be.
 *
 * @typedef {import("./transcript.js").Segment} Segment
 */
import { clockTime, part } from "./elements.js";
import { toSubRip, toText, toWebVtt } from "./transcript-formats.js";

/** @type {Record<string, { extension: string, mediaType: string, render: (segments: Segment[]) => string }>} */
const FORMATS = {
  text: { extension: "txt", mediaType: "text/plain", render: toText },
  subrip: { extension: "srt", mediaType: "application/x-subrip", render: toSubRip },
  webvtt: { extension: "vtt", mediaType: "text/vtt", render: toWebVtt },
};
/** "Copied" stays long enough to be noticed. */
const CONFIRMATION_MS = 2000;

export class TranscriptView {
  #root;
  #finals;
  #partials;
  #result;
  #stem = "transcript";
  /** @type {() => Segment[]} */
  #segments;

  /**
   * @param {HTMLTemplateElement} template
   * @param {HTMLElement} container that the recording is added to
   * @param {() => Segment[]} segments what the downloads hold
   */
  constructor(template, container, segments) {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    this.#root = part(copy, ".recording");
    this.#finals = part(copy, ".finals");
    this.#partials = part(copy, ".partials");
    this.#result = part(copy, ".result");
    this.#segments = segments;
    this.#result.addEventListener("click", (event) => this.#act(/** @type {HTMLElement} */ (event.target)));
    container.append(copy);
  }

  /** @param {Segment} segment */
  addFinal(segment) {
    this.#finals.append(caption(segment));
  }

  /** @param {Segment[]} segments all that are partial now */
  showPartials(segments) {
    while (this.#partials.childElementCount > segments.length) {
      this.#partials.lastElementChild?.remove();
    }
    segments.forEach((segment, index) => {
      const shown = this.#partials.children[index];
      shown ? fill(shown, segment) : this.#partials.append(caption(segment));
    });
  }

  /** Whether the server has stored it. */
  get isSaved() {
    return this.#root.dataset.saved !== undefined;
  }

  /** @param {string} key under which the server has stored the transcript */
  saved(key) {
    this.#stem = key.slice(key.lastIndexOf("/") + 1).replace(/\.txt$/u, "");
    part(this.#root, ".key").textContent = key;
    part(this.#root, ".saved").hidden = false;
    this.#root.dataset.saved = key;
  }

  /** The recording is over; an empty one leaves the page. */
  end() {
    const empty = this.#segments().length === 0;
    this.#result.hidden = empty;
    this.#root.dataset.ended = "";
    if (empty) {
      this.#root.remove();
    }
  }

  /** @param {HTMLElement} button */
  #act({ dataset }) {
    if (dataset.download) {
      const { extension, mediaType, render } = FORMATS[dataset.download];
      download(`${this.#stem}.${extension}`, mediaType, render(this.#segments()));
    } else if (dataset.copy) {
      const text = dataset.copy === "key" ? this.#root.dataset.saved ?? "" : toText(this.#segments());
      return copyText(text, part(this.#root, ".copied"));
    }
    return undefined;
  }
}

/** @param {Segment} segment */
function caption(segment) {
  const element = document.createElement("p");
  const time = document.createElement("span");
  time.className = "time";
  time.ariaHidden = "true"; // read out before each sentence it would be noise
  element.append(time, document.createElement("span"));
  fill(element, segment);
  return element;
}

/**
 * @param {Element} element
 * @param {Segment} segment
 */
function fill(element, { number, text, start }) {
  const [time, words] = element.children;
  element.setAttribute("data-segment", String(number));
  time.textContent = clockTime(start);
  words.textContent = text;
}

/**
 * @param {string} name
 * @param {string} mediaType
 * @param {string} content
 */
function download(name, mediaType, content) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: `${mediaType};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // Safari reads it after the click has returned
}

/**
 * @param {string} text
 * @param {HTMLElement} confirmation
 */
async function copyText(text, confirmation) {
  const copied = await navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  );
  confirmation.textContent = copied ? "Copied" : "The browser did not allow it: select the text and copy it by hand.";
  setTimeout(() => (confirmation.textContent = ""), CONFIRMATION_MS);
}

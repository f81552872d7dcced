/**
 * One recording on the page: its captions, then where it is stored and its downloads. Finals stand in a log that screen readers
 * announce; partial text stands right behind it, hidden from them, where the final will be.
 *
 * @typedef {import("./transcript.js").Segment} Segment
 */
import { clockTime, part } from "./elements.js";
import { turns } from "./transcript.js";
import { toJson, toSubRip, toText, toWebVtt } from "./transcript-formats.js";

/** @type {Record<string, [mediaType: string, render: (segments: Segment[], recording: Record<string, unknown>) => string]>} */
const FORMATS = {
  txt: ["text/plain", toText],
  srt: ["application/x-subrip", toSubRip],
  vtt: ["text/vtt", toWebVtt],
  json: ["application/json", toJson],
};
/** "Copied" stays long enough to be noticed. */
const CONFIRMATION_MS = 2000;

export class TranscriptView {
  #root;
  #finals;
  #partials;
  #result;
  #stem = "transcript";
  /** @type {Record<string, unknown>} what the JSON says of the recording beside its segments */
  #details = {};
  /** @type {Map<string, string>} names by the engine's labels, in the order in which they are first heard */
  #speakers = new Map();
  #segments;
  #confidence;

  /**
   * @param {HTMLTemplateElement} template
   * @param {HTMLElement} container that the recording is added to
   * @param {() => Segment[]} segments what the downloads hold
   * @param {import("./word-confidence.js").WordConfidence} confidence
   */
  constructor(template, container, segments, confidence) {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    this.#root = part(copy, ".recording");
    this.#finals = part(copy, ".finals");
    this.#partials = part(copy, ".partials");
    this.#result = part(copy, ".result");
    this.#segments = segments;
    this.#confidence = confidence;
    this.#result.addEventListener("click", (event) => this.#act(/** @type {HTMLElement} */ (event.target)));
    container.append(copy);
  }

  /** @param {Segment} segment */
  addFinal(segment) {
    turns(segment).forEach(({ speaker, text, words }, index) => {
      const shown = caption(segment);
      if (index > 0) {
        part(shown, ".time").textContent = "";
      }
      const node = write(shown, text);
      if (speaker) {
        node.before(this.#nameOf(speaker));
      }
      this.#finals.append(shown);
      this.#confidence.add(node, words);
    });
  }

  /** @param {Segment[]} segments all that are partial now */
  showPartials(segments) {
    while (this.#partials.childElementCount > segments.length) {
      this.#partials.lastElementChild?.remove();
    }
    segments.forEach((segment, index) => {
      const shown = this.#partials.children[index] ?? this.#partials.appendChild(caption(segment));
      write(shown, segment.text);
    });
  }

  /** @param {Record<string, unknown>} details of the recording, for the JSON */
  describe(details) {
    this.#details = { ...this.#details, ...details };
  }

  /** Whether the server has stored it. */
  get isSaved() {
    return this.#root.dataset.saved !== undefined;
  }

  /**
   * @param {string} key under which the server has stored the transcript
   * @param {boolean} [library] whether the server shows it in its library
   */
  saved(key, library = false) {
    this.#stem = /\d{8}_\d{6}(_\d+)?(?=\.txt$)/u.exec(key)?.[0] ?? this.#stem; // a prefix may be anything
    const link = /** @type {HTMLAnchorElement} */ (part(this.#root, ".in-library"));
    link.href = `library.html#${this.#stem}`;
    link.hidden = !library;
    part(this.#root, ".key").textContent = key;
    part(this.#root, ".saved").hidden = false;
    this.#root.dataset.saved = key;
  }

  /** The recording is over; an empty one leaves the page. */
  end() {
    const empty = this.#segments().length === 0;
    this.#result.hidden = empty;
    if (empty) {
      this.#root.remove();
    }
  }

  /** @param {string} label */
  #nameOf(label) {
    const name = this.#speakers.get(label) ?? `Speaker ${this.#speakers.size + 1}`;
    this.#speakers.set(label, name);
    const element = document.createElement("b");
    element.className = "speaker";
    element.textContent = `${name}: `;
    return element;
  }

  /** @param {HTMLElement} button */
  #act({ dataset }) {
    if (dataset.download) {
      const [mediaType, render] = FORMATS[dataset.download];
      download(`${this.#stem}.${dataset.download}`, mediaType, render(this.#segments(), this.#details));
    } else if (dataset.copy) {
      const text = dataset.copy === "key" ? this.#root.dataset.saved ?? "" : toText(this.#segments());
      return copyText(text, part(this.#root, ".copied"));
    }
    return undefined;
  }
}

/** @param {Segment} segment */
function caption({ start }) {
  const element = document.createElement("p");
  const time = document.createElement("span");
  time.className = "time";
  time.ariaHidden = "true"; // read out before each sentence it would be noise
  time.textContent = clockTime(start);
  element.append(time, document.createElement("span"));
  return element;
}

/**
 * @param {Element} caption
 * @param {string} text
 */
function write(caption, text) {
  const [, words] = caption.children;
  const node = document.createTextNode(text);
  words.replaceChildren(node);
  return node;
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

/**
 * One recording on the page: its captions, then what can be done with it. Finals stand in a log that screen readers
 * announce; partial text stands right behind it, hidden from them, where the final will be.
 *
 * @typedef {import("./transcript.js").Segment} Segment
 * @typedef {{ at: number, text: string }} Mark what happened between the words: a pause, a gap; `at` in seconds
 *
 * @typedef {object} Content
 * @property {() => Segment[]} segments
 * @property {import("./speakers.js").Speakers} speakers
 */
import { clockTime, part, stemOf } from "./elements.js";
import { onDemand } from "./on-demand.js";
import { toText, turns } from "./transcript.js";
import { say, write as translate } from "./words.js";

/** "Copied" stays long enough to be noticed. */
const CONFIRMATION_MS = 2000;

export class TranscriptView {
  #root;
  #finals;
  #partials;
  #content;
  #confidence;
  #stem = "transcript";
  /** @type {Record<string, unknown>} what the JSON says of the recording beside its segments */
  #details = {};
  /** Who spoke last: a name is written where it changes. */
  #lastSpeaker = "";

  /**
   * @param {HTMLTemplateElement} template
   * @param {HTMLElement} container that the recording is added to
   * @param {Content} content what the downloads hold
   * @param {import("./word-confidence.js").WordConfidence} confidence
   */
  constructor(template, container, content, confidence) {
    const copy = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    this.#root = part(copy, ".recording");
    this.#finals = part(copy, ".finals");
    this.#partials = part(copy, ".partials");
    this.#content = content;
    this.#confidence = confidence;
    this.#root.addEventListener("click", (event) => this.#act(/** @type {HTMLElement} */ (event.target)));
    translate(copy);
    container.append(copy);
  }

  /** The recording's element. */
  get element() {
    return this.#root;
  }

  /** Where others add what can be done with a recording that is saved. */
  get actions() {
    return part(this.#root, ".more");
  }

  /** @param {Segment} segment */
  addFinal(segment) {
    turns(segment).forEach(({ speaker, text, words }, index) => {
      const shown = caption(segment, index === 0);
      const node = write(shown, text);
      if (speaker) {
        this.#sign(shown, speaker);
      }
      this.#insert(shown, segment.start);
      this.#confidence.add(node, words);
    });
  }

  /** @param {Segment[]} segments all that are partial now */
  showPartials(segments) {
    while (this.#partials.childElementCount > segments.length) {
      this.#partials.lastElementChild?.remove();
    }
    segments.forEach((segment, index) => {
      const shown = this.#partials.children[index] ?? this.#partials.appendChild(caption(segment, true));
      write(shown, segment.text);
    });
  }

  /** @param {Mark} mark written where it belongs between the words */
  addMark({ at, text }) {
    const mark = document.createElement("p");
    mark.className = "mark";
    mark.dataset.start = String(at);
    mark.textContent = text;
    const later = [...this.#finals.children].find((caption) => Number(/** @type {HTMLElement} */ (caption).dataset.start) >= at);
    later ? later.before(mark) : this.#finals.append(mark);
  }

  /** Names were given or taken back. */
  showNames() {
    for (const name of /** @type {NodeListOf<HTMLElement>} */ (this.#finals.querySelectorAll(".speaker"))) {
      this.#name(name, name.dataset.label ?? "");
    }
  }

  /** @param {Record<string, unknown>} details of the recording, for the JSON */
  describe(details) {
    this.#details = { ...this.#details, ...details };
    if (typeof details.language_code === "string" && details.language_code !== "auto") {
      this.#finals.lang = details.language_code;
      this.#partials.lang = details.language_code;
    }
  }

  /**
   * @param {string} title
   * @param {string} when
   */
  showTitle(title, when) {
    part(this.#root, ".title").textContent = title;
    part(this.#root, ".when").textContent = when;
    this.#root.ariaLabel = title;
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
    this.#stem = stemOf(key) ?? this.#stem;
    const link = /** @type {HTMLAnchorElement} */ (part(this.#root, ".in-library"));
    link.href = `library.html#${this.#stem}`;
    link.hidden = !library;
    part(this.#root, ".key").textContent = key;
    part(this.#root, ".saved").hidden = false;
    const stored = part(this.#root, ".stored");
    stored.hidden = false;
    stored.firstChild?.replaceWith(`${say("stored")} `);
    this.#root.dataset.saved = key;
  }

  /** The recording is over; an empty one leaves the page. */
  end() {
    const empty = this.#content.segments().length === 0;
    part(this.#root, ".result").hidden = empty;
    if (empty) {
      this.#root.remove();
    }
  }

  /**
   * @param {HTMLElement} caption
   * @param {string} label
   */
  #sign(caption, label) {
    const speaker = document.createElement("b");
    speaker.className = "speaker";
    speaker.dataset.label = label;
    this.#name(speaker, label);
    caption.dataset.speaker = speaker.dataset.colour;
    if (this.#content.speakers.nameOf(label) !== this.#lastSpeaker) {
      caption.lastElementChild?.before(speaker);
    }
    this.#lastSpeaker = this.#content.speakers.nameOf(label);
  }

  /**
   * @param {HTMLElement} element
   * @param {string} label
   */
  #name(element, label) {
    element.textContent = `${this.#content.speakers.nameOf(label)}: `;
    element.dataset.colour = String(this.#content.speakers.colourOf(label));
  }

  /**
   * @param {HTMLElement} caption
   * @param {number} start in seconds: a mark may stand behind it already
   */
  #insert(caption, start) {
    let before = null;
    for (let last = this.#finals.lastElementChild; isLaterMark(last, start); last = last?.previousElementSibling ?? null) {
      before = last;
    }
    this.#finals.insertBefore(caption, before);
  }

  /** @param {HTMLElement} button */
  async #act({ dataset }) {
    if (dataset.download) {
      const rendered = await this.#rendered(dataset.download);
      if (rendered) {
        download(`${this.#stem}.${dataset.download}`, ...rendered);
      }
    } else if (dataset.copy === "key") {
      await copyText(this.#root.dataset.saved ?? "", part(this.#root, ".copied"));
    } else if (dataset.copy) {
      await copyText(this.#text(), part(this.#root, ".copied"));
    } else if (dataset.away !== undefined) {
      this.#root.remove();
    }
  }

  #text() {
    return toText(this.#content.segments(), (label) => this.#content.speakers.nameOf(label));
  }

  /**
   * @param {string} format
   * @returns {Promise<[mediaType: string, content: string] | null>} null where the format cannot be loaded
   */
  async #rendered(format) {
    const { speakers } = this.#content;
    const segments = this.#content.segments();
    const nameOf = (/** @type {string} */ label) => speakers.nameOf(label);
    if (format === "txt") {
      return ["text/plain", this.#text()];
    }
    const formats = await onDemand(() => import("./transcript-formats.js"));
    if (!formats) {
      return null;
    }
    switch (format) {
      case "srt":
        return ["application/x-subrip", formats.toSubRip(segments, nameOf)];
      case "vtt":
        return ["text/vtt", formats.toWebVtt(segments, nameOf)];
      default:
        return ["application/json", formats.toJson(segments, { ...this.#details, ...(speakers.labels.length && { speakers: this.#names() }) })];
    }
  }

  #names() {
    const { speakers } = this.#content;
    return Object.fromEntries(speakers.labels.map((label) => [label, speakers.nameOf(label)]));
  }
}

/**
 * @param {Element | null} element
 * @param {number} start
 */
function isLaterMark(element, start) {
  return element?.className === "mark" && Number(/** @type {HTMLElement} */ (element).dataset.start) > start;
}

/**
 * @param {Segment} segment
 * @param {boolean} first whether its time is shown
 */
function caption({ start, language_code: language }, first) {
  const element = document.createElement("p");
  element.dir = "auto";
  element.dataset.start = String(start);
  if (language) {
    element.lang = language;
  }
  const time = document.createElement("span");
  time.className = "time";
  time.ariaHidden = "true"; // read out before each sentence it would be noise
  time.textContent = first ? clockTime(start) : "";
  element.append(time, document.createElement("span"));
  return element;
}

/**
 * @param {Element} caption
 * @param {string} text
 */
function write(caption, text) {
  const node = document.createTextNode(text);
  caption.lastElementChild?.replaceChildren(node);
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
  const copied = await writeToClipboard(text);
  confirmation.textContent = say(copied ? "copied" : "copy-refused");
  setTimeout(() => (confirmation.textContent = ""), CONFIRMATION_MS);
}

/**
 * Pages at http:// addresses have no `navigator.clipboard`; the old command works there.
 * @param {string} text
 */
async function writeToClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    area.readOnly = true;
    area.className = "off-screen";
    const focused = /** @type {HTMLElement | null} */ (document.activeElement);
    document.body.append(area);
    area.select();
    const copied = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return copied;
  }
}

/**
 * What became of one recording: its words, who said them, how they are shown and where they are kept.
 *
 * @typedef {import("./transcript.js").Segment} Segment
 * @typedef {import("./own-recordings.js").KeptRecording} KeptRecording
 */
import { clockTime, localTime, stemOf, tell } from "./elements.js";
import { onDemand } from "./on-demand.js";
import { Keeper } from "./own-recordings.js";
import { Speakers } from "./speakers.js";
import { Transcript } from "./transcript.js";
import { TranscriptView } from "./transcript-view.js";
import { say } from "./words.js";

/** Names are typed letter by letter. */
const TYPED_MS = 700;

export class Chapter {
  #transcript;
  #keeper;
  #place;
  /** What the archive has been told. */
  #archivedNames;
  /** @type {ReturnType<typeof setTimeout> | undefined} until the archive is told the names */
  #archiving;
  /** The last stretch that was told as lost: it may be told again after a cut. */
  #lastGap = "";

  /**
   * @param {object} place
   * @param {HTMLTemplateElement} place.template
   * @param {HTMLElement} place.container
   * @param {import("./word-confidence.js").WordConfidence} place.confidence
   * @param {boolean} place.library whether the server shows what it has stored
   * @param {Promise<import("./own-recordings.js").OwnRecordings | null>} store
   * @param {KeptRecording} [kept] one of the store's, to be shown again
   * @param {Segment[]} [segments] its words
   */
  constructor(place, store, kept, segments = []) {
    this.#transcript = new Transcript(segments);
    this.#keeper = new Keeper(store, kept);
    this.#place = place;
    this.#archivedNames = JSON.stringify(kept?.names ?? {});
    this.speakers = new Speakers(kept?.names, () => this.#named());
    const content = { segments: () => this.#transcript.finals, speakers: this.speakers };
    this.view = new TranscriptView(place.template, place.container, content, place.confidence);
    if (kept) {
      this.#showAgain(kept);
    }
  }

  get id() {
    return this.#keeper.recording.id;
  }

  get recording() {
    return this.#keeper.recording;
  }

  /** Seconds until which there are final words. */
  get end() {
    return this.#transcript.finals.at(-1)?.end ?? 0;
  }

  get lastWords() {
    return this.#transcript.finals.at(-1)?.text ?? "";
  }

  /** What was said so far is in this browser's store. */
  get settled() {
    return this.#keeper.settled;
  }

  /** @param {import("./transcript.js").TranscriptMessage} message */
  apply(message) {
    const final = this.#transcript.apply(message);
    if (final) {
      this.view.addFinal(final);
      this.#keeper.add(final);
    }
    this.view.showPartials(this.#transcript.partials);
  }

  /**
   * @param {number} at seconds
   * @param {string} text
   */
  mark(at, text) {
    const marks = [...this.#keeper.recording.marks, { at, text }];
    this.view.addMark({ at, text });
    this.#keeper.change({ marks });
  }

  /**
   * @param {number} from seconds
   * @param {number} to
   * @returns {boolean} whether it had not been told before
   */
  gap(from, to) {
    const gap = `${from}-${to}`;
    if (this.#lastGap === gap) {
      return false;
    }
    this.#lastGap = gap;
    this.mark(from, say("mark.gap", { seconds: (to - from).toFixed(1) }));
    return true;
  }

  /** @param {{ engine?: string, language_code?: string }} details */
  describe({ engine, language_code }) {
    this.view.describe({ engine, language_code });
    this.#keeper.change({ engine, language_code });
  }

  /** @param {import("./server-messages.js").SavedMessage} message */
  saved({ s3_key: key, session_id, duration }) {
    this.view.describe({ session_id, duration });
    this.view.saved(key, this.#place.library);
    this.#keeper.change({ key, session_id, ...(duration && { seconds: duration }) });
    this.#archiveNames();
  }

  /** Nothing more comes. */
  finish() {
    for (const segment of this.#transcript.end()) {
      this.view.addFinal(segment);
      this.#keeper.add(segment);
    }
    this.view.showPartials([]);
    this.view.end();
    this.#showTitle();
  }

  /** @param {string} title */
  rename(title) {
    this.#keeper.change({ title });
    this.#showTitle();
  }

  #named() {
    this.view?.showNames();
    this.#keeper?.change({ names: this.speakers.given });
    clearTimeout(this.#archiving);
    this.#archiving = setTimeout(() => this.#archiveNames(), TYPED_MS);
  }

  /** Names hold for what the server has stored as well, where its caller may change that. */
  async #archiveNames() {
    const stem = stemOf(this.#keeper.recording.key ?? "");
    const names = JSON.stringify(this.speakers.given);
    if (!this.#place.library || !stem || names === this.#archivedNames) {
      return;
    }
    this.#archivedNames = names;
    const api = await onDemand(() => import("./library/api.js"));
    if (api) {
      await api.change(stem, "*", { speakers: this.speakers.byEngine }).catch(() => tell("problem", { code: "names_not_archived" }));
    }
  }

  /** @param {KeptRecording} kept */
  #showAgain(kept) {
    this.view.describe({ engine: kept.engine, language_code: kept.language_code, session_id: kept.session_id, duration: kept.seconds });
    this.#transcript.finals.forEach((segment) => this.view.addFinal(segment));
    kept.marks.forEach((mark) => this.view.addMark(mark));
    if (kept.key) {
      this.view.saved(kept.key, this.#place.library);
    }
    this.view.end();
    this.#showTitle();
  }

  #showTitle() {
    const { title, started, seconds } = this.#keeper.recording;
    this.view.showTitle(title || localTime(started), [title && localTime(started), clockTime(seconds)].filter(Boolean).join(" · "));
  }
}

/**
 * The words of one recording: finals in order, and the partial text that stands where the next finals will be.
 *
 * @typedef {object} Word
 * @property {string} text
 * @property {number} start seconds
 * @property {number} end seconds
 * @property {number} [confidence] from 0 to 1
 * @property {string} [speaker] a label of the engine
 *
 * @typedef {object} Segment
 * @property {number} number from 0
 * @property {string} text
 * @property {number} start seconds from the beginning of the recording
 * @property {number} end seconds
 * @property {Word[]} words empty where the engine knows none
 * @property {string} [language_code] where languages are told apart
 * @property {string} [speaker] of all of it, where its words do not tell
 *
 * @typedef {object} TranscriptMessage as the server sends it; only these two are always there
 * @property {string} text
 * @property {boolean} is_final
 * @property {number} [segment]
 * @property {number} [start]
 * @property {number} [end]
 * @property {Word[]} [words]
 * @property {string} [language_code]
 * @property {string} [speaker] of all of it, as this page has told
 */

/**
 * What one speaker says in a segment.
 * @typedef {object} Turn
 * @property {string} [speaker]
 * @property {string} text
 * @property {{ from: number, to: number, confidence?: number }[]} words by their places in the text, where they are
 * known
 */

export class Transcript {
  /** @type {Segment[]} */
  #finals = [];
  /** @type {Map<number, Segment>} */
  #partials = new Map();
  #nextNumber = 0;

  /** @param {Segment[]} [finals] of a recording that was kept */
  constructor(finals = []) {
    finals.forEach((segment) => this.#settle(segment));
  }

  /** In the order of speech. */
  get finals() {
    return this.#finals;
  }

  /** Those that no final has replaced yet, in the order of speech. */
  get partials() {
    return [...this.#partials.values()].sort((left, right) => left.number - right.number);
  }

  /**
   * @param {TranscriptMessage} message
   * @returns {Segment | null} the segment that is final by this message; null for a partial, a repetition and words
   *     that are taken back
   */
  apply(message) {
    const segment = this.#segment(message);
    if (segment.number < this.#nextNumber) {
      return null;
    }
    const isEmpty = segment.text.trim() === "";
    if (message.is_final) {
      this.#settle(segment);
      return isEmpty ? null : segment;
    }
    isEmpty ? this.#partials.delete(segment.number) : this.#partials.set(segment.number, segment);
    return null;
  }

  /**
   * @returns {Segment[]} what is final because nothing more comes: partial text is left when the connection was lost
   */
  end() {
    const leftOver = this.partials;
    leftOver.forEach((segment) => this.#settle(segment));
    return leftOver;
  }

  /**
   * @param {TranscriptMessage} message
   * @returns {Segment}
   */
  #segment({ segment, text, start, end, words, language_code, speaker }) {
    const from = start ?? this.#finals.at(-1)?.end ?? 0;
    const told = { ...(language_code && { language_code }), ...(speaker && { speaker }) };
    return { number: segment ?? this.#nextNumber, text, start: from, end: end ?? from, words: words ?? [], ...told };
  }

  /** @param {Segment} segment */
  #settle(segment) {
    for (const number of this.#partials.keys()) {
      if (number <= segment.number) {
        this.#partials.delete(number); // an older partial has no final of its own any more: finals come in order
      }
    }
    this.#nextNumber = segment.number + 1;
    if (segment.text.trim()) {
      this.#finals.push(segment);
    }
  }
}

/**
 * The segment by speakers; one turn of plain text where its words do not match it, as in languages without spaces.
 * @param {Segment} segment
 * @returns {Turn[]}
 */
export function turns({ text, words, speaker: only }) {
  const tokens = text.split(/\s+/u).filter(Boolean);
  if (tokens.length !== words.length || tokens.length === 0) {
    return [{ speaker: words[0]?.speaker ?? only, text, words: [] }];
  }
  /** @type {Turn[]} */
  const result = [];
  words.forEach(({ speaker, confidence }, index) => {
    if (index === 0 || speaker !== result[result.length - 1].speaker) {
      result.push({ speaker, text: "", words: [] });
    }
    const turn = result[result.length - 1];
    turn.text += turn.text ? ` ${tokens[index]}` : tokens[index];
    turn.words.push({ from: turn.text.length - tokens[index].length, to: turn.text.length, confidence });
  });
  return result;
}

/**
 * A line for each segment; where speakers are told apart, one for each turn, which begins with the name when it is
 * another's.
 * @param {Segment[]} segments
 * @param {(label: string) => string} [nameOf] a speaker's name
 */
export function toText(segments, nameOf = (label) => label) {
  let before = "";
  return segments
    .flatMap(turns)
    .map(({ speaker, text }) => {
      const name = speaker ? nameOf(speaker) : "";
      const prefix = name && name !== before ? `${name}: ` : "";
      before = name;
      return `${prefix}${text}\n`;
    })
    .join("");
}

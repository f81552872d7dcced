/**
 * Who speaks, where another source (a tab) is recorded beside the microphone. The server is sent one channel, so the
 * words are told apart by what was louder while they were said.
 *
 * @import { TranscriptMessage } from "./transcript.js"
 * @typedef {{ own: number, beside: number }} Levels the mean square of the samples of each source, from 0 to 1
 */

/** Labels as an engine's; `speaker.me` and `speaker.others` are their names. */
const ME = "me";
const OTHERS = "others";

/** -50 dB: below it, nobody speaks there. */
const HEARD = 1e-5;
/** 6 dB. A microphone hears loudspeakers, too, so the other side has the word unless this side is clearly louder. */
const CLEARLY_LOUDER = 4;
/** What an engine's times may be off by. */
const MARGIN_SECONDS = 0.1;
const FRAME_SECONDS = 0.1;
/** Ten minutes: finals come much sooner. */
const MOST_FRAMES = 6000;

export class Sides {
  /** @type {(Levels & { end: number })[]} */
  #frames = [];

  /**
   * @param {number} end of the frame in the recording, in seconds
   * @param {Levels} levels
   */
  hear(end, levels) {
    this.#frames.push({ end, ...levels });
    if (this.#frames.length > MOST_FRAMES) {
      this.#frames.shift();
    }
  }

  /**
   * Another recording goes on with the newest audio of this one.
   * @param {number} seconds of audio that it begins with
   */
  goOn(seconds) {
    const begin = (this.#frames.at(-1)?.end ?? 0) - seconds;
    this.#frames = this.#frames.map((frame) => ({ ...frame, end: frame.end - begin })).filter(({ end }) => end > 0);
  }

  /**
   * @param {TranscriptMessage} message
   * @returns {TranscriptMessage} the same, with a speaker for each word; labels of the engine tell the others apart
   */
  tell(message) {
    const { is_final, words = [], start = 0, end = start } = message;
    if (!is_final || this.#frames.length === 0) {
      return message;
    }
    if (words.length === 0) {
      return { ...message, speaker: this.#speaker(start, end) };
    }
    return { ...message, words: words.map((word) => ({ ...word, speaker: this.#speaker(word.start, word.end, word.speaker) })) };
  }

  /**
   * @param {number} start
   * @param {number} end
   * @param {string} [label] of the engine
   */
  #speaker(start, end, label) {
    let own = 0;
    let beside = 0;
    let count = 0;
    for (const frame of this.#frames) {
      if (frame.end > start - MARGIN_SECONDS && frame.end - FRAME_SECONDS < end + MARGIN_SECONDS) {
        own += frame.own;
        beside += frame.beside;
        count++;
      }
    }
    const isOther = beside > HEARD * count && beside * CLEARLY_LOUDER > own;
    return isOther ? (label ?? OTHERS) : ME;
  }
}

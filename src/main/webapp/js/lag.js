/**
 * How far the words are behind the voice: from the last moment in which somebody spoke to the end of the newest words.
 * In silence no words are due, so only loud audio counts.
 */
import { measure } from "./level-meter.js";

const BYTES_PER_SECOND = 32_000;
/** Speech lies between -40 and -12; a fan or a street lies below. */
const VOICE_DECIBEL = -42;
/** Partial results usually lag by 1 or 2 s: less is not worth a word. */
const NOTABLE_SECONDS = 4;

export class Lag {
  #position = 0;
  #lastVoice = 0;
  #newest = 0;

  /** @param {ArrayBuffer} frame that was sent or is kept */
  hear(frame) {
    this.#position += frame.byteLength / BYTES_PER_SECOND;
    if (measure(new Int16Array(frame)).decibel > VOICE_DECIBEL) {
      this.#lastVoice = this.#position;
    }
  }

  /** @param {number} seconds the end of words, or of audio that held none, in the recording */
  reach(seconds) {
    this.#newest = Math.max(this.#newest, seconds);
  }

  /** Whole seconds, from 4 on; 0 for less. */
  get seconds() {
    const behind = this.#lastVoice - this.#newest;
    return behind >= NOTABLE_SECONDS ? Math.floor(behind) : 0;
  }

  /** Seconds of audio so far. */
  get position() {
    return this.#position;
  }
}

/** Shows how loud the microphone is, and notices when it hears nothing at all or is too loud. */
import { say } from "./words.js";

/** The meter's left end; speech lies between -40 and -12. */
const FLOOR_DECIBEL = -60;
/** Even a quiet room is louder: the microphone is muted or the wrong one. */
const SILENCE_DECIBEL = -65;
const SILENT_FRAMES = 50;
/** An automatic gain clips single samples of a voice that is not too loud at all; this share of a frame is heard. */
const CLIPPED_SHARE = 0.01;
/** In so many of the last frames, and how long "too loud" stays readable. */
const CLIPPED_FRAMES = 3;
const REMEMBERED_FRAMES = 20;

export class LevelMeter {
  #meter;
  #hint;
  #onSilence;
  #silentFrames = 0;
  #isSilent = false;
  /** @type {boolean[]} whether the last frames were clipped */
  #clipped = [];

  /**
   * @param {HTMLElement} meter
   * @param {HTMLElement} hint
   * @param {(silent: boolean) => void} [onSilence] no sound at all has come for a while; it comes again
   */
  constructor(meter, hint, onSilence = () => {}) {
    this.#meter = meter;
    this.#hint = hint;
    this.#onSilence = onSilence;
  }

  /**
   * @param {ArrayBuffer} frame 16-bit PCM
   * @param {number} [level] of the microphone alone, in decibel, where the frame holds other audio as well
   */
  show(frame, level) {
    const { decibel: all, clipped } = measure(new Int16Array(frame));
    const decibel = level ?? all;
    this.draw(this.#meter, decibel);
    this.#silentFrames = decibel < SILENCE_DECIBEL ? this.#silentFrames + 1 : 0;
    this.#tellSilence(this.#silentFrames >= SILENT_FRAMES);
    this.#clipped = [...this.#clipped, clipped > CLIPPED_SHARE].slice(-REMEMBERED_FRAMES);
    this.#say(this.#clipped.filter(Boolean).length >= CLIPPED_FRAMES ? say("too-loud") : "");
  }

  reset() {
    this.#silentFrames = 0;
    this.#clipped = [];
    this.#tellSilence(false);
    this.draw(this.#meter, -Infinity);
    this.#say("");
  }

  /** @param {boolean} silent */
  #tellSilence(silent) {
    if (this.#isSilent !== silent) {
      this.#isSilent = silent;
      this.#onSilence(silent);
    }
  }

  /**
   * @param {HTMLElement} meter
   * @param {number} decibel
   */
  draw(meter, decibel) {
    const share = Math.min(1, Math.max(0, 1 - decibel / FLOOR_DECIBEL));
    meter.style.setProperty("--level", share.toFixed(2));
    meter.setAttribute("aria-valuenow", String(Math.round(share * 100)));
  }

  /** @param {string} text */
  #say(text) {
    if (this.#hint.textContent !== text) {
      this.#hint.textContent = text;
    }
  }
}

/**
 * @param {Int16Array} samples
 * @returns {{ decibel: number, clipped: number }} the loudness relative to full scale, and the share of samples at its
 *     end
 */
export function measure(samples) {
  let power = 0;
  let clipped = 0;
  for (const sample of samples) {
    power += sample * sample;
    clipped += sample >= 32767 || sample <= -32768 ? 1 : 0;
  }
  const count = samples.length || 1;
  return { decibel: 10 * Math.log10(power / count / 32768 ** 2), clipped: clipped / count };
}

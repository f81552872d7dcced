/** Shows how loud the microphone is, and says so when it hears nothing at all or is too loud. */

/** The meter's left end; speech lies between -40 and -12. */
const FLOOR_DECIBEL = -60;
/** Even a quiet room is louder: the microphone is muted or the wrong one. */
const SILENCE_DECIBEL = -65;
const SILENT_FRAMES = 50;
/** How long "too loud" stays readable. */
const CLIPPED_FRAMES = 20;

export class LevelMeter {
  #meter;
  #hint;
  #silentFrames = 0;
  #clippedFrames = 0;

  /**
   * @param {HTMLElement} meter
   * @param {HTMLElement} hint
   */
  constructor(meter, hint) {
    this.#meter = meter;
    this.#hint = hint;
  }

  /** @param {ArrayBuffer} frame 16-bit PCM */
  show(frame) {
    const { decibel, clipped } = measure(new Int16Array(frame));
    this.#draw(decibel);
    this.#silentFrames = decibel < SILENCE_DECIBEL ? this.#silentFrames + 1 : 0;
    this.#clippedFrames = clipped ? CLIPPED_FRAMES : Math.max(0, this.#clippedFrames - 1);
    this.#say(this.#complaint());
  }

  reset() {
    this.#silentFrames = 0;
    this.#clippedFrames = 0;
    this.#draw(-Infinity);
    this.#say("");
  }

  #complaint() {
    if (this.#silentFrames >= SILENT_FRAMES) {
      return "No sound arrives. Is the microphone muted, or another one meant?";
    }
    return this.#clippedFrames > 0 ? "Too loud: move back or turn the microphone down." : "";
  }

  /** @param {number} decibel */
  #draw(decibel) {
    const share = Math.min(1, Math.max(0, 1 - decibel / FLOOR_DECIBEL));
    this.#meter.style.setProperty("--level", share.toFixed(2));
    this.#meter.setAttribute("aria-valuenow", String(Math.round(share * 100)));
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
 * @returns {{ decibel: number, clipped: boolean }} the loudness relative to full scale
 */
export function measure(samples) {
  let power = 0;
  let clipped = false;
  for (const sample of samples) {
    power += sample * sample;
    clipped ||= sample >= 32767 || sample <= -32768;
  }
  return { decibel: 10 * Math.log10(power / (samples.length || 1) / 32768 ** 2), clipped };
}

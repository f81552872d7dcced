/** Cuts a stream of samples into frames of signed 16-bit PCM, each in a buffer of its own that may be given away. */
export class PcmFramer {
  #samplesPerFrame;
  #send;
  #frame;
  #filled = 0;

  /**
   * @param {number} samplesPerFrame
   * @param {(frame: ArrayBuffer) => void} send takes each frame that is full; little-endian, as every browser's machine
   *     is
   */
  constructor(samplesPerFrame, send) {
    this.#samplesPerFrame = samplesPerFrame;
    this.#send = send;
    this.#frame = new Int16Array(samplesPerFrame);
  }

  /** @param {number} sample from -1 to 1; beyond that it is clipped */
  add(sample) {
    this.#frame[this.#filled++] = Math.max(-32768, Math.min(32767, Math.round(sample * 32768)));
    if (this.#filled === this.#samplesPerFrame) {
      this.flush();
    }
  }

  /** Sends what has been collected, however short. */
  flush() {
    if (this.#filled > 0) {
      const full = this.#filled === this.#samplesPerFrame;
      this.#send(full ? this.#frame.buffer : this.#frame.slice(0, this.#filled).buffer);
      this.#frame = new Int16Array(this.#samplesPerFrame);
      this.#filled = 0;
    }
  }
}

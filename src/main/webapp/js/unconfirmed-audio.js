/** The audio that the server has not confirmed yet, by position: what a resumed connection sends again. */

/** 45 s: as much as the server takes ahead of real time. It is counted beyond what was confirmed. */
const MAX_BYTES = 45 * 32_000;

export class UnconfirmedAudio {
  /** @type {ArrayBuffer[]} */
  #frames = [];
  #bytes = 0;
  /** The position of the first byte that is kept. */
  #start = 0;

  get frames() {
    return this.#frames;
  }

  get bytes() {
    return this.#bytes;
  }

  /** @param {ArrayBuffer} frame kept until it is confirmed; when there is no room for it the oldest make way */
  add(frame) {
    this.#frames.push(frame);
    this.#bytes += frame.byteLength;
    while (this.#bytes > MAX_BYTES) {
      this.#forget(this.#frames[0].byteLength);
    }
  }

  /** @param {number} received all before this position has arrived */
  confirm(received) {
    this.#forget(Math.min(received - this.#start, this.#bytes));
  }

  /**
   * What is kept follows at this position now, whatever was lost in between.
   * @param {number} received
   * @returns {number} bytes that the server has not received and that are no longer here
   */
  continueAt(received) {
    const missing = Math.max(0, this.#start - received);
    this.confirm(received);
    this.#start = received;
    return missing;
  }

  /** @param {number} count bytes at the front */
  #forget(count) {
    while (count > 0) {
      const [first] = this.#frames;
      const taken = Math.min(count, first.byteLength);
      taken === first.byteLength ? this.#frames.shift() : (this.#frames[0] = first.slice(taken));
      this.#bytes -= taken;
      this.#start += taken;
      count -= taken;
    }
  }
}

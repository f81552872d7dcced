/**
 * The audio that the server may still need, by its position in the recording. The server reports two positions:
 * everything before `received` has arrived, everything before `settled` is in stored text. A server that dies can lose
 * what lies between them, so audio is kept until it is settled.
 */

/**
 * The server takes 45 s ahead of real time if it is not configured otherwise, and live speech arrives while the kept
 * audio is sent.
 */
const USUAL_SECONDS = 40;
const BYTES_PER_SECOND = 32_000;
/** More is kept while the server is told where the kept audio begins: what comes meanwhile must not move that place. */
const SHARE_WHILE_TOLD = 43 / 40;

export class KeptAudio {
  /** @type {ArrayBuffer[]} */
  #frames = [];
  #bytes = 0;
  /** The position of the first byte that is kept. */
  #start = 0;
  /** The position that the server has reached, as far as this client was told. */
  #received = 0;
  #most;
  #limit;

  /** @param {number} [seconds] that are kept at most */
  constructor(seconds = USUAL_SECONDS) {
    this.#most = seconds * BYTES_PER_SECOND;
    this.#limit = this.#most;
  }

  /** The position of the first byte that is kept. */
  get start() {
    return this.#start;
  }

  /**
   * The server is told where the kept audio begins; until `continueAt`, or until that has failed, it stays there if it
   * can.
   * @param {boolean} isTold
   */
  hold(isTold) {
    this.#limit = isTold ? this.#most * SHARE_WHILE_TOLD : this.#most;
  }

  /** The server's position, as far as this client was told. */
  get received() {
    return this.#received;
  }

  /** Bytes that are here and that the server has not confirmed. */
  get unconfirmedBytes() {
    return Math.max(0, this.#start + this.#bytes - Math.max(this.#start, this.#received));
  }

  /** Bytes that the server has not confirmed and that are no longer here. */
  get lostBytes() {
    return Math.max(0, this.#start - this.#received);
  }

  /** @param {ArrayBuffer} frame kept until it is settled; when there is no room for it the oldest make way */
  add(frame) {
    this.#frames.push(frame);
    this.#bytes += frame.byteLength;
    while (this.#bytes > this.#limit) {
      this.#forget(this.#frames[0].byteLength);
    }
  }

  /**
   * @param {number} received
   * @param {number} [settled] servers of before do not tell it: what has arrived is then all they ask for
   */
  confirm(received, settled = received) {
    this.#received = Math.max(this.#received, received);
    this.#forget(Math.min(settled - this.#start, this.#bytes));
  }

  /**
   * The server goes on from this position. It may be an earlier one than it had confirmed: another server has taken
   * over.
   * @param {number} position
   * @returns {number} bytes that the server has not received and that are no longer here
   */
  continueAt(position) {
    const missing = Math.max(0, this.#start - position);
    if (missing > 0) {
      this.#start = position; // a server that knows nothing of `from` counts on from where it is
    }
    this.#received = position;
    this.#limit = this.#most;
    return missing;
  }

  /** @returns {ArrayBuffer[]} what the server has not confirmed */
  get unconfirmed() {
    return this.since(this.#received);
  }

  /**
   * @param {number} position
   * @returns {ArrayBuffer[]} all that is kept from there on
   */
  since(position) {
    let skipped = position - this.#start;
    const frames = [];
    for (const frame of this.#frames) {
      if (skipped < frame.byteLength) {
        frames.push(skipped > 0 ? frame.slice(skipped) : frame);
      }
      skipped -= frame.byteLength;
    }
    return frames;
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

/**
 * A WAV file, read piece by piece from the disk: of an hour only a second is in memory.
 *
 * @typedef {{ channels: number, rate: number, bits: number, float: boolean, start: number, bytes: number }} WavFormat
 * `start` and `bytes`:
 *   where the samples are
 */

const PCM = 1;
const FLOAT = 3;
const EXTENSIBLE = 0xfffe;
/** Recorders write notes and pictures before the samples, seldom more. */
const HEADER_BYTES = 1 << 20;

export class WavReader {
  #file;
  #format;
  #position = 0;

  /**
   * @param {Blob} file
   * @returns {Promise<WavReader | null>} null for all that is not WAV with plain samples
   */
  static async of(file) {
    const format = wavFormat(new DataView(await file.slice(0, HEADER_BYTES).arrayBuffer()), file.size);
    return format && new WavReader(file, format);
  }

  /**
   * @param {Blob} file
   * @param {WavFormat} format
   */
  constructor(file, format) {
    this.#file = file;
    this.#format = format;
  }

  get rate() {
    return this.#format.rate;
  }

  get seconds() {
    return this.#format.bytes / this.#frameBytes / this.rate;
  }

  /** @param {number} samples */
  async read(samples) {
    const { start, bytes } = this.#format;
    const from = this.#position;
    this.#position = Math.min(bytes, from + Math.round(samples) * this.#frameBytes);
    const piece = await this.#file.slice(start + from, start + this.#position).arrayBuffer();
    return samplesOf(new DataView(piece), this.#format);
  }

  get #frameBytes() {
    return (this.#format.channels * this.#format.bits) / 8;
  }
}

/**
 * @param {DataView} header the beginning of a file
 * @param {number} size of the file
 * @returns {WavFormat | null}
 */
export function wavFormat(header, size) {
  if (header.byteLength < 12 || name(header, 0) !== "RIFF" || name(header, 8) !== "WAVE") {
    return null;
  }
  let format = null;
  for (let at = 12; at + 8 <= header.byteLength; ) {
    const length = header.getUint32(at + 4, true);
    if (name(header, at) === "fmt " && at + 24 <= header.byteLength) {
      format = described(header, at + 8, length);
    } else if (name(header, at) === "data") {
      const left = size - at - 8; // a recording that was cut off, and one over 4 GiB, tell a wrong length
      return format && { ...format, start: at + 8, bytes: whole(Math.min(left, length || left), format) };
    }
    at += 8 + length + (length % 2);
  }
  return null;
}

/**
 * @param {DataView} header
 * @param {number} at
 * @param {number} length
 */
function described(header, at, length) {
  const extended = header.getUint16(at, true) === EXTENSIBLE && length >= 26 && at + 26 <= header.byteLength;
  const code = header.getUint16(extended ? at + 24 : at, true);
  const [channels, rate, bits] = [header.getUint16(at + 2, true), header.getUint32(at + 4, true), header.getUint16(at + 14, true)];
  const isKnown = (code === PCM && [8, 16, 24, 32].includes(bits)) || (code === FLOAT && bits === 32);
  return isKnown && channels > 0 && rate >= 8000 && rate <= 192_000 ? { channels, rate, bits, float: code === FLOAT } : null;
}

/**
 * @param {number} bytes
 * @param {{ channels: number, bits: number }} format
 */
function whole(bytes, { channels, bits }) {
  return bytes - (bytes % ((channels * bits) / 8));
}

/**
 * @param {DataView} data
 * @param {WavFormat} format
 */
function samplesOf(data, { channels, bits, float }) {
  const bytes = bits / 8;
  const count = Math.floor(data.byteLength / bytes / channels);
  const result = Array.from({ length: channels }, () => new Float32Array(count));
  for (let sample = 0, at = 0; sample < count; sample++) {
    for (let channel = 0; channel < channels; channel++, at += bytes) {
      result[channel][sample] = float ? data.getFloat32(at, true) : decoded(data, at, bits);
    }
  }
  return result;
}

/**
 * @param {DataView} data
 * @param {number} at
 * @param {number} bits
 */
function decoded(data, at, bits) {
  switch (bits) {
    case 8:
      return (data.getUint8(at) - 128) / 128;
    case 16:
      return data.getInt16(at, true) / 32_768;
    case 24:
      return (data.getInt16(at + 1, true) * 256 + data.getUint8(at)) / 8_388_608;
    default:
      return data.getInt32(at, true) / 2_147_483_648;
  }
}

/**
 * @param {DataView} data
 * @param {number} at
 */
function name(data, at) {
  return String.fromCharCode(...[0, 1, 2, 3].map((index) => data.getUint8(at + index)));
}

// @ts-check
import { WavReader, wavFormat } from "../../main/webapp/js/wav-reader.js";
import { between, equal } from "./assert.js";

export function finds_the_samples_behind_other_chunks() {
  const { bytes } = wav({ chunks: [["LIST", 5]] });
  equal(wavFormat(new DataView(bytes), bytes.byteLength), {
    channels: 1,
    rate: 48_000,
    bits: 16,
    float: false,
    start: 12 + 8 + 6 + 24 + 8,
    bytes: 8,
  });
}

export function what_is_not_plain_samples_is_left_to_the_browser() {
  const other = wav({ code: 6, bits: 8 }).bytes; // A-law
  equal(wavFormat(new DataView(other), other.byteLength), null);
  equal(wavFormat(new DataView(new ArrayBuffer(4)), 4), null);
  const text = new TextBytes("OggS and so on, longer than a header of twelve bytes");
  equal(wavFormat(text.view, 60), null);
}

export function a_recording_that_was_cut_off_ends_where_the_file_ends() {
  const { bytes } = wav({ length: 0xffffffff });
  equal(wavFormat(new DataView(bytes), bytes.byteLength)?.bytes, 8);
}

export async function reads_piece_by_piece_whatever_the_samples_are() {
  for (const [bits, code] of [[8, 1], [16, 1], [24, 1], [32, 1], [32, 3]]) {
    const reader = await reading(wav({ bits, code, channels: 2 }));
    const pieces = [await reader.read(1), await reader.read(10), await reader.read(10)];
    equal(pieces.map(([left]) => left.length), [1, 1, 0], `${bits} bits`);
    between(pieces[0][0][0], 0.49, 0.51, "left");
    between(pieces[0][1][0], -0.51, -0.49, "right");
  }
}

export async function tells_its_length() {
  const reader = await reading(wav({ rate: 8_000 }));
  equal([reader.seconds, reader.rate], [4 / 8_000, 8_000]);
}

/** @param {{ bytes: ArrayBuffer }} file */
async function reading({ bytes }) {
  const blob = {
    size: bytes.byteLength,
    slice: (/** @type {number} */ from, /** @type {number} */ to) => ({ arrayBuffer: async () => bytes.slice(from, to) }),
  };
  const reader = await WavReader.of(/** @type {any} */ (blob));
  return /** @type {WavReader} */ (reader);
}

/** Four samples, by turns half of full scale up and down. */
function wav({ bits = 16, code = 1, channels = 1, rate = 48_000, chunks = /** @type {[string, number][]} */ ([]), length = -1 } = {}) {
  const samples = Array.from({ length: 4 }, (_, index) => (index % 2 ? -0.5 : 0.5));
  const extra = chunks.reduce((sum, [, size]) => sum + 8 + size + (size % 2), 0);
  const bytes = new ArrayBuffer(12 + extra + 24 + 8 + (samples.length * bits) / 8);
  const view = new DataView(bytes);
  let at = 0;
  const text = (/** @type {string} */ name) => [...name].forEach((letter) => view.setUint8(at++, letter.charCodeAt(0)));
  const number = (/** @type {number} */ value, size = 4) => {
    size === 4 ? view.setUint32(at, value, true) : view.setUint16(at, value, true);
    at += size;
  };
  text("RIFF");
  number(bytes.byteLength - 8);
  text("WAVE");
  for (const [name, size] of chunks) {
    text(name);
    number(size);
    at += size + (size % 2);
  }
  text("fmt ");
  number(16);
  number(code, 2);
  number(channels, 2);
  number(rate);
  number((rate * channels * bits) / 8);
  number((channels * bits) / 8, 2);
  number(bits, 2);
  text("data");
  number(length >= 0 ? length : (samples.length * bits) / 8);
  for (const sample of samples) {
    write(view, at, sample, bits, code);
    at += bits / 8;
  }
  return { bytes };
}

/**
 * @param {DataView} view
 * @param {number} at
 * @param {number} sample
 * @param {number} bits
 * @param {number} code
 */
function write(view, at, sample, bits, code) {
  if (code === 3) {
    view.setFloat32(at, sample, true);
  } else if (bits === 8) {
    view.setUint8(at, 128 + sample * 128);
  } else if (bits === 16) {
    view.setInt16(at, sample * 32_768, true);
  } else if (bits === 24) {
    view.setInt16(at + 1, sample * 32_768, true);
  } else {
    view.setInt32(at, sample * 2_147_483_648, true);
  }
}

class TextBytes {
  /** @param {string} text */
  constructor(text) {
    this.view = new DataView(new ArrayBuffer(text.length));
    [...text].forEach((letter, at) => this.view.setUint8(at, letter.charCodeAt(0)));
  }
}

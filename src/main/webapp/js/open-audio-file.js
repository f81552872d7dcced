/**
 * Opens an audio file in the way that keeps memory small: WAV from the disk, short files decoded at once, long ones
 * played.
 */
import { AudioFile } from "./audio-file.js";
import { PlayedFile } from "./played-file.js";
import { WavReader } from "./wav-reader.js";

/** @import { OpenSource, SourceListener } from "./recording.js" */

/**
 * The files' most common rate. Asked for 16 kHz at once, Chromium folds what lies above 8 kHz back: 9 kHz by only 20 dB
 * less.
 */
const DECODED_HERTZ = 48_000;
/** Ten minutes in stereo are 230 MB while they are decoded. */
const MOST_DECODED_SECONDS = 600;
/** Of a file that does not tell its length: an hour of speech in Opus. */
const MOST_DECODED_BYTES = 16 << 20;
const METADATA_TIMEOUT_MS = 10_000;

/**
 * @param {Blob} file
 * @param {SourceListener} listener
 * @param {() => number} unconfirmedSeconds
 * @param {number} leadSeconds how far the server may be sent ahead of real time
 * @returns {Promise<OpenSource & { seconds: number, advance: () => unknown }>} rejected with the code `file_unreadable`
 */
export async function openAudioFile(file, listener, unconfirmedSeconds, leadSeconds) {
  try {
    const wav = await WavReader.of(file);
    if (wav) {
      return new AudioFile(wav, listener, unconfirmedSeconds, leadSeconds);
    }
    const audio = await loaded(file);
    if (audio && audio.duration > MOST_DECODED_SECONDS && audio.duration !== Infinity) {
      return await PlayedFile.open(audio, listener, unconfirmedSeconds, leadSeconds);
    }
    if (!audio && file.size > MOST_DECODED_BYTES) {
      throw new Error("too large for a file of no known length");
    }
    return new AudioFile(await decoded(file), listener, unconfirmedSeconds, leadSeconds);
  } catch (error) {
    throw Object.assign(new Error("unreadable", { cause: error }), { code: "file_unreadable" });
  }
}

/**
 * @param {Blob} file
 * @returns {Promise<HTMLAudioElement | null>} null where it cannot be played
 */
function loaded(file) {
  return new Promise((resolve) => {
    const audio = new Audio(URL.createObjectURL(file));
    audio.preload = "metadata";
    audio.onloadedmetadata = () => resolve(audio);
    audio.onerror = () => resolve(null);
    setTimeout(() => resolve(null), METADATA_TIMEOUT_MS);
  });
}

/**
 * @param {Blob} file
 * @returns {Promise<import("./audio-file.js").AudioReader>}
 */
async function decoded(file) {
  const audio = await new OfflineAudioContext(1, 1, DECODED_HERTZ).decodeAudioData(await file.arrayBuffer());
  const channels = Array.from({ length: audio.numberOfChannels }, (_, channel) => audio.getChannelData(channel));
  let position = 0;
  return {
    rate: DECODED_HERTZ,
    seconds: audio.duration,
    read: (samples) => {
      const from = position;
      position += samples;
      return channels.map((channel) => channel.slice(from, position));
    },
  };
}

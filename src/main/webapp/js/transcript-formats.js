/**
 * The finals of a recording as a file: SubRip, WebVTT, and JSON as the server archives it. Cues are cut by the rules of
 * the server's archive (src/main/java/dev/steno/transcript/Cues.java): short and evenly filled lines, no two cues at a
 * time, each long enough to read.
 *
 * @typedef {import("./transcript.js").Segment} Segment
 * @typedef {{ text: string, start: number, end: number }} TimedWord
 * @typedef {{ start: number, end: number, lines: string[], speaker: string }} Cue times in milliseconds
 * @typedef {(label: string) => string} NameOf
 */
import { turns } from "./transcript.js";

export { toText } from "./transcript.js";

/** By common guidelines two lines of about 42 columns; a Chinese, Japanese or Korean character takes two of them. */
const LINE_LENGTH = 42;
const LINES_PER_CUE = 2;
const WIDE = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/u;
/** A cue that is shown more briefly cannot be read; it stays until this, or until the next one. */
const READABLE_MS = 1000;

/**
 * @param {Segment[]} segments
 * @param {Record<string, unknown>} recording what else is known of it
 */
export function toJson(segments, recording) {
  const numbered = segments.map(({ number, ...segment }) => ({ segment: number, ...segment }));
  return `${JSON.stringify({ ...recording, segments: numbered }, null, 2)}\n`;
}

/**
 * @param {Segment[]} segments
 * @param {NameOf} [nameOf]
 */
export function toSubRip(segments, nameOf) {
  let before = "";
  return cues(segments, nameOf)
    .map(({ speaker, lines, ...cue }, index) => {
      const prefix = speaker && speaker !== before ? `${speaker}: ` : "";
      before = speaker;
      return `${index + 1}\n${span(cue, ",")}\n${prefix}${lines.join("\n")}\n`;
    })
    .join("\n");
}

/**
 * @param {Segment[]} segments
 * @param {NameOf} [nameOf]
 */
export function toWebVtt(segments, nameOf) {
  const blocks = cues(segments, nameOf).map(({ speaker, lines, ...cue }) => {
    const voice = speaker ? `<v ${escaped(speaker.replace(/\s+/gu, " "))}>` : "";
    return `${span(cue, ".")}\n${voice}${lines.map(escaped).join("\n")}\n`;
  });
  return ["WEBVTT\n", ...blocks].join("\n");
}

/**
 * @param {Segment[]} segments
 * @param {NameOf} [nameOf]
 * @returns {Cue[]}
 */
function cues(segments, nameOf = (label) => label) {
  /** @type {Cue[]} */
  const result = [];
  for (const { speaker, words } of segments.flatMap(timedTurns)) {
    const lines = evenLines(words);
    for (let first = 0; first < lines.length; first += LINES_PER_CUE) {
      const shown = lines.slice(first, first + LINES_PER_CUE);
      const start = Math.max(milliseconds(shown[0][0].start), result.at(-1)?.end ?? 0);
      const end = Math.max(milliseconds(shown.at(-1)?.at(-1)?.end ?? 0), start + 1);
      const texts = shown.map((line) => line.map(({ text }) => text).join(" "));
      result.push({ start, end, lines: texts, speaker: speaker ? nameOf(speaker) : "" });
    }
  }
  return result.map((cue, index) => {
    const next = result[index + 1]?.start ?? Infinity;
    return { ...cue, end: Math.min(next, Math.max(cue.end, cue.start + READABLE_MS)) };
  });
}

/**
 * What each speaker says, as words that fit into a line, each with its time.
 * @param {Segment} segment
 * @returns {{ speaker?: string, words: TimedWord[] }[]}
 */
function timedTurns(segment) {
  const tokens = segment.text.split(/\s+/u).filter(Boolean);
  const timed =
    segment.words.length === tokens.length
      ? segment.words.map(({ start, end }, index) => ({ text: tokens[index], start, end }))
      : spread(tokens, 1, segment.start, segment.end);
  let next = 0;
  return turns(segment).map(({ speaker, text }) => {
    const count = text.split(/\s+/u).filter(Boolean).length;
    const words = timed.slice(next, (next += count));
    return { speaker, words: words.flatMap(cut) };
  });
}

/**
 * Text without spaces (a web address, Chinese) is cut where the line ends.
 * @param {TimedWord} word
 */
function cut({ text, start, end }) {
  /** @type {string[]} */
  const pieces = [""];
  for (const character of text) {
    if (columns(pieces[pieces.length - 1] + character) > LINE_LENGTH) {
      pieces.push("");
    }
    pieces[pieces.length - 1] += character;
  }
  return spread(pieces, 0, start, end);
}

/**
 * @param {string[]} texts
 * @param {number} gap characters between them
 * @param {number} start
 * @param {number} end
 * @returns {TimedWord[]} each with a share of the time by its length
 */
function spread(texts, gap, start, end) {
  const total = texts.reduce((sum, text) => sum + [...text].length + gap, -gap);
  const perCharacter = (end - start) / Math.max(total, 1);
  let position = 0;
  return texts.map((text) => {
    const after = position + [...text].length;
    const word = { text, start: start + position * perCharacter, end: start + after * perCharacter };
    position = after + gap;
    return word;
  });
}

/**
 * Lines of the narrowest width that needs no more of them, so that the last one is not a lonely word.
 * @param {TimedWord[]} words
 */
function evenLines(words) {
  let even = filled(words, LINE_LENGTH);
  for (let width = LINE_LENGTH - 1; width > 0; width--) {
    const narrower = filled(words, width);
    if (narrower.length > even.length) {
      break;
    }
    even = narrower;
  }
  return even;
}

/**
 * @param {TimedWord[]} words
 * @param {number} width
 */
function filled(words, width) {
  /** @type {TimedWord[][]} */
  const lines = [];
  let used = 0;
  for (const word of words) {
    const needed = columns(word.text);
    if (lines.length === 0 || used + 1 + needed > width) {
      lines.push([]);
      used = -1;
    }
    lines[lines.length - 1].push(word);
    used += 1 + needed;
  }
  return lines;
}

/** @param {string} text */
function columns(text) {
  let sum = 0;
  for (const character of text) {
    sum += WIDE.test(character) ? 2 : 1;
  }
  return sum;
}

/** @param {number} seconds */
function milliseconds(seconds) {
  return Math.max(0, Math.round(seconds * 1000));
}

/**
 * @param {{ start: number, end: number }} cue
 * @param {string} decimalMark
 */
function span(cue, decimalMark) {
  return `${timestamp(cue.start, decimalMark)} --> ${timestamp(cue.end, decimalMark)}`;
}

/**
 * @param {number} time in milliseconds
 * @param {string} decimalMark
 */
function timestamp(time, decimalMark) {
  const parts = [time / 3_600_000, (time / 60_000) % 60, (time / 1000) % 60];
  const clockTime = parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  return clockTime + decimalMark + String(time % 1000).padStart(3, "0");
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

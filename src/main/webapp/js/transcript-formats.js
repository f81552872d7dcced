/**
 * The finals of a recording as a file: plain text, SubRip, WebVTT, and JSON as the server archives it.
 *
 * @typedef {import("./transcript.js").Segment} Segment
 * @typedef {{ start: number, end: number, lines: string[] }} Cue
 */

/** By common guidelines: two lines of about 42 characters. */
const LINE_LENGTH = 42;
const LINES_PER_CUE = 2;

/** @param {Segment[]} segments */
export function toText(segments) {
  return segments.map((segment) => segment.text + "\n").join("");
}

/**
 * @param {Segment[]} segments
 * @param {Record<string, unknown>} recording what else is known of it
 */
export function toJson(segments, recording) {
  const numbered = segments.map(({ number, ...segment }) => ({ segment: number, ...segment }));
  return `${JSON.stringify({ ...recording, segments: numbered }, null, 2)}\n`;
}

/** @param {Segment[]} segments */
export function toSubRip(segments) {
  return segments
    .flatMap(cues)
    .map((cue, index) => `${index + 1}\n${span(cue, ",")}\n${cue.lines.join("\n")}\n`)
    .join("\n");
}

/** @param {Segment[]} segments */
export function toWebVtt(segments) {
  const blocks = segments.flatMap(cues).map((cue) => `${span(cue, ".")}\n${cue.lines.map(escaped).join("\n")}\n`);
  return ["WEBVTT\n", ...blocks].join("\n");
}

/**
 * A segment in pieces to be read at a glance, timed by its words, or by length where their times are not known.
 * @param {Segment} segment
 * @returns {Cue[]}
 */
function cues(segment) {
  const tokens = segment.text.split(/\s+/u).filter(Boolean);
  const lines = wrapped(tokens);
  const timeOf = clock(segment, tokens);
  const result = [];
  for (let first = 0, token = 0; first < lines.length; first += LINES_PER_CUE) {
    const shown = lines.slice(first, first + LINES_PER_CUE);
    const end = token + shown.flat().length;
    result.push({ start: timeOf(token).start, end: timeOf(end - 1).end, lines: shown.map((line) => line.join(" ")) });
    token = end;
  }
  return result;
}

/** @param {string[]} tokens */
function wrapped(tokens) {
  /** @type {string[][]} */
  const lines = [];
  let length = LINE_LENGTH;
  for (const token of tokens) {
    length += 1 + token.length;
    if (length > LINE_LENGTH) {
      lines.push([]);
      length = token.length;
    }
    lines[lines.length - 1].push(token);
  }
  return lines;
}

/**
 * @param {Segment} segment
 * @param {string[]} tokens
 * @returns {(token: number) => { start: number, end: number }}
 */
function clock({ start, end, words }, tokens) {
  if (words.length === tokens.length) {
    return (token) => words[token];
  }
  const starts = [0];
  tokens.forEach((token, index) => starts.push(starts[index] + token.length + 1));
  const secondsPerCharacter = (end - start) / (starts[tokens.length] || 1);
  return (token) => ({
    start: start + starts[token] * secondsPerCharacter,
    end: start + starts[token + 1] * secondsPerCharacter,
  });
}

/**
 * @param {Cue} cue
 * @param {string} decimalMark
 */
function span(cue, decimalMark) {
  return `${timestamp(cue.start, decimalMark)} --> ${timestamp(cue.end, decimalMark)}`;
}

/**
 * @param {number} seconds
 * @param {string} decimalMark
 */
function timestamp(seconds, decimalMark) {
  const milliseconds = Math.round(seconds * 1000);
  const parts = [milliseconds / 3_600_000, (milliseconds / 60_000) % 60, (milliseconds / 1000) % 60];
  const clockTime = parts.map((part) => String(Math.floor(part)).padStart(2, "0")).join(":");
  return clockTime + decimalMark + String(milliseconds % 1000).padStart(3, "0");
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

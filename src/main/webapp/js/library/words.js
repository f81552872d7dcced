/** Where in a segment's text which word is, and when it was said. */

/** @import { Segment } from "./api.js" */

/**
 * Tokens of the text with their place and time: the engine's times where its words are those of the text, else a share
 * of the segment's time by length.
 *
 * @param {Segment} segment
 * @returns {{ from: number, to: number, start: number, end: number }[]}
 */
export function timedTokens({ text, words, start, end }) {
  const tokens = [...text.matchAll(/\S+/gu)].map((match) => ({ from: match.index, to: match.index + match[0].length }));
  if (words.length === tokens.length) {
    return tokens.map((token, index) => ({ ...token, start: words[index].start, end: words[index].end }));
  }
  const perCharacter = (end - start) / Math.max(1, text.length);
  return tokens.map(({ from, to }) => ({ from, to, start: start + from * perCharacter, end: start + to * perCharacter }));
}

/**
 * @param {Segment} segment
 * @param {number} offset of a character in the text
 * @returns {number} seconds
 */
export function timeAt(segment, offset) {
  const tokens = timedTokens(segment);
  return (tokens.find(({ to }) => offset <= to) ?? tokens.at(-1))?.start ?? segment.start;
}

/**
 * The segment that is spoken at a moment: the last one that has begun.
 *
 * @param {Segment[]} segments in order
 * @param {number} seconds
 * @returns {number} index; -1 before the first one
 */
export function segmentAt(segments, seconds) {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (segments[middle].start <= seconds) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low - 1;
}

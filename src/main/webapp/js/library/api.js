/**
 * The library's resources, as openapi.json describes them.
 *
 * @typedef {{ segment: number, start: number, text: string }} Hit
 * @typedef {{ stem: string, title: string | null, started: string, duration: number | null, language_code: string |
 * null,
 *   owner: string | null, segments: number, words: number, first_words: string, audio: boolean, hits?: Hit[] }} Item
 * @typedef {{ items: Item[], cursor?: string, index?: { state: string, transcripts: number } }} Page
 * @typedef {{ text: string, start: number, end: number, speaker?: string }} Word
 * @typedef {{ segment: number, text: string, original_text?: string, start: number, end: number, words: Word[] }}
 * Segment
 * @typedef {{ title?: string, started_at: string, duration?: number, language_code?: string, engine?: string,
 *   speakers?: Record<string, string>, audio?: object, segments: Segment[] }} Transcript
 * @typedef {{ title?: string, speakers?: Record<string, string>, segments?: { segment: number, text: string }[] }} Edit
 */
import { signIn } from "../sign-in.js";

/** What the server refused, in its own words. */
export class Refusal extends Error {
  /**
   * @param {number} status 0 if the server cannot be reached
   * @param {string} message
   */
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/**
 * @param {string} words to search for; empty for everything
 * @param {string} [cursor] as the page before gave it
 * @returns {Promise<Page>}
 */
export async function list(words, cursor) {
  const query = new URLSearchParams({ limit: "50", ...(words && { q: words }), ...(cursor && { cursor }) });
  return (await ask(`transcripts?${query}`)).json();
}

/**
 * @param {string} stem
 * @returns {Promise<{ transcript: Transcript, revision: string }>}
 */
export async function read(stem) {
  return opened(await ask(address(stem)));
}

/**
 * @param {string} stem
 * @param {string} revision that was read
 * @param {Edit} edit
 */
export async function change(stem, revision, edit) {
  const headers = { "Content-Type": "application/json", "If-Match": revision };
  return opened(await ask(address(stem), { method: "PATCH", headers, body: JSON.stringify(edit) }));
}

/** @param {string} stem Goes on when the page is closed. */
export async function remove(stem) {
  await ask(address(stem), { method: "DELETE", keepalive: true });
}

/**
 * @param {string} stem
 * @param {string} [extension]
 */
export function address(stem, extension) {
  return `transcripts/${encodeURIComponent(stem)}${extension ? `.${extension}` : ""}`;
}

/**
 * @param {Response} response
 * @returns {Promise<{ transcript: Transcript, revision: string }>}
 */
async function opened(response) {
  return { transcript: await response.json(), revision: response.headers.get("ETag") ?? "*" };
}

/**
 * @param {string} url
 * @param {RequestInit} [request]
 * @returns {Promise<Response>}
 */
async function ask(url, request) {
  const response = await fetch(url, request).catch(() => {
    throw new Refusal(0, "The server cannot be reached. Check the connection and try again.");
  });
  if (response.ok) {
    return response;
  }
  if (response.status === 401 && (await signIn())) {
    return ask(url, request);
  }
  const problem = await response.json().catch(() => ({}));
  throw new Refusal(response.status, problem.detail ?? `The server answered ${response.status}.`);
}

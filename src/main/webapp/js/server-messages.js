/**
 * What the server says. Only the fields without a question mark are always there.
 *
 * @typedef {import("./transcript.js").TranscriptMessage} TranscriptMessage
 * @typedef {{ type: "session", session_id?: string, engine?: string, language_code?: string, resume_token?: string,
 *   resumed?: boolean, restored?: boolean, received_bytes?: number }} SessionMessage
 * @typedef {{ type: "status", state: string, engine?: string, language_code?: string, message?: string, ends_in?:
 * number,
 *   dropped_from?: number, dropped_to?: number }} StatusMessage
 * @typedef {{ type: "progress", received_bytes: number, settled_bytes?: number }} ProgressMessage
 * @typedef {{ type: "saved", s3_key: string, location?: string, duration?: number, session_id?: string }} SavedMessage
 * @typedef {{ type: "error", code: string, message?: string, fatal?: boolean }} ErrorMessage
 * @typedef {SessionMessage | ({ type: "transcript" } & TranscriptMessage) | StatusMessage | ProgressMessage |
 * SavedMessage
 *   | ErrorMessage | import("./share.js").SharingMessage} ServerMessage
 */

/** What a known message must have to be taken; any other message or field is for newer clients. */
const REQUIRED = new Map([
  ["session", {}],
  ["transcript", { text: "string", is_final: "boolean" }],
  ["status", { state: "string" }],
  ["progress", { received_bytes: "number" }],
  ["saved", { s3_key: "string" }],
  ["share", { url: "string" }],
  ["viewers", { count: "number" }],
  ["error", { code: "string" }],
]);

/**
 * @param {unknown} data a frame as it came
 * @returns {ServerMessage | null} null for what this client does not know
 */
export function parseServerMessage(data) {
  if (typeof data !== "string") {
    return null;
  }
  const message = parsed(data);
  const required = Object.entries(REQUIRED.get(message?.type) ?? { type: "of no known message" });
  return required.every(([field, type]) => typeof message?.[field] === type) ? message : null;
}

/** @param {string} json */
function parsed(json) {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

/**
 * What the server tells before a recording. Every field may be missing.
 *
 * @typedef {{ engine?: string, auth_mode?: string, signed_in?: boolean, busy?: boolean, library?: boolean, audio_kept?:
 * boolean, sharing?: boolean, language_code?: string, languages?: string[], recordings?: number,
 *   browser_history?: boolean, limits?: { recordings?: number, resume_window_seconds?: number, replay_buffer_seconds?:
 *   number } }} ServerInfo
 */
import { languageName } from "./language-names.js";
import { hasWords, say } from "./words.js";

const INFO_TIMEOUT_MS = 5000;

/** @returns {Promise<ServerInfo>} empty when the server does not answer */
export async function fetchServerInfo() {
  try {
    const response = await fetch("info", { signal: AbortSignal.timeout(INFO_TIMEOUT_MS) });
    return response.ok ? await response.json() : {};
  } catch {
    return {};
  }
}

/**
 * Of the audio that the server takes ahead of real time, a ninth is left for what the network shifts: 40 s of the usual
 * 45.
 */
const KEPT_SHARE = 8 / 9;
const USUAL_REPLAY_SECONDS = 45;

/**
 * How much audio this page may keep and send at once.
 * @param {ServerInfo} info
 */
export function keptSeconds({ limits }) {
  return Math.floor((limits?.replay_buffer_seconds ?? USUAL_REPLAY_SECONDS) * KEPT_SHARE);
}

/**
 * Why a connection never opened: a browser is not told.
 * @param {ServerInfo} info as it is now
 */
export function reasonForNoConnection({ engine, recordings = 0, limits, signed_in: signedIn, busy }) {
  if (!engine) {
    return "unreachable";
  }
  if (signedIn === false) {
    return "signed_out";
  }
  return busy || recordings >= (limits?.recordings ?? Infinity) ? "busy" : "socket_refused";
}

/**
 * @param {string | undefined} engine
 * @param {string | undefined} languageCode
 */
export function describeEngine(engine, languageCode) {
  const name = engine && (hasWords(`engine.${engine}`) ? say(`engine.${engine}`) : engine);
  return [name, languageCode && languageCode !== "auto" && languageName(languageCode)].filter(Boolean).join(" · ");
}

/**
 * That the sound is kept, before and while somebody speaks. Empty where it is not.
 * @param {ServerInfo} info
 */
export function describeSound({ audio_kept: kept }) {
  return kept ? say("voice.sound", { server: location.hostname }) : "";
}

/**
 * What happens to the voice, before anybody is asked for it.
 * @param {ServerInfo} info
 */
export function describeVoice({ engine = "" }) {
  if (!engine) {
    return "";
  }
  const where = hasWords(`voice.${engine}`) ? say(`voice.${engine}`) : say("voice.other", { engine });
  return `${where} ${say("voice.stored", { server: location.hostname })}`;
}

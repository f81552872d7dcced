/**
 * What the server tells before a recording. Every field may be missing.
 *
 * @typedef {{ engine?: string, auth_mode?: string, signed_in?: boolean, busy?: boolean, library?: boolean, sharing?: boolean, language_code?: string, languages?: string[], recordings?: number,
 *   limits?: { recordings?: number, resume_window_seconds?: number } }} ServerInfo
 */
const INFO_TIMEOUT_MS = 5000;

const ENGINE_NAMES = new Map([
  ["amazon-transcribe", "Amazon Transcribe"],
  ["sphinx", "CMU Sphinx"],
]);

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
  const name = engine && (ENGINE_NAMES.get(engine) ?? engine);
  return [name, languageCode].filter(Boolean).join(" · ");
}

// @ts-check
/**
 * What the server tells before a recording. Every field may be missing.
 *
 * @typedef {{ engine?: string, version?: string }} ServerInfo
 */
const INFO_TIMEOUT_MS = 5000;

const ENGINE_NAMES = new Map([
  ["amazon-transcribe", "Amazon Transcribe"],
  ["sphinx", "CMU Sphinx"],
]);

/** @returns {Promise<ServerInfo>} empty when the server does not answer: it is only for show */
export async function fetchServerInfo() {
  try {
    const response = await fetch("info", { signal: AbortSignal.timeout(INFO_TIMEOUT_MS) });
    return response.ok ? await response.json() : {};
  } catch {
    return {};
  }
}

/**
 * @param {string | undefined} engine
 * @param {string | undefined} languageCode
 */
export function describeEngine(engine, languageCode) {
  const name = engine && (ENGINE_NAMES.get(engine) ?? engine);
  return [name, languageCode].filter(Boolean).join(" · ");
}

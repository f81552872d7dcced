/** Languages by the names that their speakers give them. */

/** Codes of recognition services for which the standard means another country, or none: Scotland, Wales, Estonia. */
/** @type {Record<string, string>} */
const OWN_NAMES = { "en-AB": "English (Scotland)", "en-WL": "English (Wales)", "et-ET": "eesti (Eesti)" };

/**
 * @param {string} code such as de-CH
 * @param {string} [reader] the language of the name; without it the language's own
 */
export function languageName(code, reader) {
  if (OWN_NAMES[code] && (!reader || !code.startsWith("et"))) {
    return OWN_NAMES[code];
  }
  const tag = code === "et-ET" ? "et-EE" : code;
  try {
    const name = new Intl.DisplayNames([reader ?? tag, "en"], { type: "language", languageDisplay: "standard" }).of(tag) ?? code;
    return name.charAt(0).toLocaleUpperCase(reader ?? tag) + name.slice(1);
  } catch {
    return code;
  }
}

/**
 * Those of the browser's languages, in its order, that are in the list: the very dialect, else one of the language.
 * @param {string[]} codes
 * @param {readonly string[]} wanted
 */
export function likely(codes, wanted) {
  const found = wanted.map(
    (code) => codes.find((other) => other.toLowerCase() === code.toLowerCase()) ?? codes.find((other) => base(other) === base(code)),
  );
  return [...new Set(found.filter((code) => code !== undefined))];
}

/** @param {string} code */
function base(code) {
  return code.split("-")[0].toLowerCase();
}

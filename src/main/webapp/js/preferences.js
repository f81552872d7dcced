/** What this browser remembers of the person's choices. Where storage is blocked a choice lasts as long as the page. */

/** @param {string} name */
export function remembered(name) {
  try {
    return localStorage.getItem(`steno.${name}`) ?? "";
  } catch {
    return "";
  }
}

/**
 * @param {string} name
 * @param {string} value
 */
export function remember(name, value) {
  try {
    localStorage.setItem(`steno.${name}`, value);
  } catch {
    // blocked, see above
  }
}

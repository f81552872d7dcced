/** Small things that several views need. */

/**
 * @param {string} id of an element that index.html has
 * @returns {HTMLElement}
 */
export function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}

/**
 * @param {ParentNode} root
 * @param {string} selector of an element that is there
 * @returns {HTMLElement}
 */
export function part(root, selector) {
  return /** @type {HTMLElement} */ (root.querySelector(selector));
}

/** @param {number} seconds shown as 0:07, 12:34 or 1:02:03 */
export function clockTime(seconds) {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60) % 60;
  const beginning = whole < 3600 ? minutes : `${Math.floor(whole / 3600)}:${twoDigits(minutes)}`;
  return `${beginning}:${twoDigits(whole % 60)}`;
}

/** @param {number} number */
function twoDigits(number) {
  return String(number).padStart(2, "0");
}

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

/** @param {string} key of a stored transcript; what stands before the date is the operator's */
export function stemOf(key) {
  return /\d{8}_\d{6}(_\d+)?(?=\.txt$)/u.exec(key)?.[0];
}

/** @param {number} seconds shown as 0:07, 12:34 or 1:02:03 */
export function clockTime(seconds) {
  const whole = Math.floor(seconds);
  const minutes = Math.floor(whole / 60) % 60;
  const beginning = whole < 3600 ? minutes : `${Math.floor(whole / 3600)}:${twoDigits(minutes)}`;
  return `${beginning}:${twoDigits(whole % 60)}`;
}

/** @param {number} milliseconds since 1970 */
export function localTime(milliseconds) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });
  return format.format(milliseconds);
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, unknown>} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function create(name, properties = {}, ...children) {
  const created = Object.assign(document.createElement(name), properties);
  created.append(...children);
  return created;
}

/**
 * Tells other modules of this page what happens, so that they need no place in app.js: `steno:state`, `steno:message`,
 * `steno:saved`.
 * @param {string} name
 * @param {Record<string, unknown>} detail
 */
export function tell(name, detail) {
  document.dispatchEvent(new CustomEvent(`steno:${name}`, { detail }));
}

/** @param {number} number */
function twoDigits(number) {
  return String(number).padStart(2, "0");
}

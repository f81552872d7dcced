// @ts-check
/** The few assertions that the tests of the page need. */

/**
 * @param {unknown} actual
 * @param {unknown} expected compared by its JSON
 * @param {string} [what]
 */
export function equal(actual, expected, what = "value") {
  const [left, right] = [JSON.stringify(actual), JSON.stringify(expected)];
  if (left !== right) {
    throw new Error(`${what}: expected ${right} but was ${left}`);
  }
}

/**
 * @param {number} actual
 * @param {number} least
 * @param {number} most
 * @param {string} what
 */
export function between(actual, least, most, what) {
  if (!(actual >= least && actual <= most)) {
    throw new Error(`${what}: expected ${least} to ${most} but was ${actual}`);
  }
}

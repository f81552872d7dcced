// @ts-check
/** Timers that run when a test says so. */
/** @type {Map<number, { due: number, action: () => void }>} */
const timers = new Map();
let now = 0;
let last = 0;

Object.assign(globalThis, {
  setTimeout: (/** @type {() => void} */ action, /** @type {number} */ delay) => {
    timers.set(++last, { due: now + delay, action });
    return last;
  },
  clearTimeout: (/** @type {number} */ timer) => timers.delete(timer),
});

/** @param {number} milliseconds */
export function pass(milliseconds) {
  now += milliseconds;
  for (const [timer, { due, action }] of timers) {
    if (due <= now && timers.delete(timer)) {
      action();
    }
  }
}

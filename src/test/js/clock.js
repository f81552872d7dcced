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
  performance: { now: () => now },
});

/** Forgets what an earlier test has left behind. */
export function clear() {
  timers.clear();
}

/** @param {number} milliseconds during which everything that falls due runs at its time */
export function pass(milliseconds) {
  const end = now + milliseconds;
  for (let next = earliest(end); next !== undefined; next = earliest(end)) {
    const [timer, { due, action }] = next;
    timers.delete(timer);
    now = Math.max(now, due);
    action();
  }
  now = end;
}

/** @param {number} end */
function earliest(end) {
  return [...timers].filter(([, { due }]) => due <= end).sort(([, left], [, right]) => left.due - right.due)[0];
}

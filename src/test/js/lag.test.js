// @ts-check
import { Lag } from "../../main/webapp/js/lag.js";
import { equal } from "./assert.js";

export function words_that_come_soon_are_not_behind() {
  const lag = after(3.9, 3000);
  equal(lag.seconds, 0);
}

export function is_told_from_4_seconds_on() {
  const lag = after(12.5, 3000);
  equal(lag.seconds, 12);
  lag.reach(6);
  equal(lag.seconds, 6);
  lag.reach(5);
  equal(lag.seconds, 6, "an earlier word changes nothing");
  lag.reach(9);
  equal(lag.seconds, 0);
}

export function in_silence_no_words_are_due() {
  const lag = after(2, 3000);
  hear(lag, 60, 100);
  equal(lag.seconds, 0);
}

/**
 * @param {number} seconds
 * @param {number} level
 */
function after(seconds, level) {
  const lag = new Lag();
  hear(lag, seconds, level);
  return lag;
}

/**
 * @param {Lag} lag
 * @param {number} seconds
 * @param {number} level
 */
function hear(lag, seconds, level) {
  for (let tenth = 0; tenth < Math.round(seconds * 10); tenth++) {
    lag.hear(new Int16Array(1600).fill(level).buffer);
  }
}

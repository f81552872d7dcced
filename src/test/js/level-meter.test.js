// @ts-check
import { measure } from "../../main/webapp/js/level-meter.js";
import { between, equal } from "./assert.js";

export function measures_loudness_relative_to_full_scale() {
  between(measure(Int16Array.of(16384, -16384)).decibel, -6.03, -6.01, "half of full scale");
  equal(measure(Int16Array.of(0, 0)).decibel === -Infinity, true, "silence is bottomless");
}

export function notices_samples_at_full_scale() {
  equal(measure(Int16Array.of(0, 32767)).clipped, 0.5, "upwards");
  equal(measure(Int16Array.of(-32768, 0)).clipped, 0.5, "downwards");
  equal(measure(Int16Array.of(32766, -32767)).clipped, 0, "just below");
}

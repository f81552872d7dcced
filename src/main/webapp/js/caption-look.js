/** How captions look: what was chosen is remembered in this browser and holds for the page and for the large view. */
import { remember, remembered } from "./preferences.js";

/**
 * @typedef {object} Look
 * @property {number} size percent
 * @property {string} font
 * @property {string} spacing
 * @property {string} colours
 * @property {number} lines in the large view; 0 for as many as there is room for
 * @property {string} announce whether screen readers are told of finals: on, off
 */

const PREFERENCE = "look";
/** @type {Look} */
export const USUAL_LOOK = { size: 100, font: "serif", spacing: "normal", colours: "page", lines: 0, announce: "on" };
export const SIZES = { least: 70, most: 250, step: 10 };

/** @returns {Look} */
export function look() {
  try {
    return { ...USUAL_LOOK, ...JSON.parse(remembered(PREFERENCE) || "{}") };
  } catch {
    return USUAL_LOOK;
  }
}

/** @param {Partial<Look>} changes */
export function changeLook(changes) {
  const changed = { ...look(), ...changes };
  changed.size = Math.min(SIZES.most, Math.max(SIZES.least, changed.size));
  remember(PREFERENCE, JSON.stringify(changed));
  applyLook(changed);
}

/** @param {Look} chosen */
export function applyLook({ size, font, spacing, colours, lines, announce } = look()) {
  const { dataset, style } = document.documentElement;
  style.setProperty("--size", String(size / 100));
  style.setProperty("--lines", String(lines));
  Object.assign(dataset, { font, spacing, colours, announce, lines: lines > 0 ? "some" : "all" });
  for (const log of document.querySelectorAll(".finals")) {
    log.ariaLive = announce === "on" ? "polite" : "off";
  }
}

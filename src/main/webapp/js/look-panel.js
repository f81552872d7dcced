/** The panel that changes how captions look, beside them: it covers none and what it does is seen at once. */
import { changeLook, look, SIZES, USUAL_LOOK } from "./caption-look.js";
import { create } from "./elements.js";
import { say } from "./words.js";

/** @type {Record<string, string[]>} */
const CHOICES = {
  font: ["serif", "sans", "round", "mono"],
  spacing: ["normal", "wide"],
  colours: ["page", "black-on-white", "white-on-black", "yellow-on-black", "yellow-on-blue"],
  lines: ["0", "2", "3", "4", "6"],
  announce: ["on", "off"],
};

/**
 * @param {HTMLElement} button that opens and closes it
 * @param {() => void} onChange the captions have another size now
 */
export function toggleLookPanel(button, onChange) {
  const open = document.getElementById("look");
  open ? closePanel(open, button) : openPanel(button, onChange);
}

/**
 * @param {HTMLElement} button
 * @param {() => void} onChange
 */
function openPanel(button, onChange) {
  const panel = create("section", { id: "look", className: "look", ariaLabel: say("look") });
  const draw = () => panel.replaceChildren(...controls(() => onChange(), draw, () => closePanel(panel, button)));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation(); // or it would leave the large view, too
      closePanel(panel, button);
    }
  });
  draw();
  document.getElementById("main")?.before(panel);
  button.ariaExpanded = "true";
  panel.querySelector("input")?.focus();
}

/**
 * @param {HTMLElement} panel
 * @param {HTMLElement} button
 */
function closePanel(panel, button) {
  panel.remove();
  button.ariaExpanded = "false";
  button.focus();
}

/**
 * @param {() => void} onChange
 * @param {() => void} draw
 * @param {() => void} close
 */
function controls(onChange, draw, close) {
  const chosen = /** @type {Record<string, string | number>} */ (/** @type {unknown} */ (look()));
  const change = (/** @type {string} */ name, /** @type {string} */ value) => {
    changeLook({ [name]: ["size", "lines"].includes(name) ? Number(value) : value });
    onChange();
  };
  const usual = create("button", { type: "button", textContent: say("look.usual") });
  usual.addEventListener("click", () => {
    changeLook(USUAL_LOOK);
    draw();
    onChange();
  });
  const away = create("button", { type: "button", textContent: say("close") });
  away.addEventListener("click", close);
  return [size(Number(chosen.size), change), ...Object.entries(CHOICES).map(([name, values]) => list(name, values, chosen, change)), usual, away];
}

/**
 * @param {number} value
 * @param {(name: string, value: string) => void} change
 */
function size(value, change) {
  const input = create("input", { type: "range", min: SIZES.least, max: SIZES.most, step: SIZES.step });
  const range = /** @type {HTMLInputElement} */ (input);
  range.value = String(value);
  range.addEventListener("input", () => change("size", range.value));
  return create("label", {}, create("span", { textContent: say("look.size") }), range);
}

/**
 * @param {string} name
 * @param {string[]} values
 * @param {Record<string, string | number>} chosen
 * @param {(name: string, value: string) => void} change
 */
function list(name, values, chosen, change) {
  const select = create("select");
  select.append(...values.map((value) => new Option(name === "lines" && value !== "0" ? value : say(`look.${name}.${value}`), value)));
  select.value = String(chosen[name]);
  select.addEventListener("change", () => change(name, select.value));
  return create("label", {}, create("span", { textContent: say(`look.${name}`) }), select);
}

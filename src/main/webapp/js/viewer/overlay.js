/** The last lines, for a video mixer: transparent, without anything around them, hidden after silence. */
import { element } from "../elements.js";
import { Captions } from "./captions.js";
import { EventStream } from "./event-stream.js";

/** Enough to fill any overlay; the rest is above its upper edge. */
const FINALS_SHOWN = 12;
const SAMPLE = "This is how captions look. They follow the speaker, line by line, and disappear after a silence.";

const options = new URLSearchParams(location.search);
const frame = element("frame");
const text = element("text");
const hideAfterMs = number("hide", 8, 0, 600) * 1000;
const language = options.get("lang") ?? "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let silence;
let partial = "";
let firstShown = 0;

const captions = new Captions({
  onReset: () => (firstShown = 0),
  onFinal: () => said(),
  onPartial: (provisional) => {
    partial = provisional;
    if (provisional) {
      said();
    }
  },
  onTranslation: () => said(),
  onState: () => {},
  onEnd: () => hide(),
  onLanguages: () => {},
});

style();
if (options.has("sample")) {
  captions.apply("snapshot", { finals: [], partial: SAMPLE, state: "streaming", recording: "sample" });
  clearTimeout(silence);
} else {
  follow();
}

function follow() {
  const token = location.pathname.slice(location.pathname.lastIndexOf("/") + 1);
  const stream = new EventStream(`${token}/events?lang=${encodeURIComponent(language)}`, {
    onEvent: (name, data) => {
      const late = name === "snapshot" && captions.finals.length === 0;
      captions.apply(name, data);
      if (late) {
        firstShown = captions.finals.length; // a mixer that starts late shows what comes, not what was
        show();
      } else if (name === "end" && data.reason !== "saved") {
        hide();
      }
    },
    onState: (state) => (state === "open" || state === "lost" ? undefined : stream.close()),
  });
}

/** Somebody speaks: shows it, for a while. */
function said() {
  show();
  delete frame.dataset.silent;
  clearTimeout(silence);
  if (hideAfterMs > 0) {
    silence = setTimeout(hide, hideAfterMs);
  }
}

function show() {
  const shown = captions.finals.slice(Math.max(firstShown, captions.finals.length - FINALS_SHOWN));
  const words = shown.map((final) => (language ? final.translations[language] ?? "" : final.text));
  text.textContent = [...words, language ? "" : partial].filter(Boolean).join(" ");
  text.lang = language || captions.languageCode;
}

/** What was said before a silence does not come back with what is said after it. */
function hide() {
  frame.dataset.silent = "";
  firstShown = captions.finals.length;
}

function style() {
  const { style } = document.documentElement;
  style.setProperty("--lines", String(number("lines", 2, 1, 10)));
  style.setProperty("--size", `${number("size", 48, 8, 400)}px`);
  setIfValid(style, "--color", "color");
  setIfValid(style, "--background", "background-color", "background");
  const font = options.get("font");
  if (font) {
    style.setProperty("--font", CSS.supports("font-family", font) ? font : JSON.stringify(font));
  }
}

/**
 * @param {CSSStyleDeclaration} style
 * @param {string} variable
 * @param {string} property whose values are allowed
 * @param {string} option
 */
function setIfValid(style, variable, property, option = property) {
  const value = options.get(option);
  if (value && CSS.supports(property, value)) {
    style.setProperty(variable, value);
  } else if (value && CSS.supports(property, `#${value}`)) {
    style.setProperty(variable, `#${value}`); // in a URL # begins the fragment
  }
}

/**
 * @param {string} name
 * @param {number} usual
 * @param {number} least
 * @param {number} most
 */
function number(name, usual, least, most) {
  const value = Number.parseFloat(options.get(name) ?? "");
  return Number.isFinite(value) ? Math.max(least, Math.min(most, value)) : usual;
}

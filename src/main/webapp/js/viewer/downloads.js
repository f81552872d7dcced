/** Saves what was read, from this page's own memory: so it works when the link is dead, too. */
import { toSubRip, toText, toWebVtt } from "../transcript-formats.js";

/** @type {Record<string, [mediaType: string, render: (segments: any[]) => string]>} */
const FORMATS = {
  txt: ["text/plain", toText],
  srt: ["application/x-subrip", toSubRip],
  vtt: ["text/vtt", toWebVtt],
};

/**
 * @param {() => import("./captions.js").Final[]} finals
 * @param {() => string} language of the translation that is read; empty for the original
 */
export function offerDownloads(finals, language) {
  document.addEventListener("click", ({ target }) => {
    const format = target instanceof HTMLElement ? target.dataset.download : undefined;
    if (format) {
      save(format, finals(), language());
    }
  });
}

/**
 * @param {string} format
 * @param {import("./captions.js").Final[]} finals
 * @param {string} language
 */
function save(format, finals, language) {
  const [mediaType, render] = FORMATS[format];
  const segments = finals.map(({ segment, start, end, text, translations }) => ({
    number: segment,
    text: translations[language] ?? text,
    start,
    end,
    words: [],
  }));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([render(segments)], { type: `${mediaType};charset=utf-8` }));
  link.download = `captions${language && `.${language}`}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // Safari reads it after the click has returned
}

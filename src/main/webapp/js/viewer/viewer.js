/** The page behind a link: follows a recording, or a room, and shows it. */
import { element } from "../elements.js";
import { ReadingPosition } from "../reading-position.js";
import { WakeLock } from "../wake-lock.js";
import { CaptionsView } from "./captions-view.js";
import { Captions } from "./captions.js";
import { offerDownloads } from "./downloads.js";
import { EventStream } from "./event-stream.js";
import { Settings } from "./settings.js";
import { word, writeWords } from "./words.js";

/** Why there may be nothing more, as the key of its words; in a room another recording follows. */
let end = "";
const view = new CaptionsView();
const position = new ReadingPosition(element("latest"));
const screen = new WakeLock();
const captions = new Captions({
  onReset: () => view.clear(),
  onFinal: (final) => {
    element("empty").hidden = true;
    view.add(final);
    position.follow();
  },
  onPartial: (text) => {
    element("empty").hidden ||= text !== "";
    view.showPartial(text);
    position.follow();
  },
  onTranslation: (final) => {
    view.update(final);
    position.follow();
  },
  onState: show,
  onEnd: (reason) => (end = reason === "unshared" ? reason : "saved"),
  onLanguages: (codes) => {
    view.spoken(captions.languageCode);
    settings.offer(codes);
  },
});
const settings = new Settings(
  () => position.follow(),
  (code) => {
    view.translate(code, captions.finals);
    follow();
  },
);
/** @type {EventStream | undefined} */
let stream;

/** Follows from the beginning: another language may be wanted now. What is here already stays. */
function follow() {
  stream?.close();
  const token = location.pathname.slice(location.pathname.lastIndexOf("/") + 1);
  stream = new EventStream(`${token}/events?lang=${encodeURIComponent(settings.language)}`, {
    onEvent: (name, data) => {
      if (name === "snapshot") {
        end = "";
        setTimeout(() => view.announce(true)); // what was said before is not read out
      }
      captions.apply(name, data);
    },
    onState: (state) => {
      if (state === "gone") {
        finish("gone");
      } else if (state === "unknown") {
        finish("unknown");
      } else if (state === "lost" && end) {
        finish(end);
      } else if (state === "lost") {
        show("lost");
      }
    },
  });
}

/** @param {string} state */
function show(state) {
  document.body.dataset.state = state;
  element("status").textContent = word(state);
  element("over").hidden = true;
  screen.set(state !== "ended");
}

/** @param {string} why key of the words for it */
function finish(why) {
  show("ended");
  stream?.close();
  element("empty").hidden = true;
  element("over").hidden = false;
  element("over-text").textContent = word(why);
  element("over-downloads").hidden = captions.finals.length === 0;
  position.follow();
}

writeWords();
view.translate(settings.language, []);
offerDownloads(
  () => captions.finals,
  () => settings.language,
);
follow();

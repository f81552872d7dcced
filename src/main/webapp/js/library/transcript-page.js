/** One transcript: read, heard, corrected, downloaded, deleted. */
import { clockTime } from "../elements.js";
import { address } from "./api.js";
import { button, make } from "./dom.js";
import { languageName } from "./list-view.js";
import { SegmentList } from "./segment-list.js";

/** @import { Edit, Transcript } from "./api.js" */

const STARTED = new Intl.DateTimeFormat("en", { dateStyle: "full", timeStyle: "short" });
const FORMATS = { txt: "Text", srt: "SubRip", vtt: "WebVTT", json: "JSON" };

/**
 * @typedef {object} Work
 * @property {(edit: Edit) => Promise<Transcript | null>} change null if it failed, which was told already
 * @property {() => void} remove
 * @property {(text: string) => void} announce
 */

export class TranscriptPage {
  #root;
  #stem;
  #transcript;
  #work;
  #segments;
  /** @type {HTMLAudioElement | null} */
  #audio = null;
  #heading = make("div", { className: "heading" });
  #people = make("div");

  /**
   * @param {HTMLElement} root
   * @param {string} stem
   * @param {Transcript} transcript
   * @param {Work} work
   */
  constructor(root, stem, transcript, work) {
    this.#root = root;
    this.#stem = stem;
    this.#transcript = transcript;
    this.#work = work;
    this.#audio = transcript.audio ? this.#player() : null;
    this.#segments = new SegmentList({
      play: this.#audio ? (seconds) => this.#play(seconds) : null,
      correct: (segment, text) => this.#correct(segment, text),
    });
    this.#show();
  }

  /** @param {number} segment */
  goTo(segment) {
    this.#segments.goTo(segment);
  }

  focus() {
    this.#root.querySelector("h1")?.focus();
  }

  close() {
    this.#audio?.pause();
    this.#root.replaceChildren();
  }

  #show() {
    this.#showTitle();
    this.#showPeople();
    this.#segments.show(this.#transcript);
    this.#root.replaceChildren(
      make("p", {}, make("a", { href: "#", textContent: "All transcripts" })),
      this.#heading,
      make("p", { className: "facts" }, ...this.#facts().map((fact) => make("span", { textContent: fact }))),
      this.#toolbar(),
      this.#people,
      ...(this.#audio ? [make("div", { className: "player" }, this.#audio)] : []),
      this.#segments.element,
    );
  }

  get #title() {
    return this.#transcript.title ?? "";
  }

  #showTitle() {
    const shown = this.#title || STARTED.format(new Date(this.#transcript.started_at));
    document.title = `${shown} – Steno`;
    this.#heading.replaceChildren(
      make("h1", { tabIndex: -1, textContent: shown }),
      make("div", { className: "actions" }, button(this.#title ? "Rename" : "Give a title", () => this.#rename())),
    );
  }

  #rename() {
    const input = make("input", { type: "text", value: this.#title, maxLength: 200, ariaLabel: "Title" });
    const form = make(
      "form",
      { className: "rename" },
      input,
      make("button", { className: "primary", textContent: "Save" }),
      button("Cancel", () => this.#endRename()),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (input.value.trim() === this.#title || (await this.#change({ title: input.value }))) {
        this.#endRename();
      }
    });
    form.addEventListener("keydown", (event) => event.key === "Escape" && this.#endRename());
    this.#heading.replaceChildren(form);
    input.select();
  }

  #endRename() {
    this.#showTitle();
    this.#heading.querySelector("button")?.focus();
  }

  #facts() {
    const { started_at: started, duration, language_code: language, engine } = this.#transcript;
    return [
      this.#title && STARTED.format(new Date(started)),
      duration ? clockTime(duration) : "",
      languageName(language),
      engine ?? "",
    ].filter((fact) => fact !== "");
  }

  #toolbar() {
    const formats = this.#audio ? { ...FORMATS, wav: "Audio" } : FORMATS;
    const links = Object.entries(formats).map(([extension, name]) =>
      make("a", { href: address(this.#stem, extension), download: `${this.#stem}.${extension}`, textContent: name }),
    );
    const copy = button("Copy link", async () => {
      await navigator.clipboard.writeText(new URL(`#${this.#stem}`, location.href).href);
      this.#work.announce("The link is copied.");
      copy.textContent = "Link copied";
    });
    return make("div", { className: "actions" }, "Download", ...links, copy, button("Delete", this.#work.remove));
  }

  /** Those who speak, by the engine's labels, each with a name if somebody gave one. */
  #showPeople() {
    const { segments, speakers = {} } = this.#transcript;
    const labels = new Set(Object.keys(speakers));
    segments.forEach(({ words }) => words.forEach(({ speaker }) => speaker && labels.add(speaker)));
    if (labels.size === 0) {
      this.#people.replaceChildren();
      return;
    }
    const fields = [...labels].map((label) => {
      const input = make("input", { type: "text", value: speakers[label] ?? "", maxLength: 200, placeholder: "Name" });
      input.addEventListener("change", async () => {
        if (await this.#change({ speakers: { [label]: input.value } })) {
          this.#segments.show(this.#transcript);
          this.#work.announce(`${label} is ${input.value || "nobody"} now.`);
        }
      });
      return make("label", {}, label, input);
    });
    this.#people.replaceChildren(
      make("fieldset", { className: "people" }, make("legend", { textContent: "Speakers" }), ...fields),
    );
  }

  #player() {
    const audio = make("audio", { controls: true, preload: "metadata", src: address(this.#stem, "wav") });
    audio.ariaLabel = "Recording";
    audio.addEventListener("timeupdate", () => this.#segments.follow(audio.currentTime));
    return audio;
  }

  /** @param {number} seconds */
  #play(seconds) {
    if (this.#audio) {
      this.#audio.currentTime = seconds;
      void this.#audio.play().catch(() => this.#work.announce("The audio cannot be played."));
    }
  }

  /**
   * @param {number} segment
   * @param {string} text
   */
  async #correct(segment, text) {
    const done = await this.#change({ segments: [{ segment, text }] });
    if (done) {
      this.#segments.show(this.#transcript);
      this.#work.announce("Saved.");
    }
    return done;
  }

  /** @param {Edit} edit */
  async #change(edit) {
    const changed = await this.#work.change(edit);
    this.#transcript = changed ?? this.#transcript;
    return changed !== null;
  }
}

/**
 * What a viewer holds of a recording, fed by the server's events.
 *
 * @typedef {{ segment: number, text: string, start: number, end: number, speaker?: string, translations: Record<string,
 *     string> }} Final
 * @typedef {{ onReset: () => void, onFinal: (final: Final) => void, onPartial: (text: string) => void,
 *   onTranslation: (final: Final) => void, onState: (state: string) => void, onEnd: (reason: string) => void,
 *   onLanguages: (codes: string[]) => void }} View
 */
export class Captions {
  /** @type {Final[]} */
  finals = [];
  languageCode = "";
  #recording = "";
  #view;

  /** @param {View} view */
  constructor(view) {
    this.#view = view;
  }

  /**
   * @param {string} name
   * @param {any} data
   */
  apply(name, data) {
    switch (name) {
      case "snapshot":
        return this.#snapshot(data);
      case "partial":
        return this.#view.onPartial(data.segment === this.finals.length ? data.text : "");
      case "final":
        return this.#final(data);
      case "translation":
        return this.#translation(data);
      case "status":
        return this.#view.onState(data.state);
      case "end":
        this.#view.onPartial("");
        return this.#view.onEnd(data.reason);
      default: // a newer server knows more
        return undefined;
    }
  }

  /** @param {any} data */
  #snapshot(data) {
    const waits = data.state === "waiting" && !data.recording;
    if (!waits && (data.recording !== this.#recording || data.finals.length < this.finals.length)) {
      this.finals = [];
      this.#view.onReset();
    }
    if (!waits) {
      this.#recording = data.recording;
      this.languageCode = data.language_code ?? "";
    }
    data.finals.forEach((/** @type {any} */ final) => this.#known(final));
    this.#view.onLanguages(data.languages ?? []);
    this.#view.onPartial(data.partial ?? "");
    this.#view.onState(data.state);
  }

  /** @param {any} data of a final that may be here already */
  #known(data) {
    const known = this.finals[data.segment];
    if (!known) {
      this.#final(data);
    } else if (data.translations) {
      Object.assign(known.translations, data.translations);
      this.#view.onTranslation(known);
    }
  }

  /** @param {any} data */
  #final(data) {
    if (data.segment === this.finals.length) { // one that comes again after a resume is here already
      const final = { ...data, translations: data.translations ?? {} };
      this.finals.push(final);
      this.#view.onPartial("");
      this.#view.onFinal(final);
    }
  }

  /** @param {any} data */
  #translation({ segment, language_code: code, text }) {
    const final = this.finals[segment];
    if (final) {
      final.translations[code] = text;
      this.#view.onTranslation(final);
    }
  }
}

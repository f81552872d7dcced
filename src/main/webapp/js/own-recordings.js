/**
 * This browser's own transcripts: each final is stored as it comes, so that a crash, a reload or a closed tab loses
 * nothing. The text stays on this device; nothing but the text is kept.
 *
 * @typedef {import("./transcript.js").Segment} Segment
 * @typedef {import("./transcript-view.js").Mark} Mark
 *
 * @typedef {object} KeptRecording
 * @property {string} id
 * @property {number} started milliseconds since 1970
 * @property {string} title empty until somebody gives one
 * @property {string} words the first ones
 * @property {number} seconds
 * @property {string} [language_code]
 * @property {string} [key] under which the server has stored it
 * @property {string} [session_id]
 * @property {string} [engine]
 * @property {Record<string, string>} names of speakers by label
 * @property {Mark[]} marks
 */

/** Older ones make way. Two hundred hours of speech are some 20 MB. */
const MOST_RECORDINGS = 200;
const FIRST_WORDS = 140;
const LAST = String.fromCharCode(0xffff);

export class OwnRecordings {
  #database;

  /** @returns {Promise<OwnRecordings | null>} null where the browser keeps nothing, as in some private windows */
  static async open() {
    try {
      const request = indexedDB.open("steno", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("recordings", { keyPath: "id" });
        request.result.createObjectStore("segments");
      };
      return new OwnRecordings(await done(request));
    } catch {
      return null;
    }
  }

  /** @param {IDBDatabase} database */
  constructor(database) {
    this.#database = database;
  }

  /** @returns {Promise<KeptRecording[]>} newest first */
  async list() {
    const all = await done(this.#store("recordings", "readonly").getAll());
    return all.sort((left, right) => right.started - left.started);
  }

  /**
   * @param {string} id
   * @returns {Promise<Segment[]>}
   */
  segments(id) {
    return done(this.#store("segments", "readonly").getAll(segmentsOf(id)));
  }

  /**
   * @param {KeptRecording} recording
   * @param {Segment[]} segments that are added to those that are kept
   */
  async keep(recording, segments) {
    const store = this.#store("segments", "readwrite");
    const written = segments.map((segment) => done(store.put(segment, segmentKey(recording.id, segment.number))));
    await Promise.all([...written, done(this.#store("recordings", "readwrite").put(recording))]);
  }

  /** Makes room: the oldest go. */
  async trim() {
    const [...all] = await this.list();
    await Promise.all(all.slice(MOST_RECORDINGS).map(({ id }) => this.remove(id)));
  }

  /** @param {string} id */
  async remove(id) {
    await done(this.#store("segments", "readwrite").delete(segmentsOf(id)));
    await done(this.#store("recordings", "readwrite").delete(id));
  }

  async clear() {
    await done(this.#store("segments", "readwrite").clear());
    await done(this.#store("recordings", "readwrite").clear());
  }

  /**
   * @param {"recordings" | "segments"} name
   * @param {IDBTransactionMode} mode
   */
  #store(name, mode) {
    return this.#database.transaction(name, mode).objectStore(name);
  }
}

/** Writes one recording as it grows. A browser that cannot, or may not, changes nothing for the recording itself. */
export class Keeper {
  #store;
  #recording;
  #previous = Promise.resolve();

  /**
   * @param {Promise<OwnRecordings | null>} store
   * @param {Partial<KeptRecording>} [recording] that was kept before
   */
  constructor(store, recording = {}) {
    const started = Date.now();
    const id = `${started.toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
    this.#store = store;
    /** @type {KeptRecording} */
    this.#recording = { id, started, title: "", words: "", seconds: 0, names: {}, marks: [], ...recording };
  }

  get recording() {
    return this.#recording;
  }

  /** @param {Segment} segment */
  add(segment) {
    const { words, seconds } = this.#recording;
    const more = words.length < FIRST_WORDS ? `${words} ${segment.text}`.trim().slice(0, FIRST_WORDS) : words;
    this.#recording = { ...this.#recording, words: more, seconds: Math.max(seconds, segment.end) };
    this.#keep([segment]);
  }

  /** @param {Partial<KeptRecording>} changes */
  change(changes) {
    this.#recording = { ...this.#recording, ...changes };
    if (this.#recording.words) {
      this.#keep([]); // one without words is none
    }
  }

  /** @returns {Promise<void>} what was added so far is written */
  get settled() {
    return this.#previous;
  }

  /** @param {Segment[]} segments */
  #keep(segments) {
    const { recording } = this;
    this.#previous = this.#previous.then(() => this.#store).then((store) => store?.keep(recording, segments)).catch(() => {}); // the disk is full, or storage is blocked
  }
}

/** @param {string} id */
function segmentsOf(id) {
  return IDBKeyRange.bound(segmentKey(id, 0), id + LAST);
}

/**
 * @param {string} id
 * @param {number} number
 */
function segmentKey(id, number) {
  return `${id}/${String(number).padStart(7, "0")}`;
}

/**
 * @template T
 * @param {IDBRequest<T>} request
 * @returns {Promise<T>}
 */
function done(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

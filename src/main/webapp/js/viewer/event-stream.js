/**
 * Server-Sent Events over fetch. EventSource would do, but for three things: it does not say why it was refused, it
 * forgets its place when it gives up, and it does not notice a dead link, because it hides the server's comments.
 *
 * @typedef {{ onEvent: (name: string, data: any) => void, onState: (state: "open" | "lost" | "gone" | "unknown") =>
 *     void }} Listener
 */

/** The server comments every 15 s; after three of them the link is dead. */
const SILENCE_MS = 45_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
const GONE = 410;
const NOT_FOUND = 404;

export class EventStream {
  #url;
  #listener;
  #lastId = "";
  #retry = FIRST_RETRY_MS;
  /** @type {AbortController | undefined} */
  #connection;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #closed = false;

  /**
   * @param {string} url
   * @param {Listener} listener
   */
  constructor(url, listener) {
    this.#url = url;
    this.#listener = listener;
    addEventListener("online", this.#now);
    document.addEventListener("visibilitychange", this.#now);
    this.#connect();
  }

  /** Nothing is told any more. */
  close() {
    this.#closed = true;
    removeEventListener("online", this.#now);
    document.removeEventListener("visibilitychange", this.#now);
    clearTimeout(this.#timer);
    this.#connection?.abort();
  }

  /** A phone that wakes up need not wait for the next try. */
  #now = () => {
    if (!this.#connection && document.visibilityState === "visible" && !this.#closed) {
      clearTimeout(this.#timer);
      this.#connect();
    }
  };

  async #connect() {
    const connection = new AbortController();
    this.#connection = connection;
    const status = await this.#read(connection).catch(() => 0);
    connection.abort();
    this.#connection = undefined;
    clearTimeout(this.#timer);
    if (this.#closed) {
      return;
    }
    if (status === GONE || status === NOT_FOUND) {
      this.close();
      this.#listener.onState(status === GONE ? "gone" : "unknown");
      return;
    }
    this.#listener.onState("lost");
    this.#timer = setTimeout(() => this.#connect(), this.#retry * (0.75 + Math.random() / 2)); // not all at the same moment
    this.#retry = Math.min(LONGEST_RETRY_MS, this.#retry * 2);
  }

  /**
   * @param {AbortController} connection
   * @returns {Promise<number>} the status, once the stream is over
   */
  async #read(connection) {
    this.#expectSomething(connection);
    const headers = this.#lastId ? { "Last-Event-ID": this.#lastId } : undefined;
    const response = await fetch(this.#url, { headers, signal: connection.signal, cache: "no-store" });
    if (!response.ok || !response.body) {
      return response.status;
    }
    this.#listener.onState("open");
    this.#retry = FIRST_RETRY_MS;
    const parser = new EventParser((name, data, id) => this.#dispatch(name, data, id));
    const reader = response.body.getReader();
    const decoder = new TextDecoder();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      this.#expectSomething(connection);
      parser.add(decoder.decode(part.value, { stream: true }));
    }
    return response.status;
  }

  /** @param {AbortController} connection */
  #expectSomething(connection) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => connection.abort(), SILENCE_MS);
  }

  /**
   * @param {string} name
   * @param {string} data
   * @param {string | undefined} id
   */
  #dispatch(name, data, id) {
    if (!this.#closed) {
      this.#lastId = id ?? this.#lastId;
      this.#listener.onEvent(name, JSON.parse(data));
    }
  }
}

/** Cuts a stream of text into events (WHATWG HTML, section 9.2.6), as far as this server uses them. */
export class EventParser {
  #onEvent;
  #rest = "";
  #name = "message";
  /** @type {string[]} */
  #data = [];
  /** @type {string | undefined} */
  #id;

  /** @param {(name: string, data: string, id: string | undefined) => void} onEvent */
  constructor(onEvent) {
    this.#onEvent = onEvent;
  }

  /** @param {string} text as it comes */
  add(text) {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop() ?? "";
    lines.forEach((line) => this.#line(line));
  }

  /** @param {string} line */
  #line(line) {
    if (line === "") {
      this.#end();
      return;
    }
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /u, "");
    if (field === "data") {
      this.#data.push(value);
    } else if (field === "event") {
      this.#name = value;
    } else if (field === "id") {
      this.#id = value;
    }
  }

  #end() {
    if (this.#data.length > 0) {
      this.#onEvent(this.#name, this.#data.join("\n"), this.#id);
    }
    this.#name = "message";
    this.#data = [];
    this.#id = undefined;
  }
}

/**
 * One WebSocket. A server that says nothing when it should is gone: browsers notice that only after minutes.
 *
 * @typedef {import("./server-messages.js").ServerMessage} ServerMessage
 *
 * @typedef {object} ConnectionListener
 * @property {(message: ServerMessage) => void} onMessage
 * @property {(code: number) => void} onEnd called once, last; 1006 when the network or the server's voice is gone
 */
import { parseServerMessage } from "./server-messages.js";

export const ABNORMAL_CLOSURE = 1006;
/** Not 1000, which would be as good as `stop`: the recording waits for the next connection. */
const ANOTHER_FOLLOWS = 4000;

export class Connection {
  #socket;
  #listener;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #ended = false;

  /**
   * @param {WebSocket} socket not open yet
   * @param {ConnectionListener} listener
   * @param {number} patienceMs for the server's first word
   */
  constructor(socket, listener, patienceMs) {
    this.#socket = socket;
    this.#listener = listener;
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code }) => this.#end(code);
    this.expectAnswer(patienceMs);
  }

  /** @param {string | ArrayBuffer} data */
  send(data) {
    this.#socket.send(data);
  }

  /** @param {number} patienceMs any message until then will do; an answer that is expected already keeps its time */
  expectAnswer(patienceMs) {
    this.#timer ??= setTimeout(() => this.#giveUp(), patienceMs);
  }

  /** Ends it without a word to the listener. */
  drop() {
    this.#ended = true;
    this.#forgetTimer();
    this.#socket.close(ANOTHER_FOLLOWS);
  }

  /** @param {unknown} data */
  #receive(data) {
    if (this.#ended) {
      return;
    }
    this.#forgetTimer();
    const message = parseServerMessage(data);
    if (message) {
      this.#listener.onMessage(message);
    }
  }

  #giveUp() {
    this.#end(ABNORMAL_CLOSURE);
    this.#socket.close(ANOTHER_FOLLOWS);
  }

  /** @param {number} code */
  #end(code) {
    if (!this.#ended) {
      this.#ended = true;
      this.#forgetTimer();
      this.#listener.onEnd(code);
    }
  }

  #forgetTimer() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}

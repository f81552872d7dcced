/**
 * `<steno-captions>`: live captions on any page, in a few words of HTML:
 *
 *     <script type="module" src="./js/steno-captions.js"></script>
 *     <steno-captions server="ws://localhost:8080/ws" language="de-DE" lines="3"></steno-captions>
 *
 * It has a button of its own; `start()` and `stop()` do the same. Events: `steno-final` with each final message,
 * `steno-saved`, `steno-problem` with a code. Styled from outside by the parts `captions`, `partial` and `button`, and
 * by `color` and `font`.
 */
import { Microphone } from "./microphone.js";
import { TranscriptionSocket } from "./transcription-socket.js";

const STYLE = `
  :host { display: block; }
  [part="captions"] { min-height: calc(var(--lines) * 1.5em); max-height: calc(var(--lines) * 1.5em); overflow: hidden; display: flex;
    flex-direction: column; justify-content: flex-end; line-height: 1.5; }
  [part="captions"] p { margin: 0; }
  [part="partial"] { opacity: 0.7; }
`;

export class StenoCaptions extends HTMLElement {
  #captions = document.createElement("div");
  #partial = document.createElement("p");
  #button = document.createElement("button");
  /** @type {TranscriptionSocket | null} */
  #socket = null;
  /** @type {Microphone | null} */
  #microphone = null;
  #leave = () => this.stop();

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // no style element: it works under a strict Content-Security-Policy
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    this.#captions.setAttribute("part", "captions");
    this.#captions.setAttribute("role", "log");
    this.#partial.setAttribute("part", "partial");
    this.#partial.ariaHidden = "true"; // screen readers are told finals, once
    this.#button.setAttribute("part", "button");
    this.#button.addEventListener("click", () => (this.#socket ? this.stop() : this.start()));
    this.#captions.append(this.#partial);
    root.append(this.#captions, this.#button);
  }

  connectedCallback() {
    this.#captions.style.setProperty("--lines", this.getAttribute("lines") ?? "3");
    this.#captions.dir = "auto";
    this.#captions.lang = this.getAttribute("language") ?? "";
    this.#label();
    addEventListener("pagehide", this.#leave);
  }

  disconnectedCallback() {
    removeEventListener("pagehide", this.#leave);
    this.stop();
  }

  /** Asks for the microphone; to be called from a click. */
  async start() {
    if (this.#socket) {
      return;
    }
    const language = this.getAttribute("language");
    const socket = new TranscriptionSocket(
      this.getAttribute("server") ?? new URL("../ws", import.meta.url).href.replace(/^http/u, "ws"),
      { onMessage: (message) => this.#receive(message), onClose: (code) => this.#closed(code) },
      { options: language ? { language_code: language } : {} },
    );
    this.#socket = socket;
    this.#label();
    try {
      this.#microphone = await Microphone.open("", { onFrame: (frame) => socket.send(frame), onUnplugged: () => this.stop() });
    } catch (error) {
      socket.abandon();
      this.#tell("problem", /** @type {{ code?: string }} */ (error).code ?? "microphone_failed");
    }
  }

  /** The last words still come, then `steno-saved`. */
  async stop() {
    const [socket, microphone] = [this.#socket, this.#microphone];
    this.#microphone = null;
    await microphone?.close();
    socket?.stop();
  }

  /** @param {import("./server-messages.js").ServerMessage} message */
  #receive(message) {
    if (message.type === "transcript" && message.is_final) {
      const final = document.createElement("p");
      final.textContent = message.text;
      this.#partial.before(final);
      this.#partial.textContent = "";
      this.#tell("final", message);
    } else if (message.type === "transcript") {
      this.#partial.textContent = message.text;
    } else if (message.type === "saved") {
      this.#tell("saved", message);
    } else if (message.type === "error") {
      this.#tell("problem", message.code);
    }
  }

  /** @param {number} code */
  async #closed(code) {
    this.#socket = null;
    this.#label();
    await this.stop();
    if (code !== 1000) {
      this.#tell("problem", `closed_${code}`);
    }
  }

  /**
   * @param {string} name
   * @param {unknown} detail
   */
  #tell(name, detail) {
    this.dispatchEvent(new CustomEvent(`steno-${name}`, { detail, bubbles: true }));
  }

  #label() {
    this.#button.textContent = this.getAttribute(this.#socket ? "stop-label" : "start-label") ?? (this.#socket ? "Stop" : "Start");
  }
}

customElements.define("steno-captions", StenoCaptions);

/**
 * Sharing the recording that runs: a button, and a dialog with the link, its QR code, the number of readers, and the
 * way to end it.
 *
 * @typedef {{ type: "share", url: string } | { type: "viewers", count: number }} SharingMessage
 */
import { part } from "./elements.js";
import { onDemand } from "./on-demand.js";
import { remember, remembered } from "./preferences.js";
import { say } from "./words.js";

const CONFIRMATION_MS = 2000;
/** In modules: what readers of QR codes need around one (ISO/IEC 18004, 9.1). */
const QUIET_ZONE = 4;

export class Share {
  #button;
  #dialog;
  #control;
  #url = "";
  /** Whether a link was asked for: the next recording is shared as well. */
  #wanted = false;

  /**
   * @param {HTMLElement} button
   * @param {HTMLDialogElement} dialog
   * @param {(action: string, fields?: Record<string, unknown>) => void} control an action of the protocol on the
   *     recording that runs
   */
  constructor(button, dialog, control) {
    this.#button = button;
    this.#dialog = dialog;
    this.#control = control;
    const room = this.#room;
    room.value = remembered("share.room");
    button.addEventListener("click", () => this.#open());
    this.#part("begin").addEventListener("click", () => this.#begin());
    this.#part("end").addEventListener("click", () => this.#end());
    this.#part("copy").addEventListener("click", () => this.#copy());
    this.#part("close").addEventListener("click", () => dialog.close());
  }

  /** @param {boolean} running whether there is a recording to share */
  available(running) {
    this.#button.hidden = !running;
    if (!running) {
      this.#forget();
      this.#dialog.close();
    }
  }

  /** A session with the server began; if the one before was shared, so is this one. */
  sessionBegan() {
    if (this.#wanted) {
      this.#ask();
    }
  }

  /** @param {SharingMessage} message */
  receive(message) {
    if (message.type === "share") {
      this.#show(message.url);
    } else {
      const { count } = message;
      this.#part("viewers").textContent = count === 1 ? say("share.reader") : say("share.readers", { count });
      this.#button.textContent = count > 0 ? say("share.with", { count }) : say("share");
    }
  }

  get #room() {
    return /** @type {HTMLInputElement} */ (this.#part("room"));
  }

  /** @param {string} name */
  #part(name) {
    return part(this.#dialog, `[data-share="${name}"]`);
  }

  #open() {
    this.#render();
    this.#dialog.showModal();
  }

  #begin() {
    remember("share.room", this.#room.value.trim());
    this.#wanted = true;
    this.#ask();
  }

  #ask() {
    const room = this.#room.value.trim();
    this.#control("share", room ? { room } : {});
  }

  #end() {
    this.#control("unshare");
    this.#forget();
    this.#render();
  }

  #forget() {
    this.#wanted = false;
    this.#url = "";
    this.#button.textContent = say("share");
    this.#part("viewers").textContent = "";
  }

  /** @param {string} url */
  async #show(url) {
    this.#url = url;
    this.#render();
    const library = await onDemand(() => import("./lib/uqr.js"));
    const code = this.#part("code");
    code.toggleAttribute("hidden", !library);
    if (!library) {
      return; // the link is there to be copied
    }
    const { data, size } = library.encode(url, { border: QUIET_ZONE });
    code.setAttribute("viewBox", `0 0 ${size} ${size}`);
    part(code, "path").setAttribute("d", outline(data));
  }

  #render() {
    const shared = this.#url !== "";
    this.#part("before").hidden = shared;
    this.#part("after").hidden = !shared;
    /** @type {HTMLInputElement} */ (this.#part("url")).value = this.#url;
    /** @type {HTMLAnchorElement} */ (this.#part("overlay")).href = `${this.#url}/overlay`;
    this.#button.setAttribute("aria-pressed", String(shared));
  }

  async #copy() {
    const copied = await navigator.clipboard.writeText(this.#url).then(
      () => true,
      () => false,
    );
    const confirmation = this.#part("copied");
    confirmation.textContent = say(copied ? "copied" : "share.by_hand");
    setTimeout(() => (confirmation.textContent = ""), CONFIRMATION_MS);
  }
}

/** @param {boolean[][]} rows of modules, dark ones true; as the path of an SVG */
function outline(rows) {
  return rows.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ""))).join("");
}

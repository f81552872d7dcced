/** What went wrong and what to do about it: one notice for each thing, newest last, until it is put away. */
import { hasWords, say } from "./words.js";

/** More than this nobody reads. */
const MOST = 5;

export class Notices {
  #list;

  /** @param {HTMLElement} list */
  constructor(list) {
    this.#list = list;
  }

  /**
   * @param {string} code of the server or of the page
   * @param {{ detail?: string, values?: Record<string, string | number>, action?: [label: string, act: () => void] }}
   *     [more] `detail`: the server's own words, for whoever runs it
   */
  show(code, { detail = "", values = {}, action } = {}) {
    const key = hasWords(`problem.${code}`) ? `problem.${code}` : "problem.other";
    this.remove(code);
    const notice = document.createElement("div");
    notice.className = "notice";
    notice.dataset.code = code;
    const text = notice.appendChild(document.createElement("div"));
    text.setAttribute("role", hasWords(`${key}.good`) ? "status" : "alert");
    this.#list.append(notice); // first the empty alert, then its words: some screen readers announce only what is added
    text.append(paragraph("title", say(key, values)), paragraph("advice", say(`${key}.advice`, values)));
    if (detail) {
      text.append(details(detail));
    }
    if (action) {
      notice.append(button(action[0], "", action[1]));
    }
    notice.append(button("×", say("dismiss"), () => notice.remove()));
    while (this.#list.childElementCount > MOST) {
      this.#list.firstElementChild?.remove();
    }
  }

  /** @param {string} code */
  remove(code) {
    this.#list.querySelector(`[data-code="${CSS.escape(code)}"]`)?.remove();
  }

  clear() {
    this.#list.replaceChildren();
  }
}

/** @param {string} detail */
function details(detail) {
  const element = document.createElement("details");
  const summary = element.appendChild(document.createElement("summary"));
  summary.textContent = say("details");
  element.append(paragraph("detail", detail));
  return element;
}

/**
 * @param {string} className
 * @param {string} text
 */
function paragraph(className, text) {
  const element = document.createElement("p");
  element.className = className;
  element.textContent = text;
  return element;
}

/**
 * @param {string} text
 * @param {string} label for screen readers, where the text is not one
 * @param {() => void} act
 */
function button(text, label, act) {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = text;
  if (label) {
    element.ariaLabel = label;
    element.className = "quiet";
  }
  element.addEventListener("click", act);
  return element;
}

/** Tells what went wrong and what to do about it: an alert, read out at once. */
import { adviceFor } from "./advice.js";

export class Notice {
  #element;

  /** @param {HTMLElement} element with the role of an alert */
  constructor(element) {
    this.#element = element;
  }

  /**
   * @param {string} code of the server or of the page
   * @param {string} [detail] the server's own words
   */
  show(code, detail = "") {
    const { title, advice } = adviceFor(code);
    this.#element.replaceChildren(paragraph("title", title), paragraph("advice", advice), paragraph("detail", detail));
  }

  clear() {
    this.#element.replaceChildren();
  }
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

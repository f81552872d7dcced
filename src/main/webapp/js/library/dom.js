/** Makes elements. Text is always text: nothing that was said can become markup. */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Record<string, unknown>} [properties]
 * @param {(Node | string | null)[]} children null is left out
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function make(name, properties = {}, ...children) {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children.filter((child) => child !== null));
  return element;
}

/**
 * @param {string} text
 * @param {() => void} onClick
 * @param {Record<string, unknown>} [properties]
 */
export function button(text, onClick, properties = {}) {
  const element = make("button", { type: "button", textContent: text, ...properties });
  element.addEventListener("click", onClick);
  return element;
}

/** Builds the address of an overlay, and shows what it looks like. */
import { element } from "../elements.js";

/** @type {Record<string, string>} what the overlay does without being told */
const USUAL = { lines: "2", size: "48", color: "#ffffff", hide: "8" };
const PREVIEW_DELAY_MS = 300;
const CONFIRMATION_MS = 2000;

const form = /** @type {HTMLFormElement} */ (element("options"));
const url = /** @type {HTMLInputElement} */ (element("url"));
const preview = /** @type {HTMLIFrameElement} */ (element("preview"));
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

function update() {
  const link = new URL(location.href.replace(/\/overlay\/?([?#].*)?$/u, ""));
  const query = ["overlay"];
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string" && value && value !== USUAL[name]) {
      query.push(`${name}=${encodeURIComponent(value)}`);
    }
  }
  link.search = query.join("&");
  url.value = link.href;
  clearTimeout(timer);
  timer = setTimeout(() => (preview.src = `${link.href}&sample`), PREVIEW_DELAY_MS);
}

form.addEventListener("input", update);
form.addEventListener("submit", (event) => event.preventDefault());
element("copy").addEventListener("click", async () => {
  const copied = await navigator.clipboard.writeText(url.value).then(
    () => true,
    () => false,
  );
  url.select();
  element("copied").textContent = copied ? "Copied" : "Select the address and copy it by hand.";
  setTimeout(() => (element("copied").textContent = ""), CONFIRMATION_MS);
});
update();

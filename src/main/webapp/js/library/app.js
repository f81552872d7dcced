/**
 * The library: a list, a search in it, and one transcript at a time. The address says what is shown: `?q=` the search,
 * `#stem` the transcript, `#stem/12` a segment of it.
 */
import { element } from "../elements.js";
import { Refusal, change, list, read, remove } from "./api.js";
import { Deletions } from "./deletions.js";
import { make } from "./dom.js";
import { ListView } from "./list-view.js";
import { TranscriptPage } from "./transcript-page.js";

const main = { list: element("list"), transcript: element("transcript") };
const search = /** @type {HTMLFormElement} */ (element("search"));
const field = /** @type {HTMLInputElement} */ (search.elements.namedItem("q"));

const listView = new ListView(main.list, (words, cursor) =>
  attempt(async () => {
    const page = await list(words, cursor);
    return { ...page, items: page.items.filter(({ stem }) => !deletions.has(stem)) };
  }),
);
const deletions = new Deletions(element("undo"), async (stem) => {
  await attempt(() => remove(stem));
});

/** @type {TranscriptPage | null} */
let open = null;
/** What the list shows; null before it was loaded. @type {string | null} */
let listed = null;
/** The stem of the transcript that is, or was last, open. */
let last = "";
/** How often something was to be shown. What loads for an earlier time is not shown any more. */
let steps = 0;

/** @param {string} text for screen readers */
function announce(text) {
  element("status").textContent = text;
}

/**
 * Does what may fail, and tells if it did.
 *
 * @template Result
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result | null>}
 */
async function attempt(work) {
  element("notice").replaceChildren();
  try {
    return await work();
  } catch (problem) {
    if (!(problem instanceof Refusal)) {
      throw problem;
    }
    element("notice").replaceChildren(
      make("p", { className: "title", textContent: "That did not work" }),
      make("p", { className: "detail", textContent: problem.message }),
    );
    return null;
  }
}

/** @param {{ focus: boolean }} how whether the person came here by a step inside this page */
async function show({ focus }) {
  const [stem, segment] = decodeURIComponent(location.hash.slice(1)).split("/");
  const step = ++steps;
  const isWanted = () => step === steps;
  main.list.removeAttribute("aria-busy");
  if (stem) {
    await showTranscript(stem, segment === undefined ? null : Number(segment), focus, isWanted);
  } else {
    await showList(focus, isWanted);
  }
}

/**
 * @param {boolean} focus
 * @param {() => boolean} isWanted whether nothing else is to be shown by now
 */
async function showList(focus, isWanted) {
  const words = new URLSearchParams(location.search).get("q") ?? "";
  open?.close();
  open = null;
  document.title = "Library – Steno";
  main.transcript.hidden = true;
  main.list.hidden = false;
  field.value = words;
  if (words !== listed) {
    main.list.setAttribute("aria-busy", "true");
    const found = await listView.show(words, isWanted);
    if (!isWanted()) {
      return;
    }
    announce(found);
    main.list.removeAttribute("aria-busy");
    listed = words;
    if (focus) {
      listView.focusHeading();
    }
  } else if (focus && !listView.focus(last)) {
    listView.focusHeading();
  }
}

/**
 * @param {string} stem
 * @param {number | null} segment
 * @param {boolean} focus
 * @param {() => boolean} isWanted as above
 */
async function showTranscript(stem, segment, focus, isWanted) {
  if (!open || stem !== last) {
    const opened = await attempt(() => read(stem));
    if (!opened || !isWanted()) {
      return;
    }
    let { revision } = opened;
    open?.close();
    last = stem;
    main.list.hidden = true;
    main.transcript.hidden = false;
    open = new TranscriptPage(main.transcript, stem, opened.transcript, {
      announce,
      change: async (edit) => {
        const changed = await attempt(() => change(stem, revision, edit));
        revision = changed?.revision ?? revision;
        listed = changed ? null : listed; // its title or first words may be others now
        return changed?.transcript ?? null;
      },
      remove: () => void removeOpen(stem),
    });
    scrollTo(0, 0);
  }
  if (segment !== null) {
    open.goTo(segment);
  } else if (focus) {
    open.focus();
  }
}

/** @param {string} stem */
async function removeOpen(stem) {
  const name = main.transcript.querySelector("h1")?.textContent ?? stem;
  await deletions.add(stem, name, () => {
    listed = null;
    location.hash = stem;
  });
  announce(`${name} is deleted. An Undo button is at the end of the page.`);
  if (listed !== null) {
    listView.remove(stem);
  }
  location.hash = "";
}

search.addEventListener("submit", (event) => {
  event.preventDefault();
  const words = field.value.trim();
  history.pushState(null, "", words ? `?${new URLSearchParams({ q: words })}` : location.pathname);
  listed = null;
  void show({ focus: true });
});

addEventListener("keydown", (event) => {
  const typing = /** @type {HTMLElement} */ (event.target).closest("input, textarea, select");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    field.select();
  }
});
addEventListener("popstate", () => void show({ focus: true }));
void show({ focus: false });

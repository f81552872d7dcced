/**
 * Parts of the page that few people need at once. While somebody records they are loaded as soon as the browser has
 * nothing else to do, so that they work while the server is away, too.
 */
import { tell } from "./elements.js";

const PARTS = [
  () => import("./own-recordings-list.js"),
  () => import("./transcript-formats.js"),
  () => import("./look-panel.js"),
  () => import("./speaker-names.js"),
  () => import("./language-search.js"),
  () => import("./open-audio-file.js"),
  () => import("./file-progress.js"),
  () => import("./sign-in.js"),
  () => import("./share.js"),
  () => import("./sides.js"),
  () => import("./lib/uqr.js"),
];

/** For browsers that do not tell when they are idle. */
const LATER_MS = 500;

/** One after the other: they must not take the network from what a person does now. */
export function loadAhead() {
  const load = async () => {
    for (const part of PARTS) {
      await part().catch(() => {}); // told when somebody wants it
    }
  };
  "requestIdleCallback" in globalThis ? requestIdleCallback(load) : setTimeout(load, LATER_MS);
}

/**
 * @template Part
 * @param {() => Promise<Part>} load imports it
 * @returns {Promise<Part | null>} null where it cannot be loaded; the page then says so (`steno:missing`)
 */
export async function onDemand(load) {
  try {
    return await load();
  } catch {
    tell("missing", {});
    return null;
  }
}

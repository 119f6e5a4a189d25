/** What the first look does not need is fetched once the form stands: somebody can write in it the sooner. */
import { set } from "./store.js";

/** @type {Promise<typeof import("./rest.js")> | undefined} */
let fetched;

/** The form has been painted: what follows takes nothing from the first look. @returns {Promise<void>} */
export function painted() {
  return new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

/** The rest of the page, as soon as it is here; where it does not come (the service was replaced meanwhile, say), the page says so. */
export function later() {
  fetched ??= import("./rest.js").catch(() => {
    set({ unfinished: true });
    return new Promise(() => {});
  });
  return fetched;
}

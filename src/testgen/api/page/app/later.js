/** What the first look does not need is fetched once the form stands: somebody can write in it the sooner. */

/** @type {Promise<typeof import("./rest.js")> | undefined} */
let fetched;

/** The rest of the page, as soon as it is here. */
export function later() {
  fetched ??= import("./rest.js");
  return fetched;
}

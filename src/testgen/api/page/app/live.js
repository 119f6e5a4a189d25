/** What a screen reader says: not each step that comes, but how far it is, every few seconds at most. */

const PAUSE_MS = 4000;
let last = 0;
/** @type {number | undefined} */
let later;

/** Now: something has ended or is asked. @param {string} text */
export function say(text) {
  clearTimeout(later);
  last = Date.now();
  write(text);
}

/** When there is time: the last of what is told within a few seconds is said. @param {string} text */
export function mention(text) {
  clearTimeout(later);
  later = setTimeout(() => say(text), Math.max(0, last + PAUSE_MS - Date.now()));
}

/** @param {string} text */
function write(text) {
  const region = document.getElementById("live");
  if (region) region.textContent = text;
}

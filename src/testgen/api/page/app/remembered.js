/**
 * What a person chose once. This module runs while the others are still on their way (`async` in the page): a browser's first look
 * into its storage takes its time.
 */

export const REMEMBERED = /** @type {const} */ (["language", "theme", "glossary"]);

export const remembered = read();

function read() {
  /** @type {Record<string, string>} */
  const found = { language: navigator.language.toLowerCase().startsWith("ja") ? "ja" : "en" };
  try {
    for (const name of REMEMBERED) {
      const kept = localStorage.getItem(`testgen-${name}`);
      if (kept !== null) found[name] = kept;
    }
  } catch {
    // storage is switched off: nothing is remembered
  }
  return found;
}

/** @param {typeof REMEMBERED[number]} name @param {string} value */
export function remember(name, value) {
  try {
    localStorage.setItem(`testgen-${name}`, value);
  } catch {
    // as above
  }
}

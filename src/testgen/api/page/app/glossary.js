/** A team's words, a line each: `word to use = word not to use, another`. */

/** @param {string} text @returns {{terms: {term: string, instead_of: string[]}[]} | null} what the service takes; null where there is nothing */
export function glossaryOf(text) {
  const terms = text
    .split("\n")
    .map((line) => line.split(/[=＝\t]/))
    .map(([term, ...others]) => ({ term: term.trim(), instead_of: others.join(",").split(/[,、，]/).map((word) => word.trim()).filter(Boolean) }))
    .filter(({ term }) => term);
  return terms.length ? { terms } : null;
}

/** The lines of a glossary's JSON, `{terms: […]}` or a list of terms; the text itself where it is none. @param {string} text */
export function linesOf(text) {
  try {
    const data = JSON.parse(text);
    const terms = Array.isArray(data) ? data : data.terms;
    return terms
      .map((/** @type {{term: string, instead_of?: string[]}} */ entry) => `${entry.term} = ${(entry.instead_of ?? []).join(", ")}`)
      .join("\n");
  } catch {
    return text;
  }
}

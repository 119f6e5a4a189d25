/** Where findings are in a text. The service counts Unicode code points, JavaScript counts UTF-16 units. */

/** @typedef {import("./types.js").Finding} Finding */

const OPEN_POINT = /【要記入[:：]?[^【】]*】|\[FILL IN:?[^[\]]*\]/g;

/** The place in UTF-16 units of a place in code points. @param {string} text @param {number} point */
function unitAt(text, point) {
  let unit = 0;
  for (let passed = 0; passed < point && unit < text.length; passed += 1) {
    unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1;
  }
  return unit;
}

const RANK = { error: 3, warning: 2, info: 1 };

/**
 * The text in pieces, each with the findings that cover it; a finding without a span covers everything.
 * @param {string} text @param {Finding[]} findings
 * @returns {{text: string, severity: "error" | "warning" | "info" | null}[]}
 */
export function pieces(text, findings) {
  const spans = findings.map((finding) => {
    const [start, end] = finding.span ?? [0, Infinity];
    return { start: unitAt(text, start), end: unitAt(text, end), severity: finding.severity };
  });
  const cuts = new Set([0, text.length, ...spans.flatMap(({ start, end }) => [start, end])]);
  const places = [...cuts].sort((one, other) => one - other);
  return places.slice(0, -1).map((start, index) => {
    const end = places[index + 1];
    const over = spans.filter((span) => span.start <= start && span.end >= end);
    over.sort((one, other) => RANK[other.severity] - RANK[one.severity]);
    return { text: text.slice(start, end), severity: over[0]?.severity ?? null };
  });
}

/** Places still to be filled in, [start, end) in UTF-16 units. @param {string} text @returns {[number, number][]} */
export function openPoints(text) {
  return [...text.matchAll(OPEN_POINT)].map((found) => [found.index, found.index + found[0].length]);
}

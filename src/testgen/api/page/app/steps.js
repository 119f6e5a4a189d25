/** Changes of a procedure's steps. Each gives new steps, numbered in order; what texts say of other steps goes along. */

/** @typedef {import("./types.js").Step} Step */

export const MOST_STEPS = 60;
const MENTIONED = /(手順\s?|[Ss]teps?\s)(\d+)((?:\s?(?:[〜～~–-]|to|から)\s?)(\d+))?/g;

/** @returns {Step} */
function emptyStep() {
  return { number: 1, kind: "action", action: "", test_data: null, expected_result: "", verifies: [] };
}

/** A step below `index` (-1: at the top). @param {Step[]} steps @param {number} index */
export function add(steps, index) {
  return arranged(steps, [...steps.slice(0, index + 1), emptyStep(), ...steps.slice(index + 1)]);
}

/** The last one that is left is emptied: a procedure has a step. @param {Step[]} steps @param {number} index */
export function remove(steps, index) {
  const left = steps.filter((_, at) => at !== index);
  return left.length ? arranged(steps, left) : [emptyStep()];
}

/** @param {Step[]} steps @param {number} from @param {number} to */
export function move(steps, from, to) {
  if (to < 0 || to >= steps.length || from === to) return steps;
  const moved = [...steps];
  moved.splice(to, 0, ...moved.splice(from, 1));
  return arranged(steps, moved);
}

/** Two steps of one, its action cut at a place; what is expected belongs to the second. @param {Step[]} steps @param {number} index @param {number} at UTF-16 */
export function split(steps, index, at) {
  const step = steps[index];
  const before = { ...step, action: step.action.slice(0, at).replace(/[、，,\s]+$/, ""), expected_result: "", verifies: [] };
  const after = { ...step, action: step.action.slice(at).replace(/^[、，,。\s]+/, ""), test_data: null };
  const made = [...steps.slice(0, index), before, { ...after, number: 0 }, ...steps.slice(index + 1)];
  return arranged(steps, made);
}

/** One step of this and the next. @param {Step[]} steps @param {number} index @param {string} between what stands between two actions */
export function join(steps, index, between) {
  const [one, other] = [steps[index], steps[index + 1]];
  if (!other) return steps;
  const joined = {
    ...one,
    action: [one.action, other.action].filter(Boolean).join(between),
    test_data: [one.test_data, other.test_data].filter(Boolean).join(" / ") || null,
    expected_result: [one.expected_result, other.expected_result].filter(Boolean).join("\n"),
    verifies: [...new Set([...one.verifies, ...other.verifies])].sort((a, b) => a - b),
  };
  const left = [...steps.slice(0, index), joined, ...steps.slice(index + 2)];
  return arranged(steps, left, new Map([[other.number, one.number]]));
}

/** @param {Step[]} steps @param {number} index @param {Partial<Step>} fields */
export function put(steps, index, fields) {
  return steps.map((step, at) => (at === index ? { ...step, ...fields } : step));
}

/**
 * Steps in a new order, numbered anew; "step 3" in a text follows the step that it names.
 * @param {Step[]} before @param {Step[]} after @param {Map<number, number>} [merged] old number -> the old number it went into
 */
function arranged(before, after, merged = new Map()) {
  const place = new Map(after.map((step, index) => [step.number, index + 1]));
  const known = new Set(before.map((step) => step.number));
  /** @param {string} digits */
  const now = (digits) => {
    const old = Number(digits);
    const found = known.has(old) ? place.get(merged.get(old) ?? old) : undefined;
    return found === undefined ? digits : String(found);
  };
  /** @template {string | null} T @param {T} text @returns {T} */
  const follow = (text) =>
    /** @type {T} */ (
      text &&
        text.replace(MENTIONED, (whole, word, from, range, to) =>
          range ? `${word}${now(from)}${range.slice(0, -to.length)}${now(to)}` : `${word}${now(from)}`,
        )
    );
  return after.map((step, index) => ({
    ...step,
    number: index + 1,
    action: follow(step.action),
    test_data: follow(step.test_data),
    expected_result: follow(step.expected_result),
  }));
}

/** Numbers as a person writes them: "1, 2", "１・２". @param {string} text @param {number} most */
export function numbersIn(text, most) {
  const found = text.normalize("NFKC").match(/\d+/g) ?? [];
  return [...new Set(found.map(Number))].filter((number) => number >= 1 && number <= most).sort((a, b) => a - b);
}

/** A procedure as the service takes it, and what a reader must know of it first. */
import { openPoints } from "./spans.js";

/** @typedef {import("./types.js").Procedure} Procedure */
/** @typedef {import("./types.js").Step} Step */
/** @typedef {import("./types.js").Finding} Finding */
/** @typedef {import("./types.js").TestCase} TestCase */

/** @type {Record<import("./types.js").Language, string>} */
const MISSING_ACTION = { ja: "【要記入: 操作】", en: "[FILL IN: action]" };

/** What stands for an action that nobody has written yet. @param {import("./types.js").Language} language */
export const missingAction = (language) => MISSING_ACTION[language];

/** The service takes no empty action: an open point stands there. @param {Procedure} procedure @returns {Procedure} */
export function sent(procedure) {
  const mark = missingAction(procedure.language);
  return { ...procedure, steps: procedure.steps.map((step) => ({ ...step, action: step.action.trim() ? step.action : mark })) };
}

/**
 * A procedure of the steps that came before something went wrong, so that they can be worked on.
 * @param {TestCase} source @param {Step[]} steps @param {import("./types.js").Info | null} info @returns {Procedure}
 */
export function partial(source, steps, info) {
  const { id, title, test_data = {}, preconditions = [], expected_results, postconditions = [] } = source;
  const language = source.language && source.language !== "auto" ? source.language : written(JSON.stringify(source));
  const engine = info?.engine.effective ?? null;
  const provenance = {
    origin: "generated",
    engine,
    model: engine && engine !== "outline" ? (info?.model.name ?? null) : null,
    created_at: new Date().toISOString(),
    testgen_version: info?.testgen_version ?? "",
  };
  const carried = Object.fromEntries(
    ["section", "type", "priority", "tags", "references", "custom"]
      .map((name) => [name, /** @type {Record<string, unknown>} */ (source)[name]])
      .filter(([, value]) => value !== undefined && value !== null),
  );
  return {
    ...carried,
    test_case_id: id,
    title,
    language,
    test_data,
    readiness: null,
    preconditions,
    expected_results,
    steps: steps.map((step, index) => ({ ...step, number: index + 1 })),
    postconditions,
    findings: [],
    provenance,
  };
}

/** @param {string} text @returns {import("./types.js").Language} */
function written(text) {
  return /[\u3040-\u30ff]/.test(text) ? "ja" : "en";
}

/** A person has changed it. @param {Procedure} procedure @param {Step[]} steps @returns {Procedure} */
export function edited(procedure, steps) {
  return { ...procedure, steps, provenance: { ...procedure.provenance, origin: "edited" } };
}

/** @type {WeakMap<Finding[], Map<string, Finding[]>>} the same findings give the same map, so that rows see what has not changed */
const fields = new WeakMap();

/** Findings by the cell that they are in: "/steps/0/action" -> findings. @param {Finding[]} findings */
export function byField(findings) {
  const known = fields.get(findings);
  if (known) return known;
  /** @type {Map<string, Finding[]>} */
  const found = new Map();
  for (const finding of findings) found.set(finding.field, [...(found.get(finding.field) ?? []), finding]);
  fields.set(findings, found);
  return found;
}

/** Findings that stand in no cell of the table. @param {Finding[]} findings */
export function elsewhere(findings) {
  return findings.filter((finding) => !/^\/steps\/\d+\/(action|test_data|expected_result)$/.test(finding.field));
}

/** Each expected result, and the steps that verify it. @param {Procedure} procedure */
export function coverage(procedure) {
  return procedure.expected_results.map((text, index) => ({
    text,
    steps: procedure.steps.filter((step) => step.verifies.includes(index + 1)).map((step) => step.number),
  }));
}

const CELLS = /** @type {const} */ (["action", "test_data", "expected_result"]);

/** Every place to fill in, in reading order. @param {Procedure} procedure */
export function allOpenPoints(procedure) {
  const mark = missingAction(procedure.language);
  return procedure.steps.flatMap((step, index) =>
    CELLS.flatMap((cell) => {
      const text = step[cell] ?? "";
      if (cell === "action" && !text.trim()) return [{ index, step: step.number, cell, start: 0, end: 0, text: mark }];
      return openPoints(text).map(([start, end]) => ({ index, step: step.number, cell, start, end, text: text.slice(start, end) }));
    }),
  );
}

/** What keeps it from being carried out. @param {Procedure} procedure */
export function missing(procedure) {
  const errors = procedure.findings.filter((finding) => finding.severity === "error" && finding.rule !== "open-question");
  const steps = (/** @type {(number | null | undefined)[]} */ numbers) =>
    [...new Set(numbers)].filter((number) => typeof number === "number").sort((a, b) => a - b);
  return {
    errors: { count: errors.length, steps: steps(errors.map((finding) => finding.step)) },
    open: { count: allOpenPoints(procedure).length, steps: steps(allOpenPoints(procedure).map((point) => point.step)) },
    unverified: coverage(procedure).flatMap(({ steps: by }, index) => (by.length ? [] : [index + 1])),
  };
}

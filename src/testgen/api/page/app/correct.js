/** A person's changes of the steps; after each the review looks again, without a model. */
import { Failure, post } from "./api.js";
import { caseOf } from "./cases.js";
import { remember } from "./history.js";
import { say } from "./live.js";
import { allOpenPoints, edited, sent } from "./procedures.js";
import { add, join, MOST_STEPS, move, put, remove, split } from "./steps.js";
import { amend, change, get, redo, set, undo } from "./store.js";
import { t } from "./texts.js";
import { toldOf } from "./told.js";

/** @typedef {import("./types.js").Step} Step */

const QUIET_MS = 500;
/** @type {number | undefined} */
let later;
/** @type {AbortController | undefined} */
let asked;

/** @param {Step[]} steps @param {string} [key] see `change` */
function take(steps, key) {
  const { work } = get();
  if (!work.procedure || steps === work.procedure.steps) return;
  const procedure = edited(work.procedure, steps);
  const shifted = steps.length !== work.procedure.steps.length || !key;
  change({ ...work, procedure: { ...procedure, findings: shifted ? following(work.procedure, steps) : procedure.findings } }, key);
  correctedSoon();
}

/** Findings stay with the steps that are still there, until the review has looked. @param {import("./types.js").Procedure} before @param {Step[]} steps */
function following(before, steps) {
  return before.findings.filter((finding) => {
    if (!finding.step) return true;
    return steps[finding.step - 1]?.action === before.steps[finding.step - 1]?.action;
  });
}

/** Writes a cell. @param {number} index @param {Partial<Step>} fields */
export function write(index, fields) {
  const { procedure } = get().work;
  if (procedure) take(put(procedure.steps, index, fields), `step-${index}-${Object.keys(fields).join()}`);
}

/**
 * Does what somebody wants with a step, and says which step and cell should have the focus then.
 * @param {string} command @param {number} index @param {number} caret in the action, UTF-16
 * @returns {number} the index of that step
 */
export function command(command, index, caret) {
  const { procedure } = get().work;
  if (!procedure) return index;
  const { steps } = procedure;
  if ((command === "add" || command === "split") && steps.length >= MOST_STEPS) return say(t().tooMany), index;
  const between = procedure.language === "ja" ? "。" : ". ";
  const made = /** @type {Record<string, () => Step[]>} */ ({
    add: () => add(steps, index),
    remove: () => remove(steps, index),
    up: () => move(steps, index, index - 1),
    down: () => move(steps, index, index + 1),
    split: () => split(steps, index, caret),
    join: () => join(steps, index, between),
  })[command]?.();
  if (!made) return index;
  take(made);
  const shift = { add: 1, split: 1, up: -1, down: 1 }[command] ?? 0;
  return Math.min(Math.max(index + shift, 0), made.length - 1);
}

/** @param {number} from @param {number} to */
export function moveTo(from, to) {
  const { procedure } = get().work;
  if (procedure) take(move(procedure.steps, from, to));
}

/** Back or forth, and looked at again. @param {"undo" | "redo"} which */
export function travel(which) {
  if (get().run.state === "running" || !(which === "undo" ? undo() : redo())) return;
  say(t()[which]);
  correctedSoon();
}

/** The case of the form becomes the one that the steps belong to. */
export function adopt() {
  const { work } = get();
  if (!work.procedure || !work.source) return;
  const source = caseOf({ ...work.form, id: work.form.id.trim() || work.source.id });
  const { title, test_data = {}, preconditions = [], expected_results, postconditions = [] } = source;
  const carried = { test_case_id: source.id, title, test_data, preconditions, expected_results, postconditions };
  const steps = work.procedure.steps.map((step) => ({
    ...step,
    verifies: step.verifies.filter((number) => number <= expected_results.length),
  }));
  change({ ...work, source, procedure: { ...edited(work.procedure, steps), ...carried } });
  correctedSoon();
}

/** Has the review look when the person pauses. */
export function correctedSoon() {
  clearTimeout(later);
  asked?.abort();
  later = setTimeout(review, QUIET_MS);
}

async function review() {
  const { procedure, source } = get().work;
  if (!procedure) return;
  remember(); // whatever becomes of the review
  const controller = (asked = new AbortController());
  set({ review: { running: true, problem: null } });
  try {
    const body = { procedure: { ...sent(procedure), findings: [] }, ...(source && { test_case: source }), ...toldOf(source) };
    const found = await (await post("/v1/reviews", body, { signal: controller.signal })).json();
    const now = get().work;
    if (now.procedure !== procedure) return; // somebody wrote on
    amend({ ...now, procedure: { ...procedure, readiness: found.readiness, findings: found.findings } });
    set({ review: { running: false, problem: null } });
    remember();
  } catch (error) {
    if (controller.signal.aborted) return;
    set({ review: { running: false, problem: error instanceof Failure ? error.problem : null } });
  }
}

/** Goes to the next place to fill in, after the one where the cursor is. */
export function nextOpenPoint() {
  const { procedure } = get().work;
  const points = procedure ? allOpenPoints(procedure) : [];
  if (!points.length) return say(t().noOpen);
  const here = document.activeElement;
  const [index, cell] = here instanceof HTMLElement ? (here.dataset.cell ?? "-1 ").split(" ") : ["-1", ""];
  const order = ["action", "test_data", "expected_result"];
  const caret = here instanceof HTMLTextAreaElement ? here.selectionEnd : 0;
  const rank = (/** @type {number} */ row, /** @type {string} */ column, /** @type {number} */ at) =>
    row * 1e7 + order.indexOf(column) * 1e6 + at;
  const from = cell ? rank(Number(index), cell, caret) : -1;
  const next = points.find((point) => rank(point.index, point.cell, point.start) >= from && !(point.index === Number(index) && point.cell === cell && point.end <= caret)) ?? points[0];
  focusCell(next.index, next.cell, next.start, next.end);
}

/** @param {number} index @param {string} cell @param {number} [start] @param {number} [end] */
export function focusCell(index, cell, start, end) {
  const found = document.querySelector(`[data-cell="${index} ${cell}"]`);
  if (!(found instanceof HTMLTextAreaElement)) return;
  found.focus();
  if (start !== undefined) found.setSelectionRange(start, end ?? start);
  found.scrollIntoView({ block: "nearest" });
}

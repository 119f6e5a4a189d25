/** All that the page knows, in one place, and the way back: every change of case or procedure can be undone. */
import { emptyForm } from "./cases.js";
import { newId } from "./ids.js";

/** @typedef {import("./types.js").Work} Work */

const MOST_STEPS_BACK = 200;
const TOGETHER_MS = 1500; // typing in one field within this time is one change

/** @type {import("./types.js").Run} */
export const IDLE = { state: "idle", steps: [], repaired: {}, findings: [], reset: "", problem: null, controller: null };

/** @returns {Work} */
export function newWork() {
  return { uid: newId(), form: emptyForm(), procedure: null, source: null };
}

/** @type {import("./types.js").Batch} */
export const NO_BATCH = { uid: "", name: "", rows: [], state: "empty", left: [], problem: null, controller: null };

const state = {
  language: /** @type {import("./types.js").Spoken} */ ("ja"),
  theme: /** @type {"auto" | "light" | "dark"} */ ("auto"),
  view: /** @type {"write" | "batch" | "history"} */ ("write"),
  info: /** @type {import("./types.js").Info | null} */ (null),
  work: newWork(),
  past: /** @type {Work[]} */ ([]),
  future: /** @type {Work[]} */ ([]),
  glossary: "",
  told: /** @type {import("./types.js").Told} */ ({ knowledge: null, documents: [], reading: false, problem: null }),
  run: IDLE,
  review: { running: false, problem: /** @type {import("./types.js").Problem | null} */ (null) },
  unfinished: false, // some of the page's modules did not come
  errors: /** @type {Record<string, string>} */ ({}), // of the form, by field
  waiting: /** @type {{until: number, now: () => void, stop: () => void} | null} */ (null),
  dialog: /** @type {import("./types.js").Dialog | null} */ (null),
  rewrite: /** @type {import("./types.js").RewriteDialog | null} */ (null),
  notice: /** @type {{text: string, problem?: import("./types.js").Problem} | null} */ (null),
  batch: NO_BATCH,
  history: { entries: /** @type {import("./types.js").Kept[]} */ ([]), search: "" },
};
/** @typedef {typeof state} State */

/** @type {Set<() => void>} */
const listeners = new Set();
let last = { key: "", at: 0 };

/** @returns {Readonly<State>} */
export const get = () => state;

/** @param {Partial<State>} changes */
export function set(changes) {
  Object.assign(state, changes);
  for (const listener of listeners) listener();
}

/** @param {() => void} listener */
export function subscribe(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * A change that can be undone. Changes with the same `key`, one soon after the other, are undone together.
 * @param {Work} work @param {string} [key]
 */
export function change(work, key = "") {
  const together = key !== "" && key === last.key && Date.now() - last.at < TOGETHER_MS;
  last = { key, at: Date.now() };
  const past = together ? state.past : [...state.past, state.work].slice(-MOST_STEPS_BACK);
  set({ work, past, future: [] });
}

/** What the review finds belongs to the procedure as it stands: no change of its own. @param {Work} work */
export function amend(work) {
  set({ work });
}

export function undo() {
  const before = state.past.at(-1);
  if (!before) return false;
  last = { key: "", at: 0 };
  set({ work: before, past: state.past.slice(0, -1), future: [state.work, ...state.future] });
  return true;
}

export function redo() {
  const [next, ...future] = state.future;
  if (!next) return false;
  last = { key: "", at: 0 };
  set({ work: next, past: [...state.past, state.work], future });
  return true;
}

/** Another case: the procedure of the one before is in the history. @param {import("./types.js").CaseForm} form */
export function begin(form) {
  if (state.run.state === "running") return;
  if (state.work.procedure) open({ ...newWork(), form });
  else change({ ...state.work, form });
}

/** Other work: what was undone before belongs to the old one. @param {Work} work */
export function open(work) {
  state.run.controller?.abort(); // nobody waits for it any more
  last = { key: "", at: 0 };
  set({ work, past: [], future: [], run: IDLE, errors: {}, rewrite: null, notice: null, view: "write" });
}

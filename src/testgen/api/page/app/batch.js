/** Many cases of a file: listed, chosen, written one after the other; what is done stays in this browser. */
import { Failure, ask, problemOf } from "./api.js";
import { newId } from "./ids.js";
import { allKept, forgetAll, keep, keepOnly, kept } from "./keep.js";
import { store as storeWork } from "./history.js";
import { mention, say } from "./live.js";
import { readFile, workOf } from "./paste.js";
import { lines } from "./sse.js";
import { NO_BATCH, get, open, set } from "./store.js";
import { formOf } from "./cases.js";
import { inParts } from "./takeaway.js";
import { t } from "./texts.js";
import { sizeOf, toldOf } from "./told.js";

/** @typedef {import("./types.js").Batch} Batch */
/** @typedef {import("./types.js").BatchRow} BatchRow */

const AT_ONCE = 40; // cases of one request: the fewer, the less a lost connection costs
const LAST = "last";

/** @param {Partial<Batch>} changes */
function now(changes) {
  set({ batch: { ...get().batch, ...changes } });
}

/** @param {File} file */
export async function openFile(file) {
  set({ view: "batch", batch: { ...NO_BATCH, name: file.name, state: "reading" } });
  try {
    take(file.name, await readFile(file));
  } catch (error) {
    set({ batch: { ...NO_BATCH, problem: error instanceof Failure ? error.problem : problemOf("unreadable-input") } });
  }
}

/** Lists what was found. @param {string} name @param {import("./paste.js").Found} found */
export function take(name, found) {
  const rows = [
    ...found.test_cases.map((testCase) => row({ test_case: testCase, title: testCase.title, id: testCase.id, chosen: true })),
    ...found.procedures.map((made) => row({ procedure: made, title: made.title, id: made.test_case_id, state: "done" })),
    ...found.skipped.map((entry) =>
      row({ title: entry.title, state: "skipped", reason: entry.reason, place: entry.row ?? 0 }),
    ),
  ];
  const batch = { ...NO_BATCH, uid: newId(), name, rows, left: found.left_behind, state: /** @type {const} */ ("listed") };
  set({ view: "batch", batch });
  keepBatch(batch);
}

/** @param {Partial<BatchRow>} fields @returns {BatchRow} */
function row(fields) {
  const empty = { chosen: false, test_case: null, title: "", id: "", reason: "", place: 0, procedure: null, problem: null };
  return { key: newId(), state: "waiting", ...empty, ...fields };
}

/** @param {Batch} batch */
async function keepBatch({ uid, name, rows, left }) {
  try {
    await keepOnly("rows", rows.map((entry, index) => [entry.key, { ...entry, index }]));
    await keep("batches", LAST, { uid, name, left });
  } catch {
    // a private window keeps nothing
  }
}

/** The batch that was here when the page was left. */
export async function openKeptBatch() {
  const last = await kept("batches", LAST).catch(() => undefined);
  if (!last) return;
  const rows = (await allKept("rows")).sort((one, other) => one.index - other.index);
  for (const entry of rows) if (entry.state === "sent") entry.state = "waiting";
  if (get().batch.state === "empty") set({ batch: { ...NO_BATCH, ...last, rows, state: "listed" } });
}

export function closeBatch() {
  get().batch.controller?.abort();
  set({ batch: NO_BATCH });
  forgetAll("batches").catch(() => {});
  forgetAll("rows").catch(() => {});
}

/** @param {(row: BatchRow) => boolean} which @param {Partial<BatchRow>} fields */
function put(which, fields) {
  now({ rows: get().batch.rows.map((entry) => (which(entry) ? { ...entry, ...fields } : entry)) });
}

/** @param {string | null} key null: all @param {boolean} chosen */
export function choose(key, chosen) {
  put((entry) => entry.test_case !== null && (key === null || entry.key === key), { chosen });
}

/** Rows that are chosen and not written yet. @param {Batch} batch */
export const todo = (batch) => batch.rows.filter((entry) => entry.chosen && entry.test_case && entry.state !== "done");

/** Writes what is chosen and not done. */
export async function run() {
  const controller = new AbortController();
  const wanted = todo(get().batch);
  const most = (get().info?.limits.max_body_bytes ?? 1_000_000) * 0.9 - sizeOf(toldOf(wanted.map((entry) => entry.test_case)));
  put((entry) => wanted.includes(entry), { state: "sent", problem: null });
  now({ state: "running", controller, problem: null });
  try {
    for (const part of inParts(wanted, most).flatMap((some) => inChunks(some, AT_ONCE))) await send(part, controller.signal);
    end("listed", null);
  } catch (error) {
    if (controller.signal.aborted) end("stopped", null);
    else end("lost", error instanceof Failure ? error.problem : null);
  }
}

export function stopBatch() {
  get().batch.controller?.abort();
}

/** @param {Batch["state"]} state @param {Batch["problem"]} problem */
function end(state, problem) {
  put((entry) => entry.state === "sent", { state: "waiting" });
  now({ state, problem, controller: null });
  const { rows } = get().batch;
  say(t().doneOf(rows.filter((entry) => entry.state === "done").length, rows.length));
}

/** @param {BatchRow[]} rows @param {AbortSignal} signal */
async function send(rows, signal) {
  const response = await ask("/v1/batches", { method: "POST", ...bodyOf(rows), signal });
  const waiting = new Set(rows.keys());
  if (response.body) {
    for await (const some of lines(response.body)) {
      for (const result of some.filter((line) => line.trim()).map((line) => JSON.parse(line))) {
        waiting.delete(result.index);
        answered(rows[result.index].key, result);
      }
    }
  }
  if (waiting.size) throw new Error("the connection was lost");
}

/** The cases, and what the team tells beside them, where it tells something. @param {BatchRow[]} rows */
function bodyOf(rows) {
  const cases = rows.map((entry) => JSON.stringify(entry.test_case)).join("\n");
  const { documents = [], ...told } = toldOf(rows.map((entry) => entry.test_case));
  const parts = [...Object.entries(told), ...documents.map((read) => /** @type {const} */ (["documents", read]))];
  if (!parts.length) return { type: "application/x-ndjson", body: cases };
  const form = new FormData();
  form.append("file", new Blob([cases]), "cases.ndjson");
  for (const [name, data] of parts) form.append(name, new Blob([JSON.stringify(data)]), `${name}.json`);
  return { body: form };
}

/** @param {string} key @param {any} result */
function answered(key, result) {
  const fields = result.procedure
    ? { state: /** @type {const} */ ("done"), procedure: result.procedure, problem: null }
    : { state: /** @type {const} */ ("failed"), problem: { errors: [], ...result.error } };
  put((entry) => entry.key === key, fields);
  const { rows } = get().batch;
  const index = rows.findIndex((entry) => entry.key === key);
  keep("rows", key, { ...rows[index], index }).catch(() => {});
  if (result.procedure) storeWork({ uid: `row-${key}`, saved_at: Date.now(), work: workOfRow(rows[index]) });
  mention(t().doneOf(rows.filter((entry) => entry.state === "done").length, rows.length));
}

/** @param {BatchRow} entry @returns {import("./types.js").Work} */
function workOfRow({ key, test_case, procedure }) {
  if (!test_case && procedure) return workOf(procedure);
  if (!test_case) throw new Error("a row without a case");
  return { uid: `row-${key}`, form: formOf(test_case), procedure, source: procedure ? test_case : null };
}

/** @param {BatchRow} entry */
export function openRow(entry) {
  open(workOfRow(entry));
}

/** @template T @param {T[]} entries @param {number} most @returns {T[][]} */
function inChunks(entries, most) {
  return entries.length <= most ? [entries] : [entries.slice(0, most), ...inChunks(entries.slice(most), most)];
}

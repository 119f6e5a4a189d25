/** One step written again by the engine, shown before it is taken. */
import { Failure, post, problemOf } from "./api.js";
import { toldOf } from "./told.js";
import { remember } from "./history.js";
import { sent } from "./procedures.js";
import { change, get, set } from "./store.js";

/** @typedef {import("./types.js").RewriteDialog} RewriteDialog */

/** @type {AbortController | null} */
let controller = null;

/** @param {number} index */
export function askForRewrite(index) {
  const { procedure } = get().work;
  if (!procedure) return;
  const before = [procedure.steps[index]];
  set({
    dialog: { name: "rewrite" },
    rewrite: { step: index + 1, instruction: "", state: "asking", before, after: [], procedure: null, problem: null },
  });
}

/** @param {Partial<RewriteDialog>} changes */
export function now(changes) {
  const { rewrite } = get();
  if (rewrite) set({ rewrite: { ...rewrite, ...changes } });
}

export async function rewrite() {
  const { rewrite: wanted, work } = get();
  if (!wanted || !work.procedure) return;
  controller = new AbortController();
  now({ state: "running", problem: null });
  try {
    const body = {
      procedure: sent(work.procedure),
      steps: [wanted.step],
      instruction: wanted.instruction.trim(),
      ...(work.source && { test_case: work.source }),
      ...toldOf(work.source),
    };
    const procedure = await (await post("/v1/procedures/rewrite", body, { signal: controller.signal })).json();
    const grown = procedure.steps.length - work.procedure.steps.length;
    now({ state: "shown", procedure, after: procedure.steps.slice(wanted.step - 1, wanted.step + Math.max(grown, 0)) });
  } catch (error) {
    if (!controller.signal.aborted) now({ state: "asking", problem: error instanceof Failure ? error.problem : problemOf("unreachable") });
  }
}

/** The change is taken; undo takes it back. */
export function accept() {
  const { rewrite: shown, work } = get();
  if (shown?.procedure) change({ ...work, procedure: shown.procedure });
  closeRewrite();
  remember();
}

export function closeRewrite() {
  controller?.abort();
  set({ dialog: null, rewrite: null });
}

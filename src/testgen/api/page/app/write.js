/** Having a procedure written, and watching it appear. */
import { Failure, codeOf, learn, post } from "./api.js";
import { caseOf, faultsOf } from "./cases.js";
import { correctedSoon } from "./correct.js";
import { remember } from "./history.js";
import { mention, say } from "./live.js";
import { partial } from "./procedures.js";
import { events } from "./sse.js";
import { IDLE, change, get, set } from "./store.js";
import { t } from "./texts.js";
import { toldOf } from "./told.js";

/** @typedef {import("./types.js").Run} Run */
/** @typedef {import("./types.js").TestCase} TestCase */

const STACKED = "(max-width: 62rem)"; // as in form.css: the procedure is below the case
const TURNING_BACK = 499; // the browser's tab, or a proxy, ended it

/** @param {Partial<Run>} changes */
function now(changes) {
  set({ run: { ...get().run, ...changes } });
}

/** Sends the case of the form; what is wrong with it is said at its fields. */
export async function generate() {
  if (get().run.state === "running") return;
  const { work } = get();
  const errors = faultsOf(work.form);
  set({ errors, notice: null });
  if (Object.keys(errors).length) return pointOut(Object.keys(errors)[0]);
  const source = caseOf(work.form);
  const controller = new AbortController();
  set({ run: { ...IDLE, state: "running", controller } });
  say(t().said.started);
  if (matchMedia(STACKED).matches) document.getElementById("procedure")?.scrollIntoView();
  try {
    const response = await post("/v1/procedures", { ...source, ...toldOf(source) }, { accept: "text/event-stream", signal: controller.signal });
    if (!get().info) learn();
    if (!response.body || !(await follow(response.body, source))) finish("lost", source, null);
  } catch (error) {
    if (get().run.controller !== controller) return; // other work was opened meanwhile
    if (controller.signal.aborted) finish("stopped", source, null);
    else if (error instanceof Failure) finish(codeOf(error.problem) === "unreachable" ? "lost" : "failed", source, error.problem);
    else finish("lost", source, null);
  }
}

export function stop() {
  get().run.controller?.abort(TURNING_BACK);
}

/** Takes what comes. @param {ReadableStream<Uint8Array>} body @param {TestCase} source @returns {Promise<boolean>} whether it came to an end */
async function follow(body, source) {
  for await (const some of events(body)) {
    for (const [name, text] of some) {
      const data = JSON.parse(text);
      if (name === "procedure") return done(source, data), true;
      if (name === "error") {
        if (data.steps?.length) now({ steps: data.steps });
        return finish("failed", source, { errors: [], ...data }), true;
      }
      now(changed(get().run, name, data));
    }
    const { steps } = get().run;
    if (steps.length) mention(t().said.step(steps.length));
  }
  return false;
}

/** What an event changes. @param {Run} run @param {string} name @param {any} data @returns {Partial<Run>} */
function changed(run, name, data) {
  if (name === "step") return { steps: [...run.steps.slice(0, data.step.number - 1), data.step], reset: "" };
  if (name === "reset") return { steps: run.steps.slice(0, data.keep), reset: t().reset(data.keep), findings: [] };
  if (name === "finding") return { findings: [...run.findings, data] };
  return name === "repair" ? repaired(run, data) : {};
}

/** A step written again; one that was split off comes with nothing before it. @param {Run} run @param {any} data @returns {Partial<Run>} */
function repaired(run, { step, before, after }) {
  const at = step - 1;
  const rest = run.steps.slice(before ? at + 1 : at);
  const steps = [...run.steps.slice(0, at), after, ...rest].map((found, index) => ({ ...found, number: index + 1 }));
  return { steps, repaired: { ...run.repaired, [step]: before } };
}

/** @param {TestCase} source @param {import("./types.js").Procedure} procedure */
function done(source, procedure) {
  const { work, run } = get();
  const form = { ...work.form, id: work.form.id.trim() || source.id };
  change({ ...work, form, source, procedure });
  set({ run: { ...IDLE, repaired: run.repaired } });
  say(t().said.done(procedure.steps.length, t().readiness[procedure.readiness ?? "skeleton"]));
  remember();
}

/** Something ended it: the steps that came are a procedure to work on. @param {Run["state"]} state @param {TestCase} source @param {Run["problem"]} problem */
function finish(state, source, problem) {
  const { work, run, info } = get();
  set({ run: { ...IDLE, state, problem } });
  say({ stopped: t().stopped, lost: t().lost, failed: t().failed, idle: "", running: "" }[state]);
  if (!run.steps.length) return;
  const form = { ...work.form, id: work.form.id.trim() || source.id };
  change({ ...work, form, source, procedure: partial(source, run.steps, info) });
  correctedSoon();
}

/** @param {string} field */
function pointOut(field) {
  requestAnimationFrame(() => {
    const found = document.querySelector(`[data-field="${field}"]`);
    if (found instanceof HTMLElement) found.focus();
  });
}


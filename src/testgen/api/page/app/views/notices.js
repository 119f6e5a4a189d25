/** What the service or the page has to say: problems with their remedy, what was done, how long to wait. */
import { short, told } from "../problems.js";
import { get, set } from "../store.js";
import { t } from "../texts.js";
import { html, useEffect, useState } from "../view.js";
import { Icon } from "./parts.js";

/** A problem in the page's language, with the remedy. @param {{problem: import("../types.js").Problem}} props */
export function Trouble({ problem }) {
  const { said, fields, detail } = told(problem);
  return html`
    <div class="trouble">
      <p>${said}</p>
      ${fields.length > 0 && html`<ul>${fields.map((field) => html`<li>${field}</li>`)}</ul>`}
      ${detail && html`<details><summary>${t().details}</summary><p>${detail}</p></details>`}
    </div>
  `;
}

/** The service is busy: a countdown, after which the page asks again. */
export function Waiting() {
  const { waiting } = get();
  const [, again] = useState(0);
  useEffect(() => {
    const timer = waiting && setInterval(() => again(Date.now()), 250);
    return () => clearInterval(timer ?? undefined);
  }, [waiting]);
  if (!waiting) return null;
  const seconds = Math.max(0, Math.ceil((waiting.until - Date.now()) / 1000));
  return html`
    <div class="banner" role="status" aria-live="off">
      <span>${t().waiting(seconds)}</span>
      <button type="button" onClick=${waiting.now}>${t().nowInstead}</button>
      <button type="button" onClick=${waiting.stop}>${t().giveUp}</button>
    </div>
  `;
}

/** What was done, or went wrong, besides. */
export function Notice() {
  const { notice } = get();
  useEffect(() => {
    if (!notice || notice.problem) return undefined;
    const timer = setTimeout(() => get().notice === notice && set({ notice: null }), 4000);
    return () => clearTimeout(timer);
  }, [notice]);
  if (!notice) return null;
  return html`
    <div class=${notice.problem ? "banner wrong" : "toast"} role=${notice.problem ? "alert" : "status"}>
      ${notice.problem ? html`<${Trouble} problem=${notice.problem} />` : html`<span>${notice.text}</span>`}
      <button type="button" class="quiet icon" aria-label=${t().close} onClick=${() => set({ notice: null })}><${Icon} name="close" /></button>
    </div>
  `;
}

/** Does it, and tells what went wrong. @param {() => Promise<string>} work gives what to say afterwards */
export async function attempt(work) {
  try {
    set({ notice: { text: await work() } });
  } catch (error) {
    const problem = /** @type {{problem?: import("../types.js").Problem}} */ (error).problem;
    if (!problem) throw error;
    set({ notice: { text: short(problem), problem } });
  }
}

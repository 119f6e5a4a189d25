/** The procedure, on the right: how far it is, what it covers, its steps. */
import { differs } from "../cases.js";
import { adopt } from "../correct.js";
import { coverage, elsewhere, missing } from "../procedures.js";
import { get } from "../store.js";
import { t } from "../texts.js";
import { html } from "../view.js";
import { generate, stop } from "../write.js";
import { Nothing } from "./nothing.js";
import { Trouble } from "./notices.js";
import { StepTable } from "./steptable.js";
import { Toolbar } from "./toolbar.js";

/** @typedef {import("../types.js").Procedure} Procedure */

export function ProcedureView() {
  const { work, run } = get();
  const running = run.state === "running";
  const { procedure } = work;
  return html`
    <section class="sheet" id="procedure" tabindex="-1" aria-label=${t().procedure} aria-busy=${running}>
      <${State} />
      ${running && html`<${StepTable} steps=${run.steps} repaired=${run.repaired} findings=${run.findings} readOnly />`}
      ${!running && procedure && html`<${Sheet} procedure=${procedure} />`} ${!running && !procedure && html`<${Nothing} />`}
    </section>
  `;
}

/** How the writing goes, or how it ended. */
function State() {
  const { run, work } = get();
  if (run.state === "running") {
    return html`
      <p class="case-id">${work.form.id}</p>
      <h2>${work.form.title}</h2>
      <div class="state">
        <span class="pulse" aria-hidden="true"></span><strong>${t().writing}</strong> <span>${run.reset}</span>
        <button type="button" class="stop near" onClick=${stop}>${t().stop}</button>
      </div>
    `;
  }
  if (run.state === "stopped" || run.state === "lost" || run.state === "failed") {
    return html`
      <div class=${run.state === "stopped" ? "state ended" : "state ended wrong"}>
        <div>
          <p><strong>${t()[run.state]}</strong></p>
          ${run.problem && html`<${Trouble} problem=${run.problem} />`}
        </div>
        <button type="button" onClick=${generate}>${t().tryAgain}</button>
      </div>
    `;
  }
  if (work.procedure && differs(work.source, work.form)) {
    return html`
      <div class="state ended">
        <p>${t().changed}</p>
        <span><button type="button" onClick=${adopt}>${t().adopt}</button> <button type="button" onClick=${generate}>${t().again}</button></span>
      </div>
    `;
  }
  return null;
}

/** @param {{procedure: Procedure}} props */
function Sheet({ procedure }) {
  const { run } = get();
  const data = Object.entries(procedure.test_data);
  return html`
    <article lang=${procedure.language}>
      <header>
        <p class="case-id">${procedure.test_case_id}</p>
        <h2>${procedure.title}</h2>
        <${Ready} procedure=${procedure} />
        <p class="made" lang=${get().language}>${madeBy(procedure)}</p>
      </header>
      <${Toolbar} procedure=${procedure} />
      <div class="facts">
        ${procedure.preconditions.length > 0 &&
        html`<section><h3>${t().preconditions}</h3><ul>${procedure.preconditions.map((text) => html`<li>${text}</li>`)}</ul></section>`}
        ${data.length > 0 &&
        html`
          <section>
            <h3>${t().test_data}</h3>
            <dl>${data.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>
          </section>
        `}
        <${Coverage} procedure=${procedure} />
      </div>
      <${StepTable} steps=${procedure.steps} repaired=${run.repaired} findings=${procedure.findings} language=${procedure.language} />
      ${procedure.postconditions.length > 0 &&
      html`<section class="after"><h3>${t().postconditions}</h3><ul>${procedure.postconditions.map((text) => html`<li>${text}</li>`)}</ul></section>`}
      <${OtherFindings} procedure=${procedure} />
    </article>
  `;
}

/** Readiness first, and what is missing. @param {{procedure: Procedure}} props */
function Ready({ procedure }) {
  const { review } = get();
  const state = procedure.readiness;
  const found = missing(procedure);
  const texts = t().missing;
  const list = (/** @type {number[]} */ numbers) => numbers.join(t().listed);
  const parts = [
    found.errors.count && texts.errors(found.errors.count, list(found.errors.steps)),
    found.open.count && texts.open(found.open.count, list(found.open.steps)),
    found.unverified.length && texts.unverified(list(found.unverified)),
  ].filter(Boolean);
  return html`
    <div class="readiness" lang=${get().language}>
      ${state && html`<span class=${`chip ${state}`}>${t().readiness[state]}</span>`}
      <span class="lacking">${parts.length ? parts.join(" · ") : state === "ready" ? texts.nothing : ""}</span>
      <span class="looking">${review.running ? t().reviewing : ""}</span>
      ${review.problem && html`<${Trouble} problem=${review.problem} />`}
    </div>
  `;
}

/** @param {Procedure} procedure */
function madeBy({ provenance }) {
  const { engine, model, fallback_reason: reason, duration_ms: took, origin } = provenance;
  const who = engine === "outline" ? t().byRules : [model, engine].filter(Boolean).join(" · ");
  const parts = [who && t().writtenBy(who), took && took >= 100 && t().seconds((took / 1000).toFixed(1)), reason && t().because(reason)];
  const edited = /** @type {Record<string, string>} */ (t().origin)[origin];
  return [...parts, edited].filter(Boolean).join(" / ");
}

/** @param {{procedure: Procedure}} props */
function Coverage({ procedure }) {
  const found = coverage(procedure);
  if (!found.length) return null;
  return html`
    <section class="coverage">
      <h3>${t().expected_results}</h3>
      <ol aria-label=${t().coverage}>
        ${found.map(
          ({ text, steps }) => html`
            <li class=${steps.length ? "" : "uncovered"}>
              <span>${text}</span>
              <small lang=${get().language}>${steps.length ? `→ ${t().verifiedBy(steps.join(t().listed))}` : t().unverified}</small>
            </li>
          `,
        )}
      </ol>
    </section>
  `;
}

/** @param {{procedure: Procedure}} props */
function OtherFindings({ procedure }) {
  const found = elsewhere(procedure.findings);
  if (!found.length) return null;
  return html`
    <section class="findings">
      <h3 lang=${get().language}>${t().findings}</h3>
      <ul>
        ${found.map(
          (finding) => html`
            <li>
              <span class=${`mark ${finding.severity}`} lang=${get().language}>${t().severity[finding.severity]}</span>
              <span>${finding.step ? `${t().verifiedBy(String(finding.step))}: ` : ""}${finding.message}</span>
              ${finding.suggestion && html`<span class="suggestion">${finding.suggestion}</span>`}
            </li>
          `,
        )}
      </ul>
    </section>
  `;
}

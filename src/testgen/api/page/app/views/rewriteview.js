/** A step before and after, side by side, before anything is taken. */
import { accept, closeRewrite, now, rewrite } from "../rewrite.js";
import { get } from "../store.js";
import { t } from "../texts.js";
import { html } from "../view.js";
import { Trouble } from "./notices.js";

/** @typedef {import("../types.js").Step} Step */

export function Rewrite() {
  const { rewrite: shown, info } = get();
  if (!shown) return null;
  const byRules = info?.engine.effective === "outline";
  const same = shown.state === "shown" && JSON.stringify(shown.before) === JSON.stringify(shown.after);
  return html`
    <div class="field">
      ${byRules
        ? html`<p class="hint">${t().noInstruction}</p>`
        : html`
            <label for="instruction">${t().instruction}</label>
            <textarea
              id="instruction"
              rows="2"
              maxlength="2000"
              data-own-undo
              placeholder=${t().instructionHint}
              value=${shown.instruction}
              onInput=${(/** @type {any} */ event) => now({ instruction: event.target.value })}
            ></textarea>
          `}
    </div>
    ${shown.problem && html`<div role="alert"><${Trouble} problem=${shown.problem} /></div>`}
    <div class="compare" aria-live="polite">
      ${same && html`<p>${t().noChange}</p>`}
      ${!same && html`<${Side} title=${t().before} steps=${shown.before} other=${shown.after} />`}
      ${shown.state === "shown" && !same && html`<${Side} title=${t().after} steps=${shown.after} other=${shown.before} />`}
    </div>
    <div class="actions">
      ${shown.state === "shown" && !same && html`<button type="button" class="primary" onClick=${accept}>${t().accept}</button>`}
      ${!(byRules && shown.state === "shown") &&
      html`
        <button type="button" class=${shown.state === "asking" ? "primary" : ""} disabled=${shown.state === "running"} onClick=${rewrite}>
          ${shown.state === "running" ? t().rewriting : t().rewrite}
        </button>
      `}
      <button type="button" onClick=${closeRewrite}>${same ? t().close : t().cancel}</button>
    </div>
  `;
}

/** @param {{title: string, steps: Step[], other: Step[]}} props */
function Side({ title, steps, other }) {
  const heads = t().columns;
  const cells = /** @type {const} */ (["action", "test_data", "expected_result"]);
  return html`
    <section>
      <h3>${title}</h3>
      ${steps.map(
        (step, index) => html`
          <dl lang=${get().work.procedure?.language}>
            ${cells.map(
              (cell) => html`
                <div class=${other.length && other[index]?.[cell] !== step[cell] ? "changed" : ""}><dt>${heads[cell]}</dt><dd>${step[cell] ?? ""}</dd></div>
              `,
            )}
          </dl>
        `,
      )}
    </section>
  `;
}

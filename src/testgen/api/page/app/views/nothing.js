/** Where a procedure will stand: how to come to one, and three examples to begin with. */
import { formOf } from "../cases.js";
import { SAMPLES } from "../samples.js";
import { begin, get } from "../store.js";
import { t } from "../texts.js";
import { html } from "../view.js";

export function Nothing() {
  return html`
    <div class="nothing">
      <h2>${t().emptyTitle}</h2>
      <p>${t().emptyText}</p>
      <h3>${t().samples}</h3>
      <ul>
        ${SAMPLES[get().language].map(
          (sample) => html`<li><button type="button" class="quiet" onClick=${() => begin(formOf(sample))}>${sample.title}</button></li>`,
        )}
      </ul>
    </div>
  `;
}

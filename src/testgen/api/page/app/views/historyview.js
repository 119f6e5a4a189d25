/** What was written in this browser. */
import { forgetOne, found } from "../history.js";
import { get, open, set } from "../store.js";
import { t } from "../texts.js";
import { html } from "../view.js";
import { Icon } from "./parts.js";

/** @typedef {import("../types.js").Kept} Kept */

export function HistoryView() {
  const { history } = get();
  const entries = found(history.entries, history.search);
  return html`
    <section class="history" aria-labelledby="history-heading">
      <div class="heading">
        <h2 id="history-heading">${t().history}</h2>
        <input
          type="search"
          data-own-undo
          aria-label=${t().search}
          placeholder=${t().searchHint}
          value=${history.search}
          onInput=${(/** @type {any} */ event) => set({ history: { ...history, search: event.target.value } })}
        />
        <button type="button" class="quiet" disabled=${!history.entries.length} onClick=${() => set({ dialog: { name: "forget" } })}>${t().forgetAll}</button>
      </div>
      <p class="hint">${t().localOnly}</p>
      ${!history.entries.length && html`<p>${t().noHistory}</p>`}
      ${history.entries.length > 0 && !entries.length && html`<p role="status">${t().nothingFound}</p>`}
      <ul class="kept">
        ${entries.map((entry) => html`<${Entry} key=${entry.uid} entry=${entry} />`)}
      </ul>
    </section>
  `;
}

/** @param {{entry: Kept}} props */
function Entry({ entry }) {
  const { procedure } = entry.work;
  if (!procedure) return null;
  const { title, test_case_id: id, readiness, steps } = procedure;
  const when = new Date(entry.saved_at);
  const label = `${t().remove}: ${title}`;
  return html`
    <li>
      <button type="button" class="entry" disabled=${get().run.state === "running"} onClick=${() => open(entry.work)}>
        <span class="case-id">${id}</span>
        <span class="case-title">${title}</span>
        ${readiness && html`<span class=${`chip ${readiness}`}>${t().readiness[readiness]}</span>`}
        <span class="hint">${t().steps(steps.length)}</span>
        <time class="hint" datetime=${when.toISOString()}>${when.toLocaleString(get().language, { dateStyle: "medium", timeStyle: "short" })}</time>
      </button>
      <button type="button" class="quiet icon" aria-label=${label} title=${label} onClick=${() => forgetOne(entry.uid)}><${Icon} name="close" /></button>
    </li>
  `;
}

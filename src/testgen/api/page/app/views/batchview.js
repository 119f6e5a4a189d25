/** Many cases: a file, its cases, how far each is. Rows out of sight are not drawn (`content-visibility`), yet can be searched for. */
import { choose, closeBatch, openFile, openRow, run, stopBatch, todo } from "../batch.js";
import { reasonTold, short } from "../problems.js";
import { get, set } from "../store.js";
import { FORMATS, download } from "../takeaway.js";
import { t } from "../texts.js";
import { html, still } from "../view.js";
import { Trouble, attempt } from "./notices.js";
import { Icon, Menu } from "./parts.js";

/** @typedef {import("../types.js").BatchRow} BatchRow */

/** @param {File[]} files the first of them is opened */
export function openDropped([file, ...others]) {
  if (get().run.state === "running" || get().batch.state === "running") return set({ notice: { text: t().busyNow } });
  if (others.length) set({ notice: { text: t().oneFile(file.name) } });
  openFile(file);
}

export function BatchView() {
  const { batch } = get();
  if (batch.state === "empty" || batch.state === "reading") return html`<${Start} />`;
  const done = batch.rows.filter((row) => row.state === "done");
  const chosen = batch.rows.filter((row) => row.chosen);
  const running = batch.state === "running";
  return html`
    <section class="batch" aria-labelledby="batch-heading" aria-busy=${running}>
      <div class="heading">
        <h2 id="batch-heading">${batch.name}</h2>
        <button type="button" class="quiet" disabled=${running} onClick=${closeBatch}>${t().newBatch}</button>
      </div>
      ${batch.left.length > 0 && html`<p class="hint">${t().left(batch.left.join(", "))}</p>`}
      <${Outcome} />
      <div class="toolbar">
        <label class="all">
          <input
            type="checkbox"
            checked=${chosen.length > 0 && chosen.length === batch.rows.filter((row) => row.test_case).length}
            disabled=${running}
            onChange=${(/** @type {any} */ event) => choose(null, event.target.checked)}
          />${t().chooseAll}
        </label>
        <span>${t().chosenOf(chosen.length, batch.rows.length)} · ${t().doneOf(done.length, batch.rows.length)}</span>
        <span class="apart"></span>
        ${running
          ? html`<button type="button" class="stop" onClick=${stopBatch}><${Icon} name="stop" />${t().stop}</button>`
          : todo(batch).length > 0 && html`<button type="button" class="primary" onClick=${run}>${done.length ? t().goOn : t().runBatch}</button>`}
        <${Menu} label=${html`<${Icon} name="download" />${t().downloadAll}`} name=${t().downloadAll} disabled=${!done.length} items=${files(done)} />
      </div>
      <progress class=${running ? "" : "resting"} aria-label=${t().batch} max=${Math.max(chosen.length, 1)} value=${chosen.filter((row) => row.state === "done").length}></progress>
      <${Rows} rows=${batch.rows} running=${running} />
    </section>
  `;
}

/** @param {BatchRow[]} done */
function files(done) {
  const made = done.flatMap((row) => (row.procedure ? [row.procedure] : []));
  const most = (get().info?.limits.max_body_bytes ?? 1_000_000) * 0.95;
  return FORMATS.map(([format, label]) => ({
    label,
    act: () => attempt(async () => t().downloaded((await download(made, format, get().batch.name.replace(/\.\w+$/, ""), most)).join(", "))),
  }));
}

function Start() {
  const { batch } = get();
  const onChange = (/** @type {any} */ event) => event.target.files[0] && openDropped([...event.target.files]);
  return html`
    <section class="drop" aria-labelledby="drop-heading">
      <h2 id="drop-heading">${batch.state === "reading" ? t().reading : t().dropHere}</h2>
      <p class="hint">${t().dropHint}</p>
      <label class="button primary">
        <input class="unseen" type="file" accept=".xlsx,.xlsm,.xls,.csv,.tsv,.txt,.md,.markdown,.json,.yaml,.yml,.feature,.xml" onChange=${onChange} />${t().chooseFile}
      </label>
      ${batch.problem && html`<div role="alert"><${Trouble} problem=${batch.problem} /></div>`}
    </section>
  `;
}

function Outcome() {
  const { batch } = get();
  if (!batch.rows.length) return html`<p class="state ended wrong">${t().batchEmpty}</p>`;
  if (batch.state === "stopped") return html`<p class="state ended">${t().batchStopped}</p>`;
  if (batch.state !== "lost") return null;
  return html`<div class="state ended wrong"><p>${t().batchLost}</p>${batch.problem && html`<${Trouble} problem=${batch.problem} />`}</div>`;
}

/** @param {{rows: BatchRow[], running: boolean}} props */
function Rows({ rows, running }) {
  const heads = t().batchColumns;
  return html`
    <div class="cases" role="table" aria-label=${t().batch} aria-rowcount=${rows.length + 1}>
      <div role="row" class="head">
        <span role="columnheader"><span class="unseen">${t().chooseAll}</span></span>
        <span role="columnheader">${t().id}</span>
        <span role="columnheader">${t().title}</span>
        <span role="columnheader">${heads.state}</span>
        <span role="columnheader">${heads.readiness}</span>
        <span role="columnheader">${heads.problem}</span>
        <span role="columnheader"><span class="unseen">${t().openInEditor}</span></span>
      </div>
      ${rows.map((row) => html`<${StillRow} key=${row.key} row=${row} running=${running} page=${get().language} />`)}
    </div>
  `;
}

/** Where in the file it stands, and why it is not taken. @param {BatchRow} row */
function skipped({ reason, place }) {
  return reason && [place ? t().skippedRow(place) : "", reasonTold(reason)].filter(Boolean).join(": ");
}

/** @param {{row: BatchRow, running: boolean}} props */
function CaseRow({ row, running }) {
  const { procedure, test_case: testCase, state } = row;
  const readiness = procedure?.readiness;
  const open = procedure || testCase;
  return html`
    <div role="row" class=${state}>
      <span role="cell">
        ${testCase &&
        html`
          <input
            type="checkbox"
            aria-label=${t().choose(row.title)}
            checked=${row.chosen}
            disabled=${running || state === "done"}
            onChange=${(/** @type {any} */ event) => choose(row.key, event.target.checked)}
          />
        `}
      </span>
      <span role="cell" class="case-id">${row.id}</span>
      <span role="cell" class="case-title">${row.title}</span>
      <span role="cell" class="case-state">${t().states[state]}</span>
      <span role="cell">${readiness && html`<span class=${`chip ${readiness}`}>${t().readiness[readiness]}</span>`}</span>
      <span role="cell" class="hint">${row.problem ? short(row.problem) : skipped(row) || (procedure ? t().steps(procedure.steps.length) : "")}</span>
      <span role="cell">
        ${open &&
        html`<button type="button" class="quiet" disabled=${running && !procedure} aria-label=${`${t().openInEditor}: ${row.title}`} onClick=${() => openRow(row)}>${t().openInEditor}</button>`}
      </span>
    </div>
  `;
}

const StillRow = still(CaseRow);

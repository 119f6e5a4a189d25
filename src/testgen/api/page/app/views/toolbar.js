/** What can be done with the procedure as a whole. */
import { nextOpenPoint, travel } from "../correct.js";
import { allOpenPoints } from "../procedures.js";
import { get } from "../store.js";
import { FORMATS, copyMarkdown, copyTable, download } from "../takeaway.js";
import { t } from "../texts.js";
import { html } from "../view.js";
import { attempt } from "./notices.js";
import { Icon, Menu } from "./parts.js";

/** @param {{procedure: import("../types.js").Procedure}} props */
export function Toolbar({ procedure }) {
  const { past, future, info } = get();
  const most = (info?.limits.max_body_bytes ?? 1_000_000) * 0.95;
  const copies = [
    { label: t().copyTable, act: () => attempt(async () => (copyTable(procedure), t().copied)) },
    { label: t().copyMarkdown, act: () => attempt(async () => (await copyMarkdown(procedure), t().copied)) },
  ];
  const files = FORMATS.map(([format, label]) => ({
    label,
    act: () => attempt(async () => t().downloaded((await download([procedure], format, procedure.test_case_id, most)).join(", "))),
  }));
  const tool = (/** @type {string} */ icon, /** @type {string} */ label, /** @type {string} */ key, /** @type {boolean} */ disabled, /** @type {() => void} */ act) => html`
    <button type="button" class="quiet icon" aria-label=${label} title=${`${label} (${key})`} disabled=${disabled} onClick=${act}><${Icon} name=${icon} /></button>
  `;
  return html`
    <div class="toolbar" role="group" aria-label=${t().procedure} lang=${get().language}>
      ${tool("undo", t().undo, "Ctrl+Z", !past.length, () => travel("undo"))} ${tool("redo", t().redo, "Ctrl+Y", !future.length, () => travel("redo"))}
      <button type="button" disabled=${!allOpenPoints(procedure).length} onClick=${nextOpenPoint} title="F8"><${Icon} name="next" />${t().nextOpen}</button>
      <span class="apart"></span>
      <${Menu} label=${html`<${Icon} name="copy" />${t().copy}`} name=${t().copy} items=${copies} />
      <${Menu} label=${html`<${Icon} name="download" />${t().download}`} name=${t().download} items=${files} />
      <button type="button" onClick=${() => window.print()}><${Icon} name="print" />${t().print}</button>
    </div>
  `;
}

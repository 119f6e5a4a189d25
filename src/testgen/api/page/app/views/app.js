/** The whole page: header, one of three views, and what lies above. */
import { get, set, subscribe } from "../store.js";
import { t } from "../texts.js";
import { html, useEffect, useReducer } from "../view.js";
import { BatchView } from "./batchview.js";
import { CaseForm } from "./caseform.js";
import { Dialogs } from "./dialogs.js";
import { HistoryView } from "./historyview.js";
import { ProcedureView } from "./procedureview.js";
import { Icon, Waiting, Notice } from "./parts.js";

export function App() {
  const [, again] = useReducer((/** @type {number} */ count) => count + 1, 0);
  useEffect(() => subscribe(() => again(0)), []);
  const { view } = get();
  return html`
    <a class="skip" href="#procedure" onClick=${skip}>${t().skip}</a>
    <${Header} />
    <${Waiting} />
    <${Notice} />
    <main class=${`view-${view}`}>
      ${view === "write" && html`<${CaseForm} /><${ProcedureView} />`} ${view === "batch" && html`<${BatchView} />`}
      ${view === "history" && html`<${HistoryView} />`}
    </main>
    <${Dialogs} />
  `;
}

/** @param {Event} event */
function skip(event) {
  event.preventDefault();
  document.getElementById("procedure")?.focus();
}

function Header() {
  const { view, language, theme } = get();
  const other = language === "ja" ? "en" : "ja";
  const themes = /** @type {const} */ (["auto", "light", "dark"]);
  return html`
    <header class="top">
      <h1>testgen</h1>
      <nav aria-label=${t().nav}>
        ${/** @type {const} */ (["write", "batch", "history"]).map(
          (name) => html`
            <a href=${`#${name}`} aria-current=${name === view ? "page" : undefined} onClick=${() => set({ view: name })}>${t()[name]}</a>
          `,
        )}
      </nav>
      <${Engine} />
      <button type="button" class="quiet" lang=${other} aria-label=${t().switchLanguage} onClick=${() => set({ language: other })}>
        ${t().languageName}
      </button>
      <button
        type="button"
        class="quiet icon"
        aria-label=${t().theme[theme]}
        title=${t().theme[theme]}
        onClick=${() => set({ theme: themes[(themes.indexOf(theme) + 1) % 3] })}
      >
        <${Icon} name=${theme} />
      </button>
      <button type="button" class="quiet icon" aria-label=${t().help} title=${`${t().help} (?)`} onClick=${() => set({ dialog: { name: "help" } })}>
        <${Icon} name="help" />
      </button>
    </header>
  `;
}

/** Who would write now, and why. */
function Engine() {
  const { info } = get();
  if (!info) return html`<span class="engine"></span>`;
  const { effective, fallback_reason: reason } = info.engine;
  const text = effective === "outline" ? t().engine.outline : info.model.name;
  return html`<span class="engine" title=${reason ? t().because(reason) : effective}>${text}</span>`;
}

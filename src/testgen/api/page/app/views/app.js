/** The whole page: header, one of three views, and what lies above. All but the form comes a moment later. */
import { later } from "../later.js";
import { get, set, subscribe } from "../store.js";
import { t } from "../texts.js";
import { html, useLayoutEffect, useReducer, useState } from "../view.js";
import { CaseForm } from "./caseform.js";
import { Nothing } from "./nothing.js";
import { Icon } from "./parts.js";

/** @typedef {typeof import("../rest.js")} Rest */

/** @param {{whenPainted: Promise<void>}} props */
export function App({ whenPainted }) {
  const [, again] = useReducer((/** @type {number} */ count) => count + 1, 0);
  const [rest, setRest] = useState(/** @type {Rest | null} */ (null));
  useLayoutEffect(() => {
    whenPainted.then(later).then(setRest);
    return subscribe(() => again(0));
  }, []);
  const { view, unfinished } = get();
  return html`
    <a class="skip" href="#procedure" onClick=${skip}>${t().skip}</a>
    <${Header} />
    ${unfinished && html`<div class="banner wrong" role="alert"><span>${t().unfinished}</span><button type="button" onClick=${() => location.reload()}>${t().reload}</button></div>`}
    ${rest && html`<${rest.Waiting} /><${rest.Notice} />`}
    <main class=${`view-${view}`}>
      ${view === "write" && html`<${CaseForm} />${rest ? html`<${rest.ProcedureView} />` : html`<${Sheet} />`}`}
      ${rest && view === "batch" && html`<${rest.BatchView} />`} ${rest && view === "history" && html`<${rest.HistoryView} />`}
    </main>
    ${rest && html`<${rest.Dialogs} />`}
  `;
}

/** Where the procedure will stand, as long as nothing can be shown there. */
function Sheet() {
  return html`<section class="sheet" id="procedure" tabindex="-1" aria-label=${t().procedure}>${!get().work.procedure && html`<${Nothing} />`}</section>`;
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
  const text = effective === "outline" ? t().engine : info.model.name;
  return html`<span class="engine" title=${reason ? t().because(reason) : effective}>${text}</span>`;
}

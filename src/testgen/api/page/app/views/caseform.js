/** The test case, on the left: what a person writes. */
import { LISTS, differs, emptyForm, formOf, isEmpty } from "../cases.js";
import { linesOf } from "../glossary.js";
import { composing } from "../keys.js";
import { later } from "../later.js";
import { SAMPLES } from "../samples.js";
import { begin, change, get, set } from "../store.js";
import { t } from "../texts.js";
import { html } from "../view.js";
import { DataRows, TextRows, Writing } from "./fields.js";
import { Icon, Menu } from "./parts.js";

/** @typedef {import("../types.js").CaseForm} Form */

const DOCUMENTS = ".docx,.pdf,.xlsx,.xlsm,.pptx,.html,.htm,.md,.markdown,.txt";

/** @param {Partial<Form>} fields @param {string} key */
function put(fields, key) {
  const { work, errors } = get();
  change({ ...work, form: { ...work.form, ...fields } }, `form-${key}`);
  const left = Object.fromEntries(Object.entries(errors).filter(([name]) => !(name in fields)));
  if (Object.keys(left).length < Object.keys(errors).length) set({ errors: left });
}

const generate = () => later().then((rest) => rest.generate());
const stop = () => later().then((rest) => rest.stop());

/** @param {KeyboardEvent} event */
function onKeyDown(event) {
  if (composing(event)) return;
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
  event.preventDefault();
  generate();
}

export function CaseForm() {
  const { work, run, language } = get();
  const { form } = work;
  const busy = run.state === "running";
  const written = work.procedure !== null && run.state === "idle" && !differs(work.source, form);
  return html`
    <form class="case" aria-labelledby="case-heading" onKeyDown=${onKeyDown} onSubmit=${(/** @type {Event} */ event) => event.preventDefault()} novalidate>
      <div class="heading">
        <h2 id="case-heading">${t().testCase}</h2>
        <button type="button" class="quiet" disabled=${busy} onClick=${() => set({ dialog: { name: "paste" } })}>${t().paste}</button>
        <${Menu}
          label=${t().samples}
          name=${t().samples}
          plain
          disabled=${busy}
          items=${SAMPLES[language].map((sample) => ({ label: sample.title, act: () => begin(formOf(sample)) }))}
        />
        <button type="button" class="quiet" disabled=${busy || (isEmpty(form) && !work.procedure)} onClick=${() => begin(emptyForm())}>${t().fresh}</button>
      </div>
      <fieldset disabled=${busy}>
        <legend class="unseen">${t().testCase}</legend>
        <${Line} name="title" required hint=${t().titleHint} />
        <${Rows} name="preconditions" hint=${t().preconditionHint} />
        <${DataRows} data=${form.test_data} error=${errorOf("test_data")} put=${(/** @type {any} */ data, /** @type {string} */ key) => put({ test_data: data }, key)} />
        <${Writing}
          id="specification"
          label=${t().specification}
          hint=${t().specificationHint}
          value=${form.specification}
          rows=${4}
          put=${(/** @type {string} */ value) => put({ specification: value }, "specification")}
        />
        <${Rows} name="expected_results" required numbered hint=${t().resultHint} />
        <${More} />
      </fieldset>
      <div class="actions">
        ${busy
          ? html`<button type="button" class="stop" onClick=${stop}><${Icon} name="stop" />${t().stop}</button>`
          : html`<button type="button" class=${written ? "" : "primary"} onClick=${generate}>${work.procedure ? t().again : t().generate}</button>`}
        ${!busy && html`<kbd aria-hidden="true">Ctrl+Enter</kbd>`}
      </div>
    </form>
  `;
}

/** @param {string} name */
function errorOf(name) {
  const texts = /** @type {Record<string, any>} */ (t());
  const fault = get().errors[name];
  return fault ? texts[fault] : "";
}

/** @param {{name: "title" | "id" | "objective", hint: string, required?: boolean}} props */
function Line({ name, hint, required = false }) {
  const value = get().work.form[name];
  const error = errorOf(name);
  return html`
    <div class=${error ? "field wrong" : "field"}>
      <label for=${name}>${t()[name]}${required && html` <small>${t().required}</small>`}</label>
      <input
        id=${name}
        data-field=${name}
        value=${value}
        placeholder=${hint}
        maxlength=${name === "title" ? 300 : 2000}
        autocomplete="off"
        aria-required=${required}
        aria-invalid=${Boolean(error)}
        aria-describedby=${error ? `${name}-error` : undefined}
        onInput=${(/** @type {any} */ event) => put({ [name]: event.target.value }, name)}
      />
      ${error && html`<p class="error" id=${`${name}-error`}>${error}</p>`}
    </div>
  `;
}

/** @param {{name: typeof LISTS[number], hint: string, required?: boolean, numbered?: boolean}} props */
function Rows({ name, hint, required = false, numbered = false }) {
  return html`
    <${TextRows}
      name=${name}
      label=${t()[name]}
      add=${t().add[name]}
      hint=${hint}
      required=${required}
      numbered=${numbered}
      values=${get().work.form[name]}
      error=${errorOf(name)}
      put=${(/** @type {string[]} */ values, /** @type {string} */ key) => put({ [name]: values }, key)}
    />
  `;
}

function More() {
  const { work, glossary, told } = get();
  const { form } = work;
  const filled = Boolean(form.objective || form.postconditions.some(Boolean) || form.language !== "auto" || glossary || told.knowledge || told.documents.length || told.problem);
  return html`
    <details class="more" open=${filled}>
      <summary>${t().more}</summary>
      <${Line} name="id" hint=${t().idHint} />
      <${Line} name="objective" hint="" />
      <${Rows} name="postconditions" hint=${t().postconditionHint} />
      <div class="field">
        <label for="language">${t().caseLanguage}</label>
        <select id="language" value=${form.language} onChange=${(/** @type {any} */ event) => put({ language: event.target.value }, "language")}>
          ${Object.entries(t().languages).map(([name, label]) => html`<option value=${name} selected=${form.language === name}>${label}</option>`)}
        </select>
      </div>
      <${Writing}
        id="glossary"
        label=${t().glossary}
        hint=${t().glossaryHint}
        value=${glossary}
        rows=${2}
        own
        put=${(/** @type {string} */ value) => set({ glossary: linesOf(value) })}
      />
      <${Told} />
    </details>
  `;
}

/** The files of a field that was chosen; chosen again, the same file is read anew. @param {any} event @returns {File[]} */
function filesOf(event) {
  const files = [...event.target.files];
  event.target.value = "";
  return files;
}

/** What a team tells besides the case: a knowledge file, and documents. */
function Told() {
  const { knowledge, documents, reading, problem } = get().told;
  return html`
    <div class="field">
      <label for="knowledge">${t().knowledge} <small>${t().knowledgeHint}</small></label>
      <input
        id="knowledge"
        type="file"
        accept=".yaml,.yml,.json"
        disabled=${reading}
        onChange=${(/** @type {any} */ event) => {
          const [file] = filesOf(event);
          if (file) later().then((rest) => rest.tellKnowledge(file));
        }}
      />
      ${knowledge &&
      html`<ul class="told"><${Entry}
        name=${knowledge.name}
        says=${[t().knowledgeCounts(knowledge.knowledge), knowledge.left.length && t().knowledgeLeft(knowledge.left.length)].filter(Boolean).join(" ")}
        remove=${() => later().then((rest) => rest.forgetKnowledge())}
      /></ul>`}
    </div>
    <div class="field">
      <label for="documents">${t().documents} <small>${t().documentsHint}</small></label>
      <input
        id="documents"
        type="file"
        multiple
        accept=${DOCUMENTS}
        disabled=${reading}
        onChange=${(/** @type {any} */ event) => {
          const files = filesOf(event);
          later().then((rest) => rest.tellDocuments(files));
        }}
      />
      ${documents.length > 0 &&
      html`<ul class="told">${documents.map(
        (document) => html`<${Entry}
          key=${document.name}
          name=${document.name}
          says=${t().passages(document.passages.length)}
          remove=${() => later().then((rest) => rest.forgetDocument(document.name))}
        />`,
      )}</ul>`}
      ${problem && html`<p class="error" role="alert">${problem.detail || problem.title}</p>`}
    </div>
  `;
}

/** @param {{name: string, says: string, remove: () => void}} props */
function Entry({ name, says, remove }) {
  return html`<li>
    <span>${name} <small>${says}</small></span>
    <button type="button" class="quiet" aria-label=${t().removeTold(name)} onClick=${remove}>${t().remove}</button>
  </li>`;
}

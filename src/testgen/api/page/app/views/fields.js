/** Fields of the form that grow: lists of texts, names with values, long texts. Enter goes on in a new row. */
import { composing } from "../keys.js";
import { t } from "../texts.js";
import { html } from "../view.js";
import { Icon } from "./parts.js";

const MOST_ROWS = 50;

/** Puts the cursor into a field once it is there. @param {string} selector */
function focusSoon(selector) {
  requestAnimationFrame(() => {
    const found = document.querySelector(selector);
    if (found instanceof HTMLElement) found.focus();
  });
}

/**
 * @param {{name: string, label: string, add: string, hint: string, values: string[], error: string, required: boolean, numbered: boolean,
 *   put: (values: string[], key: string) => void}} props
 */
export function TextRows({ name, label, add, hint, values, error, required, numbered, put }) {
  const at = (/** @type {number} */ index) => `[data-row="${name} ${index}"]`;
  const insert = (/** @type {number} */ index) => {
    if (values.length >= MOST_ROWS) return;
    put([...values.slice(0, index), "", ...values.slice(index)], "");
    focusSoon(at(index));
  };
  const remove = (/** @type {number} */ index) => {
    const left = values.filter((_, place) => place !== index);
    put(left.length ? left : [""], "");
    focusSoon(at(Math.max(index - 1, 0)));
  };
  const write = (/** @type {number} */ index, /** @type {string} */ text) => put(values.map((old, place) => (place === index ? text : old)), `${name}-${index}`);
  const onKeyDown = (/** @type {KeyboardEvent} */ event, /** @type {number} */ index) => {
    if (composing(event) || event.ctrlKey || event.metaKey) return;
    if (event.key === "Enter") {
      event.preventDefault();
      insert(index + 1);
    } else if (event.key === "Backspace" && values[index] === "" && values.length > 1) {
      event.preventDefault();
      remove(index);
    }
  };
  const onPaste = (/** @type {ClipboardEvent} */ event, /** @type {number} */ index) => {
    const lines = (event.clipboardData?.getData("text/plain") ?? "").split(/\r?\n/).map(bare).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    const kept = [...values.slice(0, values[index] ? index + 1 : index), ...lines, ...values.slice(index + 1)];
    put(kept.slice(0, MOST_ROWS), "");
  };
  return html`
    <div role="group" class=${error ? "field wrong" : "field"} aria-labelledby=${`${name}-label`}>
      <span class="label" id=${`${name}-label`}>${label}${required && html` <small>${t().required}</small>`}</span>
      <ol class=${numbered ? "rows numbered" : "rows"}>
        ${values.map(
          (value, index) => html`
            <li key=${index}>
              <textarea
                rows="1"
                data-row=${`${name} ${index}`}
                data-field=${index === 0 ? name : undefined}
                maxlength="2000"
                aria-label=${`${label} ${index + 1}`}
                aria-invalid=${Boolean(error)}
                aria-describedby=${error ? `${name}-error` : undefined}
                placeholder=${index === 0 ? hint : ""}
                value=${value}
                onInput=${(/** @type {any} */ event) => write(index, event.target.value)}
                onKeyDown=${(/** @type {KeyboardEvent} */ event) => onKeyDown(event, index)}
                onPaste=${(/** @type {ClipboardEvent} */ event) => onPaste(event, index)}
              ></textarea>
              ${values.length > 1 && html`<${Remove} label=${t().removeRow(label, index + 1)} act=${() => remove(index)} />`}
            </li>
          `,
        )}
      </ol>
      ${error && html`<p class="error" id=${`${name}-error`}>${error}</p>`}
      <button type="button" class="quiet add" onClick=${() => insert(values.length)}><${Icon} name="plus" />${add}</button>
    </div>
  `;
}

/** Without the mark of a list that was copied along. @param {string} line */
const bare = (line) => line.replace(/^\s*(?:[-*•・]|\d{1,2}[.)．]|[①-⑳])\s*/, "").trim();

/** @param {{label: string, act: () => void}} props */
function Remove({ label, act }) {
  return html`
    <button type="button" class="quiet icon" aria-label=${label} title=${label} onClick=${act}><${Icon} name="close" /></button>
  `;
}

/** @typedef {import("../types.js").Datum} Datum */

/** @param {{data: Datum[], error: string, put: (data: Datum[], key: string) => void}} props */
export function DataRows({ data, error, put }) {
  const label = t().test_data;
  const empty = { name: "", value: "" };
  const insert = (/** @type {number} */ index) => {
    if (data.length >= MOST_ROWS) return;
    put([...data.slice(0, index), empty, ...data.slice(index)], "");
    focusSoon(`[data-row="name ${index}"]`);
  };
  const remove = (/** @type {number} */ index) => {
    const left = data.filter((_, place) => place !== index);
    put(left.length ? left : [empty], "");
    focusSoon(`[data-row="name ${Math.max(index - 1, 0)}"]`);
  };
  const cell = (/** @type {number} */ index, /** @type {"name" | "value"} */ part) => {
    const called = `${part === "name" ? t().dataName : t().dataValue} ${index + 1}`;
    return html`
      <input
        data-row=${`${part} ${index}`}
        data-field=${index === 0 && part === "name" ? "test_data" : undefined}
        aria-label=${`${label} ${called}`}
        aria-invalid=${Boolean(error)}
        maxlength=${part === "name" ? 300 : 2000}
        placeholder=${index === 0 ? (part === "name" ? t().dataName : t().dataValue) : ""}
        autocomplete="off"
        value=${data[index][part]}
        onInput=${(/** @type {any} */ event) =>
          put(data.map((old, place) => (place === index ? { ...old, [part]: event.target.value } : old)), `data-${index}-${part}`)}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => {
          if (composing(event) || event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          if (part === "name") focusSoon(`[data-row="value ${index}"]`);
          else insert(index + 1);
        }}
      />
    `;
  };
  return html`
    <div role="group" class=${error ? "field wrong" : "field"} aria-labelledby="test_data-label">
      <span class="label" id="test_data-label">${label}</span>
      <ol class="rows pairs">
        ${data.map(
          (_, index) => html`
            <li key=${index}>
              ${cell(index, "name")} ${cell(index, "value")}
              ${data.length > 1 && html`<${Remove} label=${t().removeRow(label, index + 1)} act=${() => remove(index)} />`}
            </li>
          `,
        )}
      </ol>
      ${error && html`<p class="error" role="alert">${error}</p>`}
      <button type="button" class="quiet add" onClick=${() => insert(data.length)}><${Icon} name="plus" />${t().add.test_data}</button>
    </div>
  `;
}

/** A long text. @param {{id: string, label: string, hint: string, value: string, rows: number, put: (value: string) => void, own?: boolean}} props */
export function Writing({ id, label, hint, value, rows, put, own = false }) {
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <textarea
        id=${id}
        rows=${rows}
        class="long"
        maxlength="20000"
        placeholder=${hint}
        value=${value}
        data-own-undo=${own ? "" : undefined}
        onInput=${(/** @type {any} */ event) => put(event.target.value)}
      ></textarea>
    </div>
  `;
}

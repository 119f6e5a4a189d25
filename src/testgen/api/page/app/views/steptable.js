/** The steps as a table that reads like a printed テスト手順書; every cell is written in where it stands. */
import { command, focusCell, moveTo, write } from "../correct.js";
import { stepCommand } from "../keys.js";
import { byField, missingAction } from "../procedures.js";
import { askForRewrite } from "../rewrite.js";
import { numbersIn, MOST_STEPS } from "../steps.js";
import { get } from "../store.js";
import { t } from "../texts.js";
import { html, still, useState } from "../view.js";
import { Cell } from "./cell.js";
import { Icon, Menu } from "./parts.js";

/** @typedef {import("../types.js").Step} Step */
/** @typedef {import("../types.js").Finding} Finding */

const CELLS = /** @type {const} */ (["action", "test_data", "expected_result"]);
const KEYS = { add: "Ctrl+Enter", up: "Alt+↑", down: "Alt+↓", split: "Ctrl+Shift+Enter", join: "Alt+J", rewrite: "Alt+R", remove: "Alt+Del" };

/** Where the cursor was in each action, for a split by the mouse. @type {Map<number, number>} */
const carets = new Map();

/**
 * @param {{steps: Step[], repaired: Record<number, Step | null>, findings: Finding[], readOnly?: boolean, language?: import("../types.js").Language}} props
 */
export function StepTable({ steps, repaired, findings, readOnly = false, language = get().language }) {
  const found = byField(findings);
  const heads = t().columns;
  return html`
    <table class="steps">
      <caption class="unseen">${t().procedure}</caption>
      <thead>
        <tr>
          ${Object.entries(heads).map(([name, label]) => html`<th scope="col" class=${name} title=${name === "verifies" ? t().verifiesHint : undefined}>${label}</th>`)}
          ${Object.entries(t().printed).map(([name, label]) => html`<th scope="col" class=${`printed ${name}`}>${label}</th>`)}
          ${!readOnly && html`<th scope="col" class="tools"><span class="unseen">${t().more}</span></th>`}
        </tr>
      </thead>
      <tbody lang=${language}>
        ${steps.map(
          (step, index) => html`
            <${StillRow}
              key=${index}
              page=${get().language}
              step=${step}
              index=${index}
              last=${steps.length - 1}
              found=${found}
              repaired=${step.number in repaired}
              readOnly=${readOnly}
              language=${language}
            />
          `,
        )}
      </tbody>
    </table>
    ${!readOnly &&
    html`
      <button type="button" class="quiet add" disabled=${steps.length >= MOST_STEPS} onClick=${() => act("add", steps.length - 1, "action")}>
        <${Icon} name="plus" />${t().addStep}
      </button>
    `}
  `;
}

/** @param {string} name @param {number} index @param {string} cell where the cursor goes then */
function act(name, index, cell) {
  if (name === "rewrite") return askForRewrite(index);
  const next = command(name, index, carets.get(index) ?? Infinity);
  requestAnimationFrame(() => focusCell(next, name === "add" ? "action" : cell, name === "split" ? 0 : undefined));
}

/**
 * @param {{step: Step, index: number, last: number, found: Map<string, Finding[]>, repaired: boolean, readOnly: boolean, language: import("../types.js").Language}} props
 */
function Row({ step, index, last, found, repaired, readOnly, language }) {
  const [over, setOver] = useState(false);
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    const wanted = readOnly ? "" : stepCommand(event);
    if (!wanted) return;
    event.preventDefault();
    const target = /** @type {HTMLElement} */ (event.target);
    const [, cell = "action"] = (target.dataset.cell ?? "").split(" ");
    if (target instanceof HTMLTextAreaElement && cell === "action") carets.set(index, target.selectionStart);
    act(wanted, index, cell);
  };
  const drop = {
    onDragOver: (/** @type {DragEvent} */ event) => {
      if (!event.dataTransfer?.types.includes("text/x-step")) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (/** @type {DragEvent} */ event) => {
      setOver(false);
      const from = event.dataTransfer?.getData("text/x-step");
      if (from) moveTo(Number(from), index);
    },
  };
  return html`
    <tr class=${`${step.kind} ${over ? "over" : ""} ${readOnly ? "arriving" : ""}`} onKeyDown=${onKeyDown} ...${readOnly ? {} : drop}>
      <${Number_} step=${step} index=${index} readOnly=${readOnly} repaired=${repaired} />
      <${KindCell} step=${step} index=${index} readOnly=${readOnly} />
      ${CELLS.map(
        (cell) => html`
          <${Cell}
            key=${cell}
            name=${`${index} ${cell}`}
            column=${cell}
            label=${t().cell(step.number, t().columns[cell])}
            head=${t().columns[cell]}
            value=${step[cell] ?? ""}
            hint=${cell === "action" ? missingAction(language) : ""}
            findings=${found.get(`/steps/${index}/${cell}`) ?? NONE}
            readOnly=${readOnly}
            onCaret=${cell === "action" ? (/** @type {number} */ at) => carets.set(index, at) : undefined}
            put=${(/** @type {string} */ text) => write(index, { [cell]: cell === "test_data" ? text || null : text })}
          />
        `,
      )}
      <${Verifies} step=${step} index=${index} readOnly=${readOnly} />
      <td class="printed result"></td>
      <td class="printed tester"></td>
      <td class="printed date"></td>
      ${!readOnly && html`<td class="tools"><${StepMenu} index=${index} last=${last} number=${step.number} /></td>`}
    </tr>
  `;
}

const StillRow = still(Row);

/** @type {Finding[]} */
const NONE = [];

/** @param {{step: Step, index: number, readOnly: boolean, repaired: boolean}} props */
function Number_({ step, index, readOnly, repaired }) {
  const onDragStart = (/** @type {DragEvent} */ event) => event.dataTransfer?.setData("text/x-step", String(index));
  return html`
    <th scope="row" class="number">
      <span draggable=${!readOnly} title=${readOnly ? undefined : t().moveStep(step.number)} onDragStart=${onDragStart}>${step.number}</span>
      ${repaired && html`<small class="repaired" lang=${get().language}>${t().repaired}</small>`}
    </th>
  `;
}

/** @param {{step: Step, index: number, readOnly: boolean}} props */
function KindCell({ step, index, readOnly }) {
  const kinds = Object.entries(t().kinds);
  const label = t().kinds[step.kind];
  return html`
    <td class="kind">
      ${readOnly
        ? label
        : html`
            <select
              aria-label=${t().cell(step.number, t().columns.kind)}
              value=${step.kind}
              onChange=${(/** @type {any} */ event) => write(index, { kind: event.target.value })}
            >
              ${kinds.map(([kind, name]) => html`<option value=${kind} selected=${kind === step.kind}>${name}</option>`)}
            </select>
            <span class="on-paper" aria-hidden="true">${label}</span>
          `}
    </td>
  `;
}

/** Numbers of the case's expected results. @param {{step: Step, index: number, readOnly: boolean}} props */
function Verifies({ step, index, readOnly }) {
  const [draft, setDraft] = useState(/** @type {string | null} */ (null));
  const text = step.verifies.join(", ");
  const done = () => {
    if (draft === null) return;
    const most = get().work.procedure?.expected_results.length ?? 0;
    const verifies = numbersIn(draft, most);
    setDraft(null);
    if (verifies.join() !== step.verifies.join()) write(index, { verifies });
  };
  const head = t().columns.verifies;
  if (readOnly) return html`<td class="verifies" data-head=${head}>${text}</td>`;
  return html`
    <td class="verifies" data-head=${head}>
      <input
        aria-label=${t().cell(step.number, t().columns.verifies)}
        inputmode="numeric"
        autocomplete="off"
        value=${draft ?? text}
        onInput=${(/** @type {any} */ event) => setDraft(event.target.value)}
        onBlur=${done}
        onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Enter" && !event.isComposing && done()}
      />
      <span class="on-paper" aria-hidden="true">${text}</span>
    </td>
  `;
}

/** @param {{index: number, last: number, number: number}} props */
function StepMenu({ index, last, number }) {
  const off = /** @type {Record<string, boolean>} */ ({ up: index === 0, down: index === last, join: index === last });
  const items = Object.entries(t().commands).map(([name, label]) => ({
    label,
    hint: KEYS[/** @type {keyof typeof KEYS} */ (name)],
    disabled: off[name] ?? false,
    act: () => act(name, index, "action"),
  }));
  return html`<${Menu} quiet label=${html`<${Icon} name="more" />`} name=${t().stepMenu(number)} items=${items} />`;
}

/**
 * One cell that is written in where it stands. A copy of the text lies under the field, in the same place letter by letter: it gives
 * the cell its height and carries the underlines of the findings; what they say shows below while the cell is pointed at or in use.
 */
import { pieces } from "../spans.js";
import { get } from "../store.js";
import { t } from "../texts.js";
import { html, useState } from "../view.js";

/** @typedef {import("../types.js").Finding} Finding */

/**
 * @param {{name: string, column: string, label: string, head: string, value: string, hint: string, findings: Finding[], readOnly: boolean,
 *   onCaret?: (at: number) => void, put: (text: string) => void}} props
 */
export function Cell({ name, column, label, head, value, hint, findings, readOnly, onCaret, put }) {
  const [hidden, setHidden] = useState(false);
  const notes = findings.length ? `notes-${name.replace(" ", "-")}` : undefined;
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => event.key === "Escape" && setHidden(true);
  const caret = (/** @type {any} */ event) => onCaret?.(event.target.selectionStart);
  return html`
    <td class=${column} data-head=${head} onKeyDown=${onKeyDown} onPointerEnter=${() => setHidden(false)}>
      <div class="written">
        <div class="under" aria-hidden=${!readOnly}>
          ${value ? pieces(value, findings).map(Piece) : readOnly ? "" : hint}${"\u200b"}
        </div>
        ${!readOnly &&
        html`
          <textarea
            data-cell=${name}
            rows="1"
            placeholder=${hint}
            spellcheck=${false}
            aria-label=${label}
            aria-describedby=${notes}
            value=${value}
            onInput=${(/** @type {any} */ event) => put(event.target.value)}
            onFocus=${() => setHidden(false)}
            onBlur=${caret}
            onSelect=${caret}
          ></textarea>
        `}
        ${notes && html`<${Notes} id=${notes} findings=${findings} hidden=${hidden} />`}
      </div>
    </td>
  `;
}

/** @param {ReturnType<typeof pieces>[number]} piece */
function Piece({ text, severity }) {
  return severity ? html`<span class=${`mark ${severity}`}>${text}</span>` : text;
}

/** @param {{id: string, findings: Finding[], hidden: boolean}} props */
function Notes({ id, findings, hidden }) {
  return html`
    <div class=${hidden ? "notes away" : "notes"} id=${id}>
      ${findings.map(
        (finding) => html`
          <p>
            <span class=${`mark ${finding.severity}`} lang=${get().language}>${t().severity[finding.severity]}</span>
            <span>${finding.message}</span>
            ${finding.suggestion && html`<span class="suggestion"><span lang=${get().language}>${t().suggestion}</span>${finding.suggestion}</span>`}
          </p>
        `,
      )}
    </div>
  `;
}

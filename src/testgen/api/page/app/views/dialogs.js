/** What is asked above the page: native dialogs, which keep the focus within and close with Esc. */
import { Failure, giveKey, problemOf } from "../api.js";
import { take } from "../batch.js";
import { forgetHistory } from "../history.js";
import { composing } from "../keys.js";
import { readText, takeOne } from "../paste.js";
import { short } from "../problems.js";
import { get, set } from "../store.js";
import { t } from "../texts.js";
import { html, useEffect, useRef, useState } from "../view.js";
import { Trouble } from "./notices.js";
import { Icon } from "./parts.js";
import { Rewrite } from "./rewriteview.js";
import { closeRewrite } from "../rewrite.js";

const close = () => set({ dialog: null });

export function Dialogs() {
  const { dialog } = get();
  if (!dialog) return null;
  return { help: html`<${Help} />`, key: html`<${Key} />`, paste: html`<${Paste} />`, rewrite: html`<${Box} title=${t().rewriteTitle(get().rewrite?.step ?? 0)} onClose=${closeRewrite}><${Rewrite} /></${Box}>`, forget: html`<${Forget} />` }[
    dialog.name
  ];
}

/** @param {{title: string, onClose: () => void, children?: any}} props */
export function Box({ title, onClose, children }) {
  const box = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useEffect(() => {
    const before = document.activeElement;
    const opened = box.current;
    opened?.showModal();
    return () => {
      opened?.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  const onCancel = (/** @type {Event} */ event) => {
    event.preventDefault();
    onClose();
  };
  return html`
    <dialog ref=${box} aria-labelledby="dialog-title" onCancel=${onCancel}>
      <div class="heading">
        <h2 id="dialog-title">${title}</h2>
        <button type="button" class="quiet icon" aria-label=${t().close} onClick=${onClose}><${Icon} name="close" /></button>
      </div>
      ${children}
    </dialog>
  `;
}

function Help() {
  return html`
    <${Box} title=${t().help} onClose=${close}>
      <dl class="keys">
        ${t().helpKeys.map(([key, what]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}
      </dl>
    </${Box}>
  `;
}

function Key() {
  const [key, setKey] = useState("");
  const use = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (key.trim()) giveKey(key.trim());
  };
  return html`
    <${Box} title=${t().keyTitle} onClose=${() => giveKey(null)}>
      <form onSubmit=${use}>
        <p>${t().keyText}</p>
        <div class="field">
          <label for="key">${t().keyTitle}</label>
          <input id="key" type="password" autocomplete="off" data-own-undo value=${key} onInput=${(/** @type {any} */ event) => setKey(event.target.value)} />
        </div>
        <div class="actions">
          <button type="submit" class="primary" disabled=${!key.trim()}>${t().keyUse}</button>
          <button type="button" onClick=${() => giveKey(null)}>${t().cancel}</button>
        </div>
      </form>
    </${Box}>
  `;
}

/** Reads a text into the form, or into a batch. @param {string} text @returns {Promise<import("../types.js").Problem | null>} what is wrong with it */
async function intoForm(text) {
  try {
    const found = await readText(text);
    if (!found.test_cases.length && !found.procedures.length) return { ...problemOf("unreadable-input"), detail: found.skipped[0]?.reason ?? "" };
    if (!takeOne(found)) take(t().pastedCases, found);
    return null;
  } catch (error) {
    return error instanceof Failure ? error.problem : problemOf("unreadable-input");
  }
}

/** What was pasted onto the page. @param {string} text */
export async function pasted(text) {
  const problem = await intoForm(text);
  if (problem) set({ notice: { text: short(problem), problem } });
}

function Paste() {
  const [text, setText] = useState("");
  const [problem, setProblem] = useState(/** @type {import("../types.js").Problem | null} */ (null));
  const read = async () => {
    if (!text.trim()) return;
    const wrong = await intoForm(text);
    if (wrong) setProblem(wrong);
    else close();
  };
  const onKeyDown = (/** @type {KeyboardEvent} */ event) => {
    if (composing(event) || event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    read();
  };
  return html`
    <${Box} title=${t().pasteTitle} onClose=${close}>
      <div class="field">
        <label for="pasted">${t().pasteText}</label>
        <textarea id="pasted" rows="10" data-own-undo value=${text} onKeyDown=${onKeyDown} onInput=${(/** @type {any} */ event) => setText(event.target.value)}></textarea>
        <p class="hint">${t().pasteHint}</p>
      </div>
      ${problem && html`<div role="alert"><${Trouble} problem=${problem} /></div>`}
      <div class="actions">
        <button type="button" class="primary" disabled=${!text.trim()} onClick=${read}>${t().fill}</button>
        <button type="button" onClick=${close}>${t().cancel}</button>
      </div>
    </${Box}>
  `;
}

function Forget() {
  const all = () => {
    close();
    forgetHistory();
  };
  return html`
    <${Box} title=${t().forgetAll} onClose=${close}>
      <p>${t().forgetAsk}</p>
      <div class="actions">
        <button type="button" class="stop" onClick=${all}>${t().forgetAll}</button>
        <button type="button" onClick=${close}>${t().cancel}</button>
      </div>
    </${Box}>
  `;
}

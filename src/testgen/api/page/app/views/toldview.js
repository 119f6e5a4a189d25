/** What a team tells besides the case, in the form: a knowledge file, and documents. */
import { later } from "../later.js";
import { get } from "../store.js";
import { t } from "../texts.js";
import { html } from "../view.js";

const DOCUMENTS = ".docx,.pdf,.xlsx,.xlsm,.pptx,.html,.htm,.md,.markdown,.txt";

/** The files of a field that was chosen; chosen again, the same file is read anew. @param {any} event @returns {File[]} */
function filesOf(event) {
  const files = [...event.target.files];
  event.target.value = "";
  return files;
}

export function Told() {
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

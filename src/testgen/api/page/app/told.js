/**
 * What a team tells besides the case: its words, what it knows of its product, and documents. Files are read by the service once; what
 * they say is kept in this browser, and sent with each request as far as it is needed.
 */
import { Failure, ask, problemOf } from "./api.js";
import { glossaryOf } from "./glossary.js";
import { forget, keep, kept } from "./keep.js";
import { say } from "./live.js";
import { get, set } from "./store.js";
import { t } from "./texts.js";

/** @typedef {import("./types.js").Told} Told */
/** @typedef {import("./types.js").TestCase} TestCase */
/** @typedef {import("./types.js").ReadDocument} ReadDocument */

const BYTES = "application/octet-stream";
const UNKNOWN_LIMIT = 1_048_576; // bytes of a request, where the service has not said it yet
const SHARE = 0.5; // of a request that documents may take: the rest is the procedure's

/** @param {Partial<Told>} changes */
function now(changes) {
  set({ told: { ...get().told, ...changes } });
}

/** What was told when the page was here before. */
export async function openTold() {
  const [knowledge, documents] = await Promise.all([kept("told", "knowledge"), kept("told", "documents")]).catch(() => []);
  now({ knowledge: knowledge ?? null, documents: documents ?? [] });
}

/** @param {File} file */
export async function tellKnowledge(file) {
  await reading(async () => {
    const { knowledge, left_behind: left = [] } = await (await sendFile("/v1/knowledge", file)).json();
    now({ knowledge: { name: file.name, knowledge, left } });
    keep("told", "knowledge", get().told.knowledge).catch(() => {});
  });
}

/** One after the other: each is a document of its own. @param {File[]} files */
export async function tellDocuments(files) {
  for (const file of files) {
    await reading(async () => {
      const found = await (await sendFile(`/v1/documents?name=${encodeURIComponent(file.name)}`, file)).json();
      const others = get().told.documents.filter(({ name }) => name !== found.name);
      now({ documents: [...others, found] });
      keep("told", "documents", get().told.documents).catch(() => {});
    });
    if (get().told.problem) return;
  }
}

export function forgetKnowledge() {
  now({ knowledge: null, problem: null });
  forget("told", "knowledge").catch(() => {});
  say(t().said.toldForgotten);
}

/** @param {string} name */
export function forgetDocument(name) {
  now({ documents: get().told.documents.filter((document) => document.name !== name), problem: null });
  keep("told", "documents", get().told.documents).catch(() => {});
  say(t().said.toldForgotten);
}

/** @param {() => Promise<void>} work */
async function reading(work) {
  now({ reading: true, problem: null });
  try {
    await work();
    say(t().said.toldRead);
  } catch (error) {
    now({ problem: error instanceof Failure ? error.problem : problemOf("unreadable-input") });
  } finally {
    now({ reading: false });
  }
}

/** @param {string} path @param {File} file */
const sendFile = (path, file) => ask(path, { method: "POST", type: BYTES, body: file });

/** The fields that a request about a case, or about several, has besides. @param {TestCase | (TestCase | null)[] | null} source */
export function toldOf(source) {
  const { glossary, told, info } = get();
  const words = glossaryOf(glossary);
  const documents = within(told.documents, source, (info?.limits.max_body_bytes ?? UNKNOWN_LIMIT) * SHARE);
  return {
    ...(words && { glossary: words }),
    ...(told.knowledge && { knowledge: told.knowledge.knowledge }),
    ...(documents.length > 0 && { documents }),
  };
}

/**
 * The documents whole where a request has room for them, else those passages that are most like the case; the service chooses among them.
 * @param {ReadDocument[]} documents @param {unknown} source the case, or several @param {number} room in bytes
 */
export function within(documents, source, room) {
  const sized = documents.flatMap((document) => document.passages.map((passage) => ({ document, passage, size: sizeOf(passage) })));
  if (sized.reduce((sum, { size }) => sum + size, 0) <= room) return documents;
  const wanted = pairsOf(JSON.stringify(source ?? ""));
  const likest = sized
    .map((entry) => ({ ...entry, alike: shared(pairsOf(`${entry.passage.place} ${entry.passage.text}`), wanted) }))
    .sort((one, other) => other.alike - one.alike);
  const chosen = new Set();
  for (const { passage, size } of likest) {
    if (size > room) continue;
    chosen.add(passage);
    room -= size;
  }
  return documents
    .map((document) => ({ ...document, passages: document.passages.filter((passage) => chosen.has(passage)) }))
    .filter(({ passages }) => passages.length);
}

/** @param {unknown} data */
export const sizeOf = (data) => new TextEncoder().encode(JSON.stringify(data)).length + 1;

/** The pairs of letters of a text, once each. @param {string} text */
function pairsOf(text) {
  const letters = text.toLowerCase().replace(/[\s\p{P}]+/gu, " ");
  return new Set(Array.from({ length: Math.max(letters.length - 1, 0) }, (_, at) => letters.slice(at, at + 2)));
}

/** How much of a passage is the case's, and no matter how long it is. @param {Set<string>} pairs @param {Set<string>} wanted */
function shared(pairs, wanted) {
  let count = 0;
  for (const pair of pairs) if (wanted.has(pair)) count += 1;
  return count / Math.sqrt(pairs.size || 1);
}

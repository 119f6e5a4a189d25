/** What was written in this browser: kept there, found again, forgotten on demand. */
import { forget, forgetAll, keep, allKept, kept } from "./keep.js";
import { get, open, set } from "./store.js";

/** @typedef {import("./types.js").Kept} Kept */
/** @typedef {import("./types.js").Work} Work */

const DRAFT_MS = 800;
const DRAFT = "current";
/** @type {number | undefined} */
let later;

/** Keeps the work as it stands; where a browser keeps nothing (a private window), the page works on. */
export function remember() {
  const { work, batch } = get();
  if (!work.procedure) return;
  store({ uid: work.uid, saved_at: Date.now(), work });
  const { procedure } = work;
  const rows = batch.rows.map((row) => (`row-${row.key}` === work.uid ? { ...row, state: /** @type {const} */ ("done"), procedure } : row));
  const index = rows.findIndex((row) => `row-${row.key}` === work.uid);
  if (index < 0) return;
  set({ batch: { ...batch, rows } }); // a case of the batch was corrected: so is the batch
  keep("rows", rows[index].key, { ...rows[index], index }).catch(() => {});
}

/** @param {Kept} entry */
export function store(entry) {
  keep("works", entry.uid, entry).catch(() => {});
}

/** Reads the history, the latest first. */
export async function readHistory() {
  const entries = /** @type {Kept[]} */ (await allKept("works").catch(() => []));
  entries.sort((one, other) => other.saved_at - one.saved_at);
  set({ history: { ...get().history, entries } });
}

/** @param {Kept[]} entries @param {string} search */
export function found(entries, search) {
  const words = search.normalize("NFKC").toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return entries;
  return entries.filter((entry) => words.every((word) => searched(entry).includes(word)));
}

/** @type {WeakMap<Kept, string>} made once, not at each letter of a search */
const searchable = new WeakMap();

/** What a search looks into. @param {Kept} entry */
function searched(entry) {
  const known = searchable.get(entry);
  if (known !== undefined) return known;
  const text = JSON.stringify([entry.work.form, entry.work.procedure?.steps]).normalize("NFKC").toLowerCase();
  searchable.set(entry, text);
  return text;
}

/** @param {string} uid */
export async function forgetOne(uid) {
  await forget("works", uid).catch(() => {});
  await readHistory();
}

export async function forgetHistory() {
  await forgetAll("works").catch(() => {});
  await readHistory();
}

/** Keeps what is being worked on, soon: closing the tab loses nothing. */
export function keepDraft() {
  clearTimeout(later);
  later = setTimeout(() => keep("drafts", DRAFT, get().work).catch(() => {}), DRAFT_MS);
}

/** Opens what was being worked on when the page was left. */
export async function openDraft() {
  const work = /** @type {Work | undefined} */ (await kept("drafts", DRAFT).catch(() => undefined));
  if (work?.form) open(work);
}

/** What this browser keeps: finished work, what is being worked on, a batch row by row, and what a team tells. The service stores nothing. */

const NAME = "testgen";
const STORES = ["works", "drafts", "batches", "rows", "told"];
const VERSION = 2; // of the stores
/** @type {Promise<IDBDatabase> | undefined} */
let opened;

/** @returns {Promise<IDBDatabase>} */
function database() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => {
      const there = request.result.objectStoreNames;
      for (const name of STORES) if (!there.contains(name)) request.result.createObjectStore(name);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

/**
 * @template T
 * @param {string} store @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => IDBRequest<T>} work
 * @returns {Promise<T>}
 */
async function within(store, mode, work) {
  const transaction = (await database()).transaction(store, mode);
  const request = work(transaction.objectStore(store));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request.result);
    transaction.onerror = transaction.onabort = () => reject(transaction.error);
  });
}

/** @param {string} store @param {string} key @param {unknown} value */
export const keep = (store, key, value) => within(store, "readwrite", (found) => found.put(value, key));

/** In the place of all that was there, in one go: what is kept afterwards is not undone by it. @param {string} store @param {[string, unknown][]} entries */
export const keepOnly = (store, entries) =>
  within(store, "readwrite", (found) => {
    const cleared = found.clear();
    for (const [key, value] of entries) found.put(value, key);
    return cleared;
  });

/** @param {string} store @param {string} key @returns {Promise<any>} */
export const kept = (store, key) => within(store, "readonly", (found) => found.get(key));

/** @param {string} store @returns {Promise<any[]>} */
export const allKept = (store) => within(store, "readonly", (found) => found.getAll());

/** @param {string} store @param {string} key */
export const forget = (store, key) => within(store, "readwrite", (found) => found.delete(key));

/** @param {string} store */
export const forgetAll = (store) => within(store, "readwrite", (found) => found.clear());

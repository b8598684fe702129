// @ts-check
// What no page's process may read or change: kept in the database of the extension's own origin. Content scripts run in
// the pages' processes and see `storage.local` in every browser that cannot forbid it; a database of ours they never see.

const STORE = "kept";

/** @template T @param {IDBRequest<T>} request @returns {Promise<T>} */
const settled = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function open() {
  const request = indexedDB.open("touchstone", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(STORE);
  return settled(request);
}

/** @template T @param {IDBTransactionMode} mode @param {(store: IDBObjectStore) => Promise<T>} work */
async function within(mode, work) {
  const database = await open();
  try {
    const transaction = database.transaction(STORE, mode);
    const ended = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const [result] = await Promise.all([work(transaction.objectStore(STORE)), ended]);
    return result;
  } finally {
    database.close();
  }
}

/** @param {string[]} names @returns {Promise<unknown[]>} each value, undefined where nothing is kept */
export const read = (...names) =>
  within("readonly", (store) => Promise.all(names.map((name) => settled(store.get(name)))));

/** @param {Record<string, unknown>} values all of them, or none when the disk is full */
export const keep = (values) =>
  within("readwrite", async (store) => {
    await Promise.all(Object.entries(values).map(([name, value]) => settled(store.put(value, name))));
  });

/** @param {string} name */
export const forget = (name) => within("readwrite", (store) => settled(store.delete(name)));

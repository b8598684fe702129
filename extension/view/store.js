// @ts-check
// What the background keeps of one tab in storage.session, and every change to it, so that it does not matter whether
// the worker was stopped in between, or whether this page was closed.

import { focusKey, pageKey, resultKey } from "../lib/keys.js";

/**
 * @typedef {object} Snapshot
 * @property {Page | null} page
 * @property {Map<string, Result>} results by the item's key
 */

/**
 * @param {number} tabId
 * @param {{changed: () => void, focus: (key: string) => void}} listener
 * @returns {Promise<{snapshot: Snapshot, stop: () => void}>} a snapshot that is kept up to date in place
 */
export async function watch(tabId, { changed, focus }) {
  const pageName = pageKey(tabId);
  const focusName = focusKey(tabId);
  const prefix = resultKey(tabId, "");
  /** @type {Snapshot} */
  const snapshot = { page: null, results: new Map() };

  /** @param {Record<string, unknown>} values undefined for what was removed @returns {boolean} */
  const take = (values) => {
    let any = false;
    for (const [name, value] of Object.entries(values)) {
      if (name === pageName) snapshot.page = /** @type {Page | undefined} */ (value) ?? null;
      else if (!name.startsWith(prefix)) continue;
      else if (value === undefined) snapshot.results.delete(name.slice(prefix.length));
      else snapshot.results.set(name.slice(prefix.length), /** @type {Result} */ (value));
      any = true;
    }
    return any;
  };
  /** @param {unknown} key */
  const takeFocus = (key) => {
    if (typeof key !== "string") return;
    void browser.storage.session.remove(focusName);
    focus(key);
  };
  /** @param {Record<string, chrome.storage.StorageChange>} changes */
  const listener = (changes) => {
    const now = Object.fromEntries(Object.entries(changes).map(([name, { newValue }]) => [name, newValue]));
    if (take(now)) changed();
    takeFocus(now[focusName]);
  };

  browser.storage.session.onChanged.addListener(listener);
  const names = await browser.storage.session.getKeys();
  const ours = names.filter((name) => name === pageName || name === focusName || name.startsWith(prefix));
  const stored = await browser.storage.session.get(ours);
  take(stored);
  takeFocus(stored[focusName]);
  return { snapshot, stop: () => browser.storage.session.onChanged.removeListener(listener) };
}

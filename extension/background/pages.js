// @ts-check
// What is known of each tab's page, kept in storage.session so that it survives the worker being stopped and so that
// the popup can watch it. The copy in memory is the one that is changed; while the worker lives it is never behind.

import { pageKey, resultKey } from "../lib/keys.js";

/** @type {Map<number, Page>} */
const pages = new Map();

/** @param {number} tabId @returns {Promise<Page | null>} */
export async function getPage(tabId) {
  if (!pages.has(tabId)) {
    const stored = (await browser.storage.session.get(pageKey(tabId)))[pageKey(tabId)];
    if (stored && !pages.has(tabId)) pages.set(tabId, /** @type {Page} */ (stored));
  }
  return pages.get(tabId) ?? null;
}

/** Forget whatever was known of this tab and begin anew. @param {Page} page */
export async function startPage(page) {
  await dropPage(page.tabId);
  pages.set(page.tabId, page);
  await savePage(page);
}

/** @param {Page} page */
export const isCurrent = (page) => pages.get(page.tabId) === page;

/** @param {Page} page */
export async function savePage(page) {
  if (isCurrent(page)) await browser.storage.session.set({ [pageKey(page.tabId)]: page });
}

/** @param {Page} page @param {string} key @param {Result} result */
export async function saveResult(page, key, result) {
  if (!isCurrent(page)) return;
  await browser.storage.session.set({ [resultKey(page.tabId, key)]: result, [pageKey(page.tabId)]: page });
}

/** @param {number} tabId @param {string} key @returns {Promise<Result | null>} */
export async function getResult(tabId, key) {
  const stored = await browser.storage.session.get(resultKey(tabId, key));
  return /** @type {Result | undefined} */ (stored[resultKey(tabId, key)]) ?? null;
}

/** @param {number} tabId */
export async function dropPage(tabId) {
  pages.delete(tabId);
  const stored = await browser.storage.session.getKeys();
  await browser.storage.session.remove(
    stored.filter((name) => name === pageKey(tabId) || name.startsWith(resultKey(tabId, ""))),
  );
}

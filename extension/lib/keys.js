// @ts-check
// What is kept where in storage.session: a tab's Page, the answer for each of its items, and the badge to open next.

/** @param {number} tabId */
export const pageKey = (tabId) => `page:${tabId}`;
/** @param {number} tabId @param {string} key of the item */
export const resultKey = (tabId, key) => `result:${tabId}:${key}`;
/** @param {number} tabId */
export const focusKey = (tabId) => `focus:${tabId}`;

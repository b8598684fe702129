// @ts-check
// What is kept where in storage.session: a tab's Page, the answer for each of its items, and the badge to open next.
// What a person handed over is kept like the page of a tab that no browser has.

/** Stands for a tab's number: what was dropped, pasted or chosen from a menu. */
export const HANDED = 0;

/** @param {number} tabId */
export const pageKey = (tabId) => `page:${tabId}`;
/** @param {number} tabId @param {string} key of the item */
export const resultKey = (tabId, key) => `result:${tabId}:${key}`;
/** @param {number} tabId */
export const focusKey = (tabId) => `focus:${tabId}`;
/** @param {string} key of a handed item: what is sent for it */
export const sourceKey = (key) => `source:${key}`;

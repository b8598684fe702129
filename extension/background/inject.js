// @ts-check
// Puts the content scripts into a page when somebody asks for it, and asks them what is there.

import { readFound } from "./candidates.js";
import { markedSites } from "./grants.js";

// Their order matters: each adds one member to the namespace of the first, and the last one starts. Leading slashes,
// because Firefox resolves these against the page that calls.
export const CONTENT_FILES = [
  "/content/ns.js",
  "/content/dom.js",
  "/content/platforms.js",
  "/content/sites.js",
  "/content/classify.js",
  "/content/work.js",
  "/content/reach.js",
  "/content/spot.js",
  "/content/find.js",
  "/content/styles.js",
  "/content/linked.js",
  "/content/context.js",
  "/content/registry.js",
  "/content/sites/any.js",
  "/content/sites/dates.js",
  "/content/sites/linkedin.js",
  "/content/sites/mail.js",
  "/content/sites/gmail.js",
  "/content/sites/outlook.js",
  "/content/sites/github.js",
  "/content/astray.js",
  "/content/picture.js",
  "/content/layer.js",
  "/content/button.js",
  "/content/marks.js",
  "/content/watch.js",
  "/content/main.js",
];
const GRANT_DELAY = 200; // ms: the click's permission can arrive a little after the click

/**
 * @param {number} tabId
 * @returns {Promise<string | null>} the document's id; null where the browser allows no scripts
 */
async function inject(tabId) {
  for (const delay of [0, GRANT_DELAY]) {
    await new Promise((resolve) => setTimeout(resolve, delay));
    const results = await browser.scripting.executeScript({ target: { tabId }, files: CONTENT_FILES }).catch(() => []);
    if (results[0]?.documentId) return results[0].documentId;
  }
  return null;
}

/**
 * @typedef {object} Found
 * @property {string} documentId
 * @property {string} host
 * @property {Candidate[]} candidates
 * @property {string} site whose adapter looked
 * @property {string} [changed] the site's own name, where its page is not built as its adapter knows it
 * @property {boolean} off whether the page asks to be left alone
 */

/**
 * @param {number} tabId
 * @param {string | null} documentId of the page we were in before, which needs no new permission
 * @returns {Promise<Found | null>} null: this page cannot be scanned
 */
export async function findIn(tabId, documentId) {
  const marks = await markedSites();
  for (const id of [documentId, undefined]) {
    const target = id === undefined ? await inject(tabId) : id;
    if (!target) continue;
    const found = await tell(tabId, target, { type: "page.find", marks });
    if (found) return { documentId: target, ...readFound(found) };
  }
  return null;
}

/**
 * @param {number} tabId
 * @param {string} documentId
 * @param {object} message
 * @returns {Promise<any>} undefined when that document is gone
 */
export const tell = (tabId, documentId, message) =>
  browser.tabs.sendMessage(tabId, message, { documentId }).catch(() => undefined);

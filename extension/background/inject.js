// @ts-check
// Puts the content scripts into a page when somebody asks for it, and asks them what is there.

import { readCandidates } from "./candidates.js";

// Their order matters: each adds one member to the namespace of the first, and the last one starts. Leading slashes,
// because Firefox resolves these against the page that calls.
export const CONTENT_FILES = [
  "/content/ns.js",
  "/content/platforms.js",
  "/content/sites.js",
  "/content/classify.js",
  "/content/context.js",
  "/content/find.js",
  "/content/registry.js",
  "/content/picture.js",
  "/content/layer.js",
  "/content/button.js",
  "/content/marks.js",
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
 * @param {number} tabId
 * @param {string | null} documentId of the page we were in before, which needs no new permission
 * @returns {Promise<{documentId: string, host: string, candidates: Candidate[]} | null>} null: this page cannot be scanned
 */
export async function findIn(tabId, documentId) {
  for (const id of [documentId, undefined]) {
    const target = id === undefined ? await inject(tabId) : id;
    if (!target) continue;
    const found = await tell(tabId, target, { type: "page.find" });
    if (found)
      return { documentId: target, host: String(found.host ?? ""), candidates: readCandidates(found.candidates) };
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

// @ts-check
// What the reader's own tab shows, as evidence: its address is the browser's word, taken before and after the document
// was read, and a page that went elsewhere in between proves nothing.

import { ServerTrouble } from "./api.js";
import { awardAt } from "./links.js";

const MOST_BYTES = 4 * 1024 * 1024; // the server's own limit for one document

/** @param {number} tabId @returns {Promise<string | null>} null where the browser does not let us know */
export async function addressOf(tabId) {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  return tab?.url ?? null;
}

/** @param {string | null} address @returns {string | null} what tells one page from another: not the place in it that is scrolled to */
export function pageOf(address) {
  const url = address === null ? null : URL.parse(address);
  if (!url) return null;
  if (!/^#!|\//.test(url.hash)) url.hash = ""; // some sites name their pages there
  return url.href;
}

/**
 * @param {Page} page
 * @returns {Promise<{url: string, html: string}>} for a page that is a platform's own of an award
 * @throws {ServerTrouble} `refused` with the reason: `page_gone`, `page_moved`, `page_no_award`, `page_large`
 */
export async function seenIn({ tabId, documentId }) {
  const refuse = (/** @type {string} */ reason) => new ServerTrouble("refused", undefined, reason);
  const before = await addressOf(tabId);
  const url = before && awardAt(before);
  if (!before) throw refuse("page_gone");
  if (!url) throw refuse("page_no_award");
  const read = await browser.scripting
    .executeScript({ target: { tabId, documentIds: [documentId] }, func: readDocument })
    .catch(() => []);
  const shown = /** @type {{address: string, html: string} | undefined} */ (read[0]?.result);
  if (!shown) throw refuse("page_gone");
  if ((await addressOf(tabId)) !== before || shown.address !== before) throw refuse("page_moved");
  if (new TextEncoder().encode(shown.html).length > MOST_BYTES) throw refuse("page_large");
  return { url, html: shown.html };
}

/** Runs in the page, in a world of our own: what scripts of the page put in place of these names does not count there. */
function readDocument() {
  return { address: location.href, html: document.documentElement.outerHTML };
}

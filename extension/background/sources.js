// @ts-check
// What goes to the server for one item: an address, a picture's bytes, what the tab shows, or what was handed over.

import { HANDED, sourceKey } from "../lib/keys.js";
import { sourceOf } from "./candidates.js";
import { tell } from "./inject.js";
import { seenIn } from "./tab.js";

/**
 * @param {Page} page
 * @param {Item} item
 * @returns {Promise<Source | null>} null: it is no longer to be had
 */
export async function sourceFor(page, item) {
  if (page.tabId === HANDED) {
    const stored = await browser.storage.session.get(sourceKey(item.key));
    return /** @type {Source | undefined} */ (stored[sourceKey(item.key)]) ?? null;
  }
  const context = item.context ? { context: item.context } : {};
  if (item.seen) return { ...(await seenIn(page)), ...context };
  const url = item.url ?? (await tell(page.tabId, page.documentId, { type: "page.address", key: item.key }));
  const source = typeof url === "string" ? sourceOf(url) : null;
  return source && { ...source, ...context };
}

/** @param {Source} source @returns {number} characters of what it sends along */
export function weightOf(source) {
  if ("bytes" in source) return source.bytes.length;
  if ("credential" in source) return source.credential.length;
  return source.html?.length ?? 0;
}

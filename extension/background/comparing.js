// @ts-check
// Holds the page in front against the reader's own wallet, because they pressed that button: what was found on it goes
// to the server once more, and what comes back is shown and not kept.

import { compare, ServerTrouble } from "./api.js";
import { readAstray } from "./candidates.js";
import { tell } from "./inject.js";
import { getPage } from "./pages.js";
import { sourceFor, weightOf } from "./sources.js";

const MOST = 200; // what the server looks at
const MOST_CHARACTERS = 12_000_000; // of pictures and texts sent along
const AWARDS = new Set(["award", "page", "document"]);

/** @param {Item} item @returns {boolean} whether it is an entry, whatever came of it; most pictures of a page are none */
const isEntry = ({ state, kind }) => state === "shown" || (state === "unread" && AWARDS.has(kind));

/**
 * @param {number} tabId
 * @returns {Promise<{found: Comparison, keys: (string | null)[]}>} `keys` of the items, in the order of their `index`
 * @throws {ServerTrouble} `page_gone` when the tab no longer shows that page
 */
export async function compareWithWallet(tabId) {
  const page = await getPage(tabId);
  const astray = page && readAstray(await tell(tabId, page.documentId, { type: "page.astray" }));
  if (!page || !astray) throw new ServerTrouble("refused", undefined, "page_gone");
  /** @type {Source[]} */
  const items = [];
  /** @type {(string | null)[]} */
  const keys = [];
  let characters = 0;
  for (const item of page.items.filter(isEntry)) {
    const source = await sourceFor(page, { ...item, seen: false });
    characters += source ? weightOf(source) : 0;
    if (!source || items.length === MOST || characters > MOST_CHARACTERS) continue;
    items.push(source);
    keys.push(item.key);
  }
  for (const { url, context } of astray.links) {
    items.push({ url, ...(context ? { context } : {}) });
    keys.push(null);
  }
  return { found: await compare({ page: astray.page, items }), keys };
}

// @ts-check
// What a person handed over: kept like the items of a page that no tab has, their sources beside them, so that a stopped
// worker goes on where it was and a badge can be saved after the panel was closed.

import { t } from "../lib/i18n.js";
import { fromAddress, fromText, LONGEST } from "../lib/handed.js";
import { focusKey, HANDED, sourceKey } from "../lib/keys.js";
import { ServerTrouble } from "./api.js";
import { check } from "./checking.js";
import { plainAddress } from "./links.js";
import { dropPage, getPage, savePage, saveResult, startPage } from "./pages.js";

const MOST = 50;

/** @typedef {import("../lib/handed.js").Handed} Handed */

/** @returns {Promise<Page>} */
async function handedPage() {
  const known = await getPage(HANDED);
  if (known) return known;
  /** @type {Page} */
  const page = { tabId: HANDED, documentId: "", host: "", items: [], phase: "done", trouble: null };
  await startPage(page);
  return page;
}

/** @param {Page} page @returns {string} */
const nextKey = (page) => `h${1 + Math.max(0, ...page.items.map(({ key }) => Number(key.slice(1))))}`;

/**
 * @param {Handed} handed
 * @returns {Promise<string>} the item's key; it is the one that is opened next
 */
export async function take(handed) {
  const page = await handedPage();
  const key = nextKey(page);
  const isUsable = "source" in handed;
  /** @type {Item} */
  const item = {
    key,
    url: isUsable && "url" in handed.source ? handed.source.url : null,
    kind: "handed",
    provider: null,
    label: handed.label ?? "",
    context: null,
    state: isUsable ? "waiting" : "shown",
  };
  if (isUsable) await keep(page, key, handed.source);
  page.items.unshift(item);
  page.trouble = null;
  for (const { key } of page.items.splice(MOST)) await browser.storage.session.remove(sourceKey(key));
  if (!isUsable) await saveResult(page, key, { answer: { error: { code: "unusable", says: t(handed.reason) } } });
  await savePage(page);
  await browser.storage.session.set({ [focusKey(HANDED)]: key });
  if (isUsable) void check(page);
  return key;
}

/** What storage has no room for any more goes, the oldest first. @param {Page} page @param {string} key @param {Source} source */
async function keep(page, key, source) {
  const size = JSON.stringify(source).length;
  if (size > LONGEST + 100) throw new ServerTrouble("refused", t("handed_large"));
  let all = size;
  for (const { key: other } of page.items) {
    const name = sourceKey(other);
    all += (await browser.storage.session.getBytesInUse(name)) || 0;
    if (all > LONGEST) await browser.storage.session.remove(name);
  }
  await browser.storage.session.set({ [sourceKey(key)]: source });
}

/** @param {string} text pasted or selected */
export const takeText = (text) => take(fromText(text, plainAddress));

/** @param {string} address of a link or a picture */
export const takeAddress = (address) => take(fromAddress(address, plainAddress));

/** @param {unknown} bytes base64 @param {string} label a file's name */
export function takeFile(bytes, label) {
  const isFile = typeof bytes === "string" && bytes !== "" && bytes.length <= LONGEST;
  return take(isFile ? { source: { bytes }, label } : { reason: "handed_large", label });
}

/** Forget all of it. */
export async function letGo() {
  const page = await getPage(HANDED);
  await browser.storage.session.remove((page?.items ?? []).map(({ key }) => sourceKey(key)));
  await dropPage(HANDED);
}

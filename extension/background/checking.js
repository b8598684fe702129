// @ts-check
// Takes a tab's candidates to the server and its answers back to the page, the toolbar and storage, each as it is
// ready.

import { fateOf, isReport } from "../lib/report.js";
import { save, ServerTrouble, verifyBatch } from "./api.js";
import { sourceOf } from "./candidates.js";
import { drawingFor, showCount } from "./drawing.js";
import { findIn, tell } from "./inject.js";
import { dropPage, getPage, getResult, isCurrent, savePage, saveResult, startPage } from "./pages.js";

const MOST_AT_ONCE = 500; // the server's limit
const MOST_CHARACTERS = 12_000_000; // of pictures sent along in one request

/** @type {Map<number, {page: Page, ending: AbortController}>} what is being checked, by tab */
const running = new Map();

/**
 * Look through the tab's page and have everything new checked. Returns as soon as it is known what there is to check.
 * @param {number} tabId
 */
export async function look(tabId) {
  const before = await getPage(tabId);
  const found = await findIn(tabId, before?.documentId || null);
  if (!found) {
    const page = blankPage(tabId, "", "");
    page.trouble = { code: "no_scan" };
    page.phase = "done";
    return startPage(page);
  }
  let page = before;
  if (!page || page.documentId !== found.documentId) {
    page = blankPage(tabId, found.documentId, found.host);
    await startPage(page);
  }
  add(page, found.candidates);
  page.trouble = null;
  void check(page);
}

/** @param {number} tabId @param {string} documentId @param {string} host @returns {Page} */
const blankPage = (tabId, documentId, host) => ({
  tabId,
  documentId,
  host,
  items: [],
  phase: "looking",
  trouble: null,
});

/**
 * What a page added after it was first looked through.
 * @param {number} tabId
 * @param {string} documentId
 * @param {Candidate[]} candidates
 */
export async function lookFurther(tabId, documentId, candidates) {
  const page = await getPage(tabId);
  if (page?.documentId !== documentId) return;
  add(page, candidates);
  void check(page);
}

/** @param {number} tabId @param {string | null} key one item, or all */
export async function checkAgain(tabId, key) {
  const page = await getPage(tabId);
  if (!page) return;
  for (const item of page.items) {
    if (key === null || item.key === key) item.state = "waiting";
  }
  page.trouble = null;
  await check(page, true);
}

/** @param {Page} page @param {Candidate[]} candidates */
function add(page, candidates) {
  const known = new Set(page.items.map(({ key }) => key));
  for (const { key, url, kind, provider, label, context } of candidates) {
    if (known.has(key)) continue;
    page.items.push({
      key,
      url: url.startsWith("data:") ? null : url,
      kind,
      provider,
      label,
      context,
      state: "waiting",
    });
  }
}

/**
 * @param {Page} page
 * @param {Item} item
 * @returns {Promise<import("./api.js").Source | null>} null: the page no longer has it
 */
async function sourceFor(page, item) {
  const url = item.url ?? (await tell(page.tabId, page.documentId, { type: "page.address", key: item.key }));
  const source = typeof url === "string" ? sourceOf(url) : null;
  return source && { ...source, ...(item.context ? { context: item.context } : {}) };
}

/** @typedef {{items: Item[], sources: import("./api.js").Source[]}} Batch side by side */

/** @param {Page} page @returns {Promise<Batch>} the next ones, as many as go at once */
async function nextBatch(page) {
  /** @type {Item[]} */
  const items = [];
  const sources = [];
  let characters = 0;
  for (const item of page.items) {
    if (item.state !== "waiting") continue;
    const source = await sourceFor(page, item);
    if (!source) {
      item.state = "unread";
      continue;
    }
    characters += "bytes" in source ? source.bytes.length : 0;
    if (items.length >= MOST_AT_ONCE || (items.length > 0 && characters > MOST_CHARACTERS)) break;
    items.push(item);
    sources.push(source);
  }
  return { items, sources };
}

/**
 * Have all that waits checked. Only one run a tab; it picks up what is added meanwhile.
 * @param {Page} page
 * @param {boolean} [anew]
 */
async function check(page, anew = false) {
  const already = running.get(page.tabId);
  if (already?.page === page) return;
  already?.ending.abort();
  const ending = new AbortController();
  running.set(page.tabId, { page, ending });
  page.phase = "checking";
  await savePage(page);
  try {
    for (;;) {
      const batch = await nextBatch(page);
      if (batch.items.length === 0 || page.trouble) break;
      await checkBatch(page, batch, anew, ending);
    }
  } catch (problem) {
    if (problem instanceof ServerTrouble)
      page.trouble = { code: problem.code, ...(problem.says ? { says: problem.says } : {}) };
    else if (!ending.signal.aborted) throw problem;
  } finally {
    if (running.get(page.tabId)?.ending === ending) running.delete(page.tabId);
    page.phase = "done";
    await savePage(page);
    await showCount(page);
  }
}

/** @param {Page} page @param {Batch} batch @param {boolean} anew @param {AbortController} ending */
async function checkBatch(page, { items, sources }, anew, ending) {
  for await (const { index, ...answer } of verifyBatch(sources, { anew, signal: ending.signal })) {
    const item = items[index];
    if (!item || !isCurrent(page)) continue;
    await settle(page, item, /** @type {Answer} */ (answer), ending);
  }
  if (items.some(({ state }) => state === "waiting")) throw new ServerTrouble("interrupted");
}

/** @param {Page} page @param {Item} item @param {Answer} answer @param {AbortController} ending */
async function settle(page, item, answer, ending) {
  item.state = fateOf(item, answer);
  if (item.state !== "shown") return savePage(page);
  const before = await getResult(page.tabId, item.key);
  await saveResult(page, item.key, { answer, ...(before?.saved ? { saved: before.saved } : {}) });
  const drawing = drawingFor(answer, item.label);
  const drawn = await tell(page.tabId, page.documentId, { type: "page.mark", key: item.key, drawing });
  if (drawn === undefined) ending.abort(); // the page is gone, and with it the question
  await showCount(page);
}

/** @param {number} tabId @param {string} key @returns {Promise<string>} the wallet's id for it */
export async function saveToWallet(tabId, key) {
  const page = await getPage(tabId);
  const item = page?.items.find((one) => one.key === key);
  const source = page && item ? await sourceFor(page, item) : null;
  if (!page || !source) throw new ServerTrouble("refused", undefined, "gone");
  const { id } = await save(source);
  const result = await getResult(tabId, key);
  if (result && isReport(result.answer)) await saveResult(page, key, { ...result, saved: String(id) });
  return String(id);
}

/** @param {number} tabId */
export async function forget(tabId) {
  running.get(tabId)?.ending.abort();
  await dropPage(tabId);
}

// @ts-check
// Takes what waits to the server, and its answers back to the page, the toolbar and storage, each as it is ready.

import { HANDED } from "../lib/keys.js";
import { fateOf, isReport } from "../lib/report.js";
import { save, ServerTrouble, verify, verifyBatch } from "./api.js";
import { drawingFor, showCount } from "./drawing.js";
import { tell } from "./inject.js";
import { askWhichAreYours } from "./mine.js";
import { dropPage, getPage, getResult, isCurrent, savePage, saveResult } from "./pages.js";
import { sourceFor, weightOf } from "./sources.js";

const MOST_AT_ONCE = 500; // the server's limit
const MOST_CHARACTERS = 12_000_000; // of pictures and texts sent along in one request

/** The alarm that wakes a worker which was stopped in the middle, and how often it rings meanwhile. */
export const RESUME = "resume";
const EVERY_MINUTES = 0.5;

/** @type {Map<number, {page: Page, ending: AbortController}>} what is being checked, by tab */
const running = new Map();

/** Go on with what a stopped worker left. */
export async function resume() {
  const names = await browser.storage.session.getKeys();
  const tabs = names.flatMap((name) => /^page:(\d+)$/.exec(name)?.[1] ?? []);
  for (const tabId of tabs.map(Number)) {
    const page = await getPage(tabId);
    if (page?.phase === "checking") void check(page);
  }
  if (running.size === 0) await browser.alarms.clear(RESUME);
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

/**
 * Have one award judged by what the reader's own tab shows of it.
 * @param {number} tabId @param {string} key
 * @throws {ServerTrouble} with the reason, when the tab no longer shows it
 */
export async function checkAsSeen(tabId, key) {
  const page = await getPage(tabId);
  const item = page?.items.find((one) => one.key === key);
  if (!page || item?.kind !== "page") throw new ServerTrouble("refused", undefined, "page_gone");
  const source = await sourceFor(page, { ...item, seen: true });
  if (!source) throw new ServerTrouble("refused", undefined, "page_gone");
  const answer = await verify(source);
  item.seen = true;
  await settle(page, item, answer, new AbortController());
}

/** @typedef {{items: Item[], sources: Source[]}} Batch side by side */

/** @param {Page} page @returns {Promise<Batch>} the next ones, as many as go at once */
async function nextBatch(page) {
  /** @type {Item[]} */
  const items = [];
  const sources = [];
  let characters = 0;
  for (const item of page.items.filter(({ state }) => state === "waiting")) {
    const source = await sourceFor(page, item).catch((problem) => {
      if (problem instanceof ServerTrouble) return null; // the tab shows it no longer
      throw problem;
    });
    if (!source) {
      item.state = (await getResult(page.tabId, item.key)) ? "shown" : "unread";
      continue;
    }
    characters += weightOf(source);
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
export async function check(page, anew = false) {
  const already = running.get(page.tabId);
  if (already?.page === page) return;
  already?.ending.abort();
  const ending = new AbortController();
  running.set(page.tabId, { page, ending });
  page.phase = "checking";
  await Promise.all([savePage(page), browser.alarms.create(RESUME, { periodInMinutes: EVERY_MINUTES })]);
  try {
    for (;;) {
      const batch = await nextBatch(page);
      if (batch.items.length === 0 || page.trouble) break;
      await checkBatch(page, batch, anew, ending);
    }
  } catch (problem) {
    if (problem instanceof ServerTrouble) page.trouble = told(problem);
    else if (!ending.signal.aborted) throw problem;
  } finally {
    if (running.get(page.tabId)?.ending === ending) running.delete(page.tabId);
    page.phase = "done";
    await savePage(page);
    if (page.tabId !== HANDED) await showCount(page);
    if (running.size === 0) await browser.alarms.clear(RESUME);
  }
  if (!page.trouble && isCurrent(page)) await askWhichAreYours(page, sourceFor, ending).catch(unlessServer);
}

/** @param {ServerTrouble} trouble @returns {Trouble} */
const told = ({ code, says }) => ({ code, ...(says ? { says } : {}) });

/** @param {unknown} problem an offer that could not be made is no trouble */
function unlessServer(problem) {
  if (!(problem instanceof ServerTrouble)) throw problem;
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
  await saveResult(page, item.key, { ...before, answer });
  if (page.tabId === HANDED) return;
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
  if (!page || !source) throw new ServerTrouble("refused", undefined, "page_gone");
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

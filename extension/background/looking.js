// @ts-check
// Looks through a tab's page because a person asked for it, and lets go of what was found when the page is left.

import { check, forget } from "./checking.js";
import { findIn, tell } from "./inject.js";
import { getPage, startPage } from "./pages.js";
import { addressOf, pageOf } from "./tab.js";

/**
 * Look through the tab's page and have everything new checked. Returns as soon as it is known what there is to check.
 * @param {number} tabId
 * @param {boolean} clicked on the toolbar's button, by which the browser lets us into the page
 */
export async function look(tabId, clicked) {
  const address = pageOf(await addressOf(tabId));
  const before = await getPage(tabId);
  const found = await findIn(tabId, before?.documentId || null);
  if (!found) {
    const page = await blankPage(tabId, "", "", address);
    page.trouble = { code: address === null && !clicked ? "no_grant" : "no_scan" };
    page.phase = "done";
    return startPage(page);
  }
  let page = before;
  if (!page || page.documentId !== found.documentId || isElsewhere(page, address)) {
    page = await blankPage(tabId, found.documentId, found.host, address);
    await startPage(page);
  }
  const { changed } = /** @type {{changed?: unknown}} */ (found);
  if (typeof changed === "string" && changed !== "") page.changed = changed.slice(0, 40);
  else delete page.changed;
  add(page, found.candidates);
  page.trouble = found.off ? { code: "opted_out" } : null;
  page.site = found.site;
  if (found.changed) page.changed = found.changed;
  else delete page.changed;
  void check(page);
}

/** @param {number} tabId @param {string} documentId @param {string} host @param {string | null} address @returns {Promise<Page>} */
async function blankPage(tabId, documentId, host, address) {
  const tab = await browser.tabs.get(tabId).catch(() => null);
  return {
    tabId,
    documentId,
    host,
    items: [],
    phase: "looking",
    trouble: null,
    looked: new Date().toISOString(),
    ...(address ? { address } : {}),
    ...(tab?.title ? { title: tab.title.slice(0, 200) } : {}),
  };
}

/** @param {Page} page @param {string | null} address where its tab is now, if that may be known */
const isElsewhere = (page, address) => address !== null && page.address !== undefined && page.address !== address;

/**
 * What a page added after it was first looked through. What comes from another page than that is nothing anybody asked for.
 * @param {number} tabId
 * @param {string} documentId
 * @param {Candidate[]} candidates
 * @returns {Promise<boolean>} whether they were taken; they are not while the first look is still being written down
 */
export async function lookFurther(tabId, documentId, candidates) {
  const page = await getPage(tabId);
  if (page?.documentId !== documentId || isElsewhere(page, pageOf(await addressOf(tabId)))) return false;
  add(page, candidates);
  void check(page);
  return true;
}

/**
 * Let go of a page that its tab no longer shows, so that no verdict stands beside a page it is not of. Looks at nothing.
 * @param {number} tabId
 * @returns {Promise<"none" | "same" | "left">}
 */
export async function leave(tabId) {
  const page = await getPage(tabId);
  if (!page) return "none";
  const [isThere, address] = await Promise.all([answers(page), addressOf(tabId)]);
  if (page.documentId === "" ? !isElsewhere(page, pageOf(address)) : isThere && !isElsewhere(page, pageOf(address))) {
    return "same";
  }
  await forget(tabId);
  return "left";
}

/**
 * Leave the pages of sites that the reader no longer wants looked through.
 * @param {string[]} origins as the browser's permissions name them
 */
export async function letGoOf(origins) {
  const hosts = origins.map((origin) => URL.parse(origin.replace(/\*$/, ""))?.host);
  for (const { id = -1 } of await browser.tabs.query({})) {
    const page = await getPage(id);
    if (!page || !hosts.includes(page.host)) continue;
    await tell(id, page.documentId, { type: "page.stop" });
    await forget(id);
  }
}

/** @param {Page} page @returns {Promise<boolean>} whether that very document is still in its tab */
const answers = ({ tabId, documentId }) =>
  browser.tabs.sendMessage(tabId, { type: "page.there" }, { documentId }).then(
    () => true,
    () => false,
  );

/** @param {Page} page @param {Candidate[]} candidates */
function add(page, candidates) {
  const known = new Set(page.items.map(({ key }) => key));
  for (const { key, url, kind, provider, label, context } of candidates) {
    if (known.has(key)) continue;
    const kept = url.startsWith("data:") ? null : url;
    page.items.push({ key, url: kept, kind, provider, label, context, state: "waiting" });
  }
}

// @ts-check
// Sites where the reader wants every page looked through. The browser keeps the list, as permissions for one origin each
// that it asked for itself; what is registered here follows it, also when one is taken back in the browser's settings.

import { checkedOrigins } from "../lib/origins.js";
import { keep, read } from "./vault.js";

const ALWAYS = "always";

/** @param {string[]} files of the content scripts, each from the root */
export async function follow(files) {
  const matches = await checkedOrigins();
  const registered = await browser.scripting.getRegisteredContentScripts({ ids: [ALWAYS] });
  if (matches.length === 0) {
    if (registered.length > 0) await browser.scripting.unregisterContentScripts({ ids: [ALWAYS] });
    return;
  }
  /** @type {chrome.scripting.RegisteredContentScript} */
  const script = { id: ALWAYS, matches, js: files, runAt: "document_idle", allFrames: false, persistAcrossSessions: true };
  await (registered.length > 0
    ? browser.scripting.updateContentScripts([script])
    : browser.scripting.registerContentScripts([script]));
}

/** @param {string | undefined} url of a page @returns {Promise<boolean>} whether its whole site is to be looked through */
export async function isAlways(url) {
  const origin = URL.parse(url ?? "")?.origin;
  return origin !== undefined && (await checkedOrigins()).includes(`${origin}/*`);
}

/** @returns {Promise<string[]>} sites whose terms forbid marks, and where the reader wants them nonetheless, knowing it */
export async function markedSites() {
  const [marked] = await read("marked");
  return Array.isArray(marked) ? marked.filter((site) => typeof site === "string") : [];
}

/** @param {string} site @param {boolean} wanted */
export async function markSite(site, wanted) {
  const others = (await markedSites()).filter((one) => one !== site);
  await keep({ marked: wanted ? [...others, site] : others });
}

// @ts-check
// What an address leads to, told by the very files that tell it in pages: one list of platforms and of wrappers.

import "../content/ns.js";
import "../content/platforms.js";
import "../content/sites.js";
import "../content/classify.js";

const NOWHERE = "about:blank";

/** @param {string} address @returns {string | null} without wrappers, which carry the reader's own address; null: leads nowhere */
export const plainAddress = (address) => globalThis.Touchstone.classify.plain(address, NOWHERE);

/**
 * @param {string} address of a page, as the browser gives it
 * @returns {string | null} the award that this page is a platform's own page of; a wrapper's page is not what it leads to
 */
export function awardAt(address) {
  const found = globalThis.Touchstone.classify.link(address, NOWHERE);
  return found?.kind === "award" && URL.parse(found.url)?.origin === URL.parse(address)?.origin ? found.url : null;
}

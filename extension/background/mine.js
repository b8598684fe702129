// @ts-check
// "This one is yours": whether a badge was issued to one of the owner's addresses. It is a question of its own, asked
// after the page's: mixed into the page's context, it would make a stranger's page seem to fit its holder.

import { checkOf, isReport } from "../lib/report.js";
import { verifyBatch } from "./api.js";
import { getResult, isCurrent, saveResult } from "./pages.js";
import { readOwner } from "./settings.js";
import { weightOf } from "./sources.js";

const MOST_CHARACTERS = 12_000_000; // of pictures and texts sent along in one request

/** @param {Result | null} result @returns {boolean} whether asking could tell anything */
function isOpen(result) {
  if (!result || !isReport(result.answer) || result.yours !== undefined || result.saved !== undefined) return false;
  const { answer } = result;
  const names = answer.credential?.recipient?.identity_kind ?? null;
  const isGood = checkOf(answer, "genuine")?.outcome === "passed" && checkOf(answer, "issuer")?.outcome !== "failed";
  return isGood && names !== null;
}

/**
 * @param {Page} page
 * @param {(page: Page, item: Item) => Promise<Source | null>} sourceFor
 * @param {AbortController} ending
 */
export async function askWhichAreYours(page, sourceFor, ending) {
  const { emails } = await readOwner();
  if (emails.length === 0) return;
  let weight = 0;
  const keys = [];
  const sources = [];
  for (const item of page.items) {
    if (item.state !== "shown" || item.seen || !isOpen(await getResult(page.tabId, item.key))) continue;
    const source = await sourceFor(page, item);
    weight += source ? weightOf(source) : 0;
    if (!source || weight > MOST_CHARACTERS) continue;
    keys.push(item.key);
    sources.push({ ...source, context: { emails } }); // in place of what the page says
  }
  if (sources.length === 0) return;
  for await (const { index, ...answer } of verifyBatch(sources, { anew: false, signal: ending.signal })) {
    const key = keys[index];
    if (key === undefined || !isCurrent(page)) continue;
    const before = await getResult(page.tabId, key);
    const told = /** @type {Answer} */ (answer);
    const yours = isReport(told) && checkOf(told, "recipient")?.code === "email_match";
    if (before) await saveResult(page, key, { ...before, yours });
  }
}

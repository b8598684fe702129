// @ts-check
// Who may ask the background for what. Extension pages may do everything a person can do there; a content script may
// hand in what it found and ask for a badge to be opened, and nothing else: never the token, the wallet or another
// tab.

import { localOrigin } from "../lib/address.js";
import { normaliseCode } from "../lib/pairing.js";
import { pair, probe, ServerTrouble, walletAddress } from "./api.js";
import { readCandidates } from "./candidates.js";
import { checkAgain, checkAsSeen, saveToWallet } from "./checking.js";
import { compareWithWallet } from "./comparing.js";
import { letGo, takeAddress, takeFile, takeText } from "./handed.js";
import { isAlways, markedSites, markSite } from "./grants.js";
import { leave, look, lookFurther } from "./looking.js";
import { openAt } from "./opening.js";
import { forgetToken, keepAddress, keepEmails, keepPhrase, keepToken, readOwner, readSettings } from "./settings.js";

/** @typedef {chrome.runtime.MessageSender} Sender */

/** @type {Record<string, (message: any) => Promise<unknown>>} */
const FOR_OUR_PAGES = {
  "page.look": ({ tabId, clicked }) => look(Number(tabId), clicked === true),
  "page.again": ({ tabId, key }) => checkAgain(Number(tabId), key === null ? null : String(key)),
  "page.seen": ({ tabId, key }) => checkAsSeen(Number(tabId), String(key)),
  "page.leave": ({ tabId }) => leave(Number(tabId)),
  "page.compare": ({ tabId }) => compareWithWallet(Number(tabId)),
  "site.marks": ({ site, wanted }) => markSite(String(site), wanted === true),
  "site.marked": () => markedSites(),
  "handed.text": ({ text }) => takeText(String(text)),
  "handed.address": ({ address }) => takeAddress(String(address)),
  "handed.file": ({ bytes, label }) => takeFile(bytes, String(label)),
  "handed.forget": () => letGo(),
  "wallet.save": ({ tabId, key }) => saveToWallet(Number(tabId), String(key)),
  "wallet.open": async () => {
    await browser.tabs.create({ url: await walletAddress() });
  },
  "server.state": async () => {
    const { address, token } = await readSettings();
    const trouble = await probe().then(() => null, troubleOf);
    return { address, paired: token !== null, trouble };
  },
  "server.pair": async ({ code, phrase }) => {
    const symbols = normaliseCode(String(code));
    if (!symbols) throw new ServerTrouble("refused", undefined, "not_a_code");
    await keepToken(await pair(symbols));
    if (typeof phrase === "string" && phrase.trim() !== "") await keepPhrase(phrase);
  },
  "server.forget": () => forgetToken(),
  "owner.read": () => readOwner(),
  "owner.emails": ({ emails }) => keepEmails(emails),
  "owner.phrase": ({ phrase }) => keepPhrase(String(phrase)),
  "server.address": async ({ address }) => {
    const origin = localOrigin(String(address));
    if (!origin) throw new ServerTrouble("refused", undefined, "not_local");
    await keepAddress(origin);
    return origin;
  },
};

/** @type {Record<string, (message: any, tabId: number, sender: Sender) => Promise<unknown>>} */
const FOR_CONTENT = {
  "page.found": ({ candidates }, tabId, { documentId }) =>
    lookFurther(tabId, documentId ?? "", readCandidates(candidates)),
  // It runs there, and nobody clicked just now, or the page turned into another one without being loaded.
  "page.ready": async (_, tabId, { url }) => void ((await isAlways(url)) && look(tabId, false)),
  "page.turned": async (_, tabId, { url }) => ((await isAlways(url)) ? look(tabId, false) : leave(tabId)),
  "page.open": ({ key }, tabId, { tab }) => openAt(tabId, tab?.windowId ?? -1, String(key)),
};

/** @param {Sender} sender @returns {"page" | "content" | null} */
export function roleOf({ id, url, tab, frameId }) {
  if (id !== browser.runtime.id) return null;
  if (url?.startsWith(browser.runtime.getURL(""))) return "page";
  return tab?.id !== undefined && frameId === 0 ? "content" : null;
}

/** @param {any} message @param {Sender} sender @returns {Promise<unknown> | undefined} undefined: not for us */
export function route(message, sender) {
  const type = String(message?.type);
  const role = roleOf(sender);
  if (role === "page" && Object.hasOwn(FOR_OUR_PAGES, type)) return settled(FOR_OUR_PAGES[type]?.(message));
  if (role === "content" && Object.hasOwn(FOR_CONTENT, type)) {
    return settled(FOR_CONTENT[type]?.(message, sender.tab?.id ?? -1, sender));
  }
  return undefined;
}

/** @param {Promise<unknown> | undefined} work @returns {Promise<{value: unknown} | {trouble: object}>} */
async function settled(work) {
  try {
    return { value: (await work) ?? null };
  } catch (problem) {
    return { trouble: troubleOf(problem) };
  }
}

/** @param {unknown} problem what a message can carry of it; anything but trouble with the server is a fault of ours */
function troubleOf(problem) {
  if (!(problem instanceof ServerTrouble)) throw problem;
  return { code: problem.code, says: problem.says ?? null, reason: problem.reason ?? null };
}

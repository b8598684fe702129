// @ts-check
// Where the server is and the token it gave us, and what the owner told of themselves, in storage.local: this computer
// only, and never readable from a page.

import { USUAL_ADDRESS } from "../lib/address.js";

const MOST_EMAILS = 20;

/** @returns {Promise<{address: string, token: string | null}>} */
export async function readSettings() {
  const { address, token } = await browser.storage.local.get(["address", "token"]);
  return {
    address: typeof address === "string" ? address : USUAL_ADDRESS,
    token: typeof token === "string" ? token : null,
  };
}

/** @param {string} token */
export const keepToken = (token) => browser.storage.local.set({ token });

export const forgetToken = () => browser.storage.local.remove("token");

/** A token is good for one server only, so that a new address starts unpaired. @param {string} origin */
export async function keepAddress(origin) {
  const { address } = await readSettings();
  await browser.storage.local.set({ address: origin });
  if (origin !== address) await forgetToken();
}

/** @returns {Promise<{emails: string[], phrase: string}>} the phrase is shown in our own pages alone, which no page can know */
export async function readOwner() {
  const { emails, phrase } = await browser.storage.local.get(["emails", "phrase"]);
  return {
    emails: Array.isArray(emails) ? emails.filter((one) => typeof one === "string") : [],
    phrase: typeof phrase === "string" ? phrase : "",
  };
}

/** @param {unknown} emails @returns {Promise<string[]>} as kept: what is no address is left out */
export async function keepEmails(emails) {
  const texts = Array.isArray(emails) ? emails.map((one) => String(one).trim()) : [];
  const good = [...new Set(texts)].filter((one) => /^[^\s@]+@[^\s@]+$/.test(one) && one.length <= 254);
  await browser.storage.local.set({ emails: good.slice(0, MOST_EMAILS) });
  return good.slice(0, MOST_EMAILS);
}

/** @param {string} phrase */
export const keepPhrase = (phrase) => browser.storage.local.set({ phrase: phrase.trim().slice(0, 60) });

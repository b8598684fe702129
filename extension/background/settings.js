// @ts-check
// Where the server is and the token it gave us, and what the owner told of themselves: on this computer only, and in the
// vault, where no page's process can read or change it.

import { USUAL_ADDRESS } from "../lib/address.js";
import { MOST_LETTERS } from "../lib/phrase.js";
import { forget, keep, read } from "./vault.js";

const MOST_EMAILS = 20;

/** @returns {Promise<{address: string, token: string | null}>} */
export async function readSettings() {
  const [address, token] = await read("address", "token");
  return {
    address: typeof address === "string" ? address : USUAL_ADDRESS,
    token: typeof token === "string" ? token : null,
  };
}

/** @param {string} token */
export const keepToken = (token) => keep({ token });

export const forgetToken = () => forget("token");

/** A token is good for one server only, so that a new address starts unpaired. @param {string} origin */
export async function keepAddress(origin) {
  const { address } = await readSettings();
  if (origin !== address) await forgetToken();
  await keep({ address: origin });
}

/** @returns {Promise<{emails: string[], phrase: string}>} the phrase is shown in our own pages alone, which no page can know */
export async function readOwner() {
  const [emails, phrase] = await read("emails", "phrase");
  return {
    emails: Array.isArray(emails) ? emails.filter((one) => typeof one === "string") : [],
    phrase: typeof phrase === "string" ? phrase : "",
  };
}

/** @param {unknown} emails @returns {Promise<string[]>} as kept: what is no address is left out */
export async function keepEmails(emails) {
  const texts = Array.isArray(emails) ? emails.map((one) => String(one).trim()) : [];
  const good = [...new Set(texts)].filter((one) => /^[^\s@]+@[^\s@]+$/.test(one) && one.length <= 254);
  await keep({ emails: good.slice(0, MOST_EMAILS) });
  return good.slice(0, MOST_EMAILS);
}

/** @param {string} phrase */
export const keepPhrase = (phrase) => keep({ phrase: phrase.trim().slice(0, MOST_LETTERS) });

// @ts-check
// Where the server is and the token it gave us, in storage.local: this computer only, and never readable from a page.

import { USUAL_ADDRESS } from "../lib/address.js";

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

// @ts-check
// Opens the popup at one badge, when its mark in a page was clicked.

import { focusKey } from "../lib/keys.js";

/** @param {number} tabId @param {number} windowId @param {string} key */
export async function openAt(tabId, windowId, key) {
  await browser.storage.session.set({ [focusKey(tabId)]: key });
  const popups = await browser.runtime.getContexts({ contextTypes: ["POPUP"] });
  if (popups.length > 0) return; // it is open and watches
  await browser.action.openPopup({ windowId }).catch(() =>
    // A window without a toolbar, or one that lost the focus meanwhile.
    browser.windows.create({
      url: browser.runtime.getURL(`popup/popup.html?tab=${tabId}`),
      type: "popup",
      width: 440,
      height: 660,
    }),
  );
}

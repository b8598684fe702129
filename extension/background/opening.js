// @ts-check
// Opens the trusted face: the panel beside the page, or where there is none, the popup or a window.

import { focusKey } from "../lib/keys.js";

/**
 * To be called before anything is awaited: browsers open a panel only while they handle what a person did.
 * @param {number} windowId
 * @returns {Promise<boolean>} whether there is a panel
 */
export function openBeside(windowId) {
  const { sidePanel, sidebarAction } = /** @type {any} */ (browser);
  try {
    const opening = sidePanel ? sidePanel.open({ windowId }) : sidebarAction?.open();
    return opening ? Promise.resolve(opening).then(...EITHER) : Promise.resolve(false);
  } catch {
    return Promise.resolve(false); // Firefox: not in answer to a click of its own
  }
}

const EITHER = /** @type {const} */ ([() => true, () => false]);

/** When a mark in a page was clicked. @param {number} tabId @param {number} windowId @param {string} key */
export async function openAt(tabId, windowId, key) {
  const opening = openBeside(windowId);
  await browser.storage.session.set({ [focusKey(tabId)]: key });
  if (await opening) return;
  await openWithout(windowId, `?tab=${tabId}`);
}

/** @param {number} windowId @param {string} which */
export async function openWithout(windowId, which) {
  const popups = await browser.runtime.getContexts({ contextTypes: ["POPUP"] });
  if (popups.length > 0) return; // it is open and watches
  await browser.action.openPopup({ windowId }).catch(() =>
    // A window without a toolbar, or one that lost the focus meanwhile.
    browser.windows.create({
      url: browser.runtime.getURL(`popup/popup.html${which}`),
      type: "popup",
      width: 440,
      height: 660,
    }),
  );
}

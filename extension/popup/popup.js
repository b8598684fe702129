// @ts-check
// The toolbar popup. Opening it is the click that has the page looked through. `popup.html?tab=<id>` shows a given tab
// instead of the window's active one.

import { createView } from "../view/view.js";

/** @returns {Promise<chrome.tabs.Tab | undefined>} */
async function chosenTab() {
  const asked = new URLSearchParams(location.search).get("tab");
  if (asked !== null) return browser.tabs.get(Number(asked)).catch(() => undefined);
  return (await browser.tabs.query({ active: true, currentWindow: true }))[0];
}

/** @param {import("../view/view.js").View} view */
async function start(view) {
  const tab = await chosenTab();
  await view.show(tab?.id ?? -1);
  await view.look();
}

void start(createView({ isPanel: false }));

// @ts-check
// The side panel: the popup's view, which stays. It follows the window's active tab without looking at anything: a page
// is looked through when a person asks for it, and what was found is let go when the page is left.
// `panel.html?tab=<id>` stays with one tab.

import { createView } from "../view/view.js";

/** @param {import("../view/view.js").View} view */
async function start(view) {
  const asked = new URLSearchParams(location.search).get("tab");
  const { id: windowId } = await browser.windows.getCurrent();
  if (asked === null) {
    browser.tabs.onActivated.addListener((info) => {
      if (info.windowId === windowId) void view.show(info.tabId);
    });
  }
  browser.tabs.onUpdated.addListener((tabId, { status, url }) => {
    if (tabId === view.tabId() && (status || url)) void view.leave();
  });
  const [active] = asked === null ? await browser.tabs.query({ active: true, windowId: windowId ?? -2 }) : [];
  await view.show(asked === null ? (active?.id ?? -1) : Number(asked));
}

void start(createView({ isPanel: true }));

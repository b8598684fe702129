// @ts-check
// The entries of the context menu: check this picture, this link, what is selected. The answer opens in the panel.

import { t } from "../lib/i18n.js";
import { takeAddress, takeText } from "./handed.js";
import { openBeside, openWithout } from "./opening.js";

/** @typedef {chrome.contextMenus.OnClickData} Clicked */

/** @type {{id: string, title: string, context: "image" | "link" | "selection", take: (clicked: Clicked) => Promise<string>}[]} */
const ENTRIES = [
  { id: "image", title: "check_image", context: "image", take: ({ srcUrl }) => takeAddress(srcUrl ?? "") },
  { id: "link", title: "check_link", context: "link", take: ({ linkUrl }) => takeAddress(linkUrl ?? "") },
  {
    id: "selection",
    title: "check_selection",
    context: "selection",
    take: ({ selectionText }) => takeText(selectionText ?? ""),
  },
];

/** Anew whenever the extension was installed or updated: the browser keeps them. */
export async function makeMenus() {
  await browser.contextMenus.removeAll();
  for (const { id, title, context } of ENTRIES) {
    browser.contextMenus.create({ id, title: t(title), contexts: [context] });
  }
}

/** @param {Clicked} clicked @param {chrome.tabs.Tab} [tab] */
export async function menuClicked(clicked, tab) {
  const windowId = tab?.windowId ?? -1;
  const opening = openBeside(windowId);
  await ENTRIES.find(({ id }) => id === clicked.menuItemId)?.take(clicked);
  if (!(await opening)) await openWithout(windowId, "");
}

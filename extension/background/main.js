// @ts-check
// The background's entry. Every listener is registered here, at once, so that each event can wake a stopped worker.

import { forget, resume, RESUME } from "./checking.js";
import { makeMenus, menuClicked } from "./menus.js";
import { route } from "./router.js";

browser.runtime.onMessage.addListener(route);
// An open popup or panel holds a line: when this worker was stopped it calls again, which starts it anew.
browser.runtime.onConnect.addListener(() => {});
browser.runtime.onInstalled.addListener(() => void makeMenus());
browser.contextMenus.onClicked.addListener((clicked, tab) => void menuClicked(clicked, tab));
browser.alarms.onAlarm.addListener(({ name }) => name === RESUME && void resume());
browser.tabs.onRemoved.addListener((tabId) => void forget(tabId));

// Pages' processes run our content scripts; what they could read, a taken-over page could read.
void browser.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });
void resume();

// @ts-check
// The background's entry. Every listener is registered here, at once, so that each event can wake a stopped worker.

import { forget } from "./checking.js";
import { route } from "./router.js";

browser.runtime.onMessage.addListener(route);
// An open popup holds a line, which tells it when this worker was stopped: it then asks anew, and checking goes on.
browser.runtime.onConnect.addListener(() => {});
browser.tabs.onRemoved.addListener((tabId) => void forget(tabId));

// Pages' processes run our content scripts; what they could read, a taken-over page could read.
void browser.storage.local.setAccessLevel?.({ accessLevel: "TRUSTED_CONTEXTS" });

// @ts-check
// Says politely, to those who listen, what changed on the screen.

import { el } from "../lib/dom.js";

const EVERY = 1000; // ms: progress is read out in steps, not at every badge

export function createAnnouncer() {
  const node = el("p", { id: "live", class: "unseen", role: "status", "aria-live": "polite" });
  let last = 0;
  let timer = 0;
  return {
    node,
    /** @param {string} text */
    say(text) {
      clearTimeout(timer);
      const wait = Math.max(0, last + EVERY - Date.now());
      timer = setTimeout(() => {
        last = Date.now();
        if (node.textContent !== text) node.textContent = text;
      }, wait);
    },
  };
}

// @ts-check
// What a content script needs to draw one mark, and what the toolbar button shows: words and shapes only.

import { t } from "../lib/i18n.js";
import { issuerOf, titleOf, verdictOf } from "../lib/report.js";
import { shapeOf, TONES, VERDICTS } from "../lib/verdicts.js";

/** @param {Answer} answer @param {string} label what the page calls it @returns {Drawing} */
export function drawingFor(answer, label) {
  const verdict = verdictOf(answer);
  const look = VERDICTS[verdict];
  const word = t(`verdict_${verdict}`);
  const title = titleOf(answer, label) || t("untitled");
  const { fact, proven } = issuerOf(answer);
  const issuer = fact ?? proven;
  const name = issuer ? t("mark_name_issuer", word, title, issuer) : t("mark_name", word, title);
  return { name, word, ...TONES[look.tone], shape: shapeOf(look) };
}

/** @param {Page} page */
export async function showCount(page) {
  const count = page.items.filter(({ state }) => state === "shown").length;
  const { tabId } = page;
  const calls = [
    browser.action.setBadgeText({ tabId, text: count > 0 ? String(count) : "" }),
    browser.action.setBadgeBackgroundColor({ tabId, color: "#343a45" }),
    browser.action.setBadgeTextColor({ tabId, color: "#ffffff" }),
    browser.action.setTitle({ tabId, title: count > 0 ? t("action_count", count) : t("action_title") }),
  ];
  await Promise.all(calls).catch(() => {}); // the tab was closed meanwhile
}

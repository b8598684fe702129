// @ts-check
// What the list and a badge opened have in common: the picture's tile, the verdict's word with its shape, the issuer.

import { el, middleCut, svg } from "../lib/dom.js";
import { isServersLanguage, SERVER_LANGUAGE, t } from "../lib/i18n.js";
import { issuerOf, titleOf } from "../lib/report.js";
import { shapeOf, VERDICTS } from "../lib/verdicts.js";

/** @param {string} [className] @returns {Record<string, string>} marks a sentence of the server as being in its language */
export const served = (className = "") => ({
  ...(className ? { class: className } : {}),
  ...(isServersLanguage() ? {} : { lang: SERVER_LANGUAGE, dir: "ltr" }),
});

/** @param {Refusal} answer @param {string} [className] @returns {Record<string, string>} the same, unless the sentence is our own */
export const refusal = ({ error }, className = "") =>
  error.code === "unusable" ? { class: className } : served(className);

/** @param {Verdict} verdict @param {number} size px @param {string} className */
export function verdictWord(verdict, size, className) {
  const look = VERDICTS[verdict];
  return el("span", { class: `${className} ${look.tone}` }, svg(shapeOf(look), size), t(`verdict_${verdict}`));
}

/**
 * @param {Answer | null} answer
 * @param {string} label what the page calls it
 * @returns {string} marked as quoted where only the page says it
 */
export function shownTitle(answer, label) {
  const own = titleOf(answer, "");
  if (own) return own;
  return label ? t("quoted", label) : t("untitled");
}

/** @param {Answer} answer @returns {HTMLElement} one line */
export function issuerLine(answer) {
  const { fact, proven } = issuerOf(answer);
  const known = fact ?? proven;
  return known ? middleCut(known) : el("span", {}, t("issuer_unproven_line"));
}

/**
 * The badge's picture as the page shows it. It comes out of the page, never from its host: opening the popup fetches
 * nothing from anybody. Until it is there, and where it cannot be had, the title's first letter stands for it.
 * @param {string} title
 * @param {Promise<string | null> | null} picture a PNG as `data:` address
 */
export function tile(title, picture) {
  const [letter = ""] = title.match(/[\p{L}\p{N}]/u) ?? [];
  const box = el("span", { class: "tile", "aria-hidden": "true" }, letter.toUpperCase());
  void picture?.then((address) => {
    if (address?.startsWith("data:image/png;")) box.replaceChildren(el("img", { src: address, alt: "" }));
  });
  return box;
}

/**
 * @param {() => Page | null} current
 * @returns {(key: string) => Promise<string | null>} asks the page once for each picture
 */
export function pictures(current) {
  /** @type {Map<string, Promise<string | null>>} */
  const asked = new Map();
  return (key) => {
    const page = current();
    if (!page?.documentId) return Promise.resolve(null);
    const name = `${page.documentId} ${key}`;
    const before = asked.get(name);
    if (before) return before;
    const answer = browser.tabs
      .sendMessage(page.tabId, { type: "page.picture", key }, { documentId: page.documentId })
      .then((address) => (typeof address === "string" ? address : null))
      .catch(() => null); // that page is gone
    asked.set(name, answer);
    return answer;
  };
}

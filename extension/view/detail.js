// @ts-check
// One badge, opened: what was found out, in one sentence, in five answers, and with everything they rest on.

import { el, outward, svg } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";
import { isReport, verdictOf } from "../lib/report.js";
import { actions } from "./actions.js";
import { answers } from "./answers.js";
import { contacted, facts } from "./facts.js";
import { issuerLine, shownTitle, tile, verdictWord } from "./parts.js";

/**
 * @typedef {object} Opened
 * @property {Page} page
 * @property {Item} item
 * @property {Result} result
 * @property {number[]} inside which credential of a bundle, and of the bundle in it; empty for the badge itself
 * @property {(inside: number[]) => void} enter
 * @property {() => void} back
 * @property {(key: string) => Promise<string | null>} pictureOf
 * @property {(text: string) => void} announce
 */

/** @param {Answer} answer @param {number[]} inside @returns {Answer} */
function within(answer, inside) {
  return inside.reduce(
    (/** @type {Answer} */ outer, index) => (isReport(outer) && outer.bundle[index]) || outer,
    answer,
  );
}

/** @param {Report} report @param {Opened} opened */
function bundle(report, { inside, enter }) {
  if (!report.bundle?.length) return null;
  const rows = report.bundle.map((inner, index) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "row", onclick: () => enter([...inside, index]) },
        tile(shownTitle(inner, ""), null),
        el(
          "span",
          {},
          el("span", { class: "title" }, shownTitle(inner, "")),
          el("span", { class: "line" }, verdictWord(verdictOf(inner), 18, "word"), issuerLine(inner)),
        ),
        svg(ICONS.forward, 16, "shape go"),
      ),
    ),
  );
  return el("section", {}, el("h2", {}, t("bundle_heading")), el("ul", { class: "rows" }, ...rows));
}

/** @param {Refusal} refusal what else was found there, where the server names it */
function found({ error }) {
  const links = (error.found ?? []).map((one) =>
    typeof one === "string" ? one : String(Object(one).url ?? Object(one).name ?? ""),
  );
  return links.length > 0 ? el("ul", { class: "hosts" }, ...links.map((link) => el("li", {}, outward(link)))) : null;
}

/** @param {Opened} opened */
function reveal({ page, item, inside }) {
  if (item.kind === "page" || inside.length > 0) return null;
  const show = () =>
    browser.tabs
      .sendMessage(page.tabId, { type: "page.reveal", key: item.key }, { documentId: page.documentId })
      .catch(() => {});
  return el("button", { type: "button", class: "quiet", onclick: () => void show() }, t("reveal"));
}

/** @param {Opened} opened @returns {HTMLElement} its heading takes the focus */
export function detail(opened) {
  const { page, item, result, inside, back, pictureOf, announce } = opened;
  const answer = within(result.answer, inside);
  const title = shownTitle(answer, inside.length > 0 ? "" : item.label);
  return el(
    "article",
    { class: "whole", "data-verdict": verdictOf(answer) },
    el(
      "nav",
      { class: "crumb" },
      el("button", { type: "button", class: "quiet", id: "back", onclick: back }, svg(ICONS.back, 16), t("back")),
      reveal(opened),
    ),
    el(
      "div",
      { class: "scroll" },
      el(
        "div",
        { class: "pad" },
        el(
          "div",
          { class: "head" },
          tile(title, inside.length > 0 ? null : pictureOf(item.key)),
          el("div", {}, el("h1", { tabindex: -1 }, title), verdictWord(verdictOf(answer), 20, "pill")),
        ),
        el("p", { class: "headline" }, isReport(answer) ? answer.headline : answer.error.says),
      ),
      ...(isReport(answer)
        ? [answers(answer), bundle(answer, opened), facts(answer), contacted(answer)]
        : [found(answer)]
      ).filter((part) => part !== null),
    ),
    inside.length > 0 ? null : actions({ tabId: page.tabId, item, result, host: page.host, title, announce }),
  );
}

// @ts-check
// One badge, opened: what was found out, in one sentence, in five answers, and with everything they rest on.

import { el, outward, svg } from "../lib/dom.js";
import { isServersLanguage, locale, t } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";
import { HANDED } from "../lib/keys.js";
import { announcementsOf, dateText, innerAt, isReport, verdictOf } from "../lib/report.js";
import { actions } from "./actions.js";
import { answers } from "./answers.js";
import { claim } from "./claim.js";
import { contacted, facts } from "./facts.js";
import { issuerLine, served, shownTitle, tile, verdictWord } from "./parts.js";

/**
 * @typedef {object} Opened
 * @property {Page} page
 * @property {Item} item
 * @property {Result} result
 * @property {string[]} inside the steps to a report within this one; empty for the badge itself
 * @property {(inside: string[]) => void} enter
 * @property {() => void} back
 * @property {(key: string) => Promise<string | null>} pictureOf
 * @property {(text: string) => void} announce
 */

/** @param {string} heading @param {"bundle" | "endorsements"} kind @param {Report[] | undefined} reports @param {Opened} opened */
function reportsWithin(heading, kind, reports, { inside, enter }) {
  if (!reports?.length) return null;
  const rows = reports.map((inner, index) =>
    el(
      "li",
      {},
      el(
        "button",
        { type: "button", class: "row", onclick: () => enter([...inside, `${kind} ${index}`]) },
        tile(shownTitle(inner, ""), null),
        el(
          "span",
          {},
          el("bdi", { class: "title" }, shownTitle(inner, "")),
          el("span", { class: "line" }, verdictWord(verdictOf(inner), 18, "word"), issuerLine(inner)),
        ),
        svg(ICONS.forward, 16, "shape go"),
      ),
    ),
  );
  return el("section", {}, el("h2", {}, t(heading)), el("ul", { class: "rows" }, ...rows));
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
  if (item.kind === "page" || page.tabId === HANDED || inside.length > 0) return null;
  const show = () =>
    browser.tabs
      .sendMessage(page.tabId, { type: "page.reveal", key: item.key }, { documentId: page.documentId })
      .catch(() => {});
  return el("button", { type: "button", class: "quiet", onclick: () => void show() }, t("reveal"));
}

/** @param {Answer} answer the server's own sentence; in another language, first what its verdict means */
function headline(answer) {
  const says = isReport(answer) ? answer.headline : answer.error.says;
  const isOurs = !isReport(answer) && answer.error.code === "unusable";
  if (isOurs || isServersLanguage()) return [el("p", { class: "headline" }, says)];
  return [
    el("p", { class: "headline" }, t(`headline_${verdictOf(answer)}`)),
    el("p", { class: "small soft" }, t("servers_words"), " ", el("span", served(), says)),
  ];
}

/** @param {Opened} opened @param {Answer} answer */
function remarks({ item, result, inside }, answer) {
  const said = [
    result.yours && inside.length === 0 ? el("p", { class: "own" }, t("yours_long")) : null,
    item.seen && inside.length === 0 ? el("p", { class: "remark" }, t("seen_in_tab")) : null,
    ...announcementsOf(answer).map(({ what, was, since }) =>
      el("p", { class: "remark", "data-changed": what }, t(`changed_${what}`, was, dateText(since, locale()))),
    ),
  ];
  return said.filter((one) => one !== null);
}

/** @param {Opened} opened @param {Report} report */
const parts = (opened, report) => [
  answers(report),
  reportsWithin("bundle_heading", "bundle", report.bundle, opened),
  facts(report),
  reportsWithin("endorsements_heading", "endorsements", report.credential?.endorsements, opened),
  claim(report),
  contacted(report),
];

/** @param {Opened} opened @returns {HTMLElement} its heading takes the focus */
export function detail(opened) {
  const { page, item, result, inside, back, pictureOf, announce } = opened;
  const answer = innerAt(result.answer, inside);
  const title = shownTitle(answer, inside.length > 0 ? "" : item.label);
  const whole = isReport(answer) ? parts(opened, answer) : [found(answer)];
  return el(
    "article",
    { class: "whole", "data-verdict": verdictOf(answer) },
    el(
      "nav",
      { class: "crumb", "aria-label": t("crumb_label") },
      el(
        "button",
        { type: "button", class: "quiet", id: "back", onclick: back },
        svg(ICONS.back, 16),
        t(inside.length > 0 ? "back_up" : "back"),
      ),
      reveal(opened),
    ),
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": title },
      el(
        "div",
        { class: "pad" },
        el(
          "div",
          { class: "head" },
          tile(title, inside.length > 0 ? null : pictureOf(item.key)),
          el("div", {}, el("h1", { tabindex: -1 }, el("bdi", {}, title)), verdictWord(verdictOf(answer), 20, "pill")),
        ),
        ...headline(answer),
        ...remarks(opened, answer),
      ),
      ...whole.filter((part) => part !== null),
    ),
    inside.length > 0 ? null : actions({ tabId: page.tabId, item, result, host: page.host, title, announce }),
  );
}

// @ts-check
// The list of a page's badges, and below it what was handed over, filled as the answers come in. A row keeps its
// element, and with it the focus.

import { ask } from "../lib/ask.js";
import { el, middleCut, svg } from "../lib/dom.js";
import { locale, plural, t } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";
import { HANDED } from "../lib/keys.js";
import { isReport, momentText, verdictOf } from "../lib/report.js";
import { issuerLine, refusal, shownTitle, tile, verdictWord } from "./parts.js";
import { createSite } from "./site.js";

/** @typedef {import("./store.js").Snapshot} Snapshot */
/** @typedef {{tab: Snapshot, handed: Snapshot, looking: boolean, server: object | null}} Now */
/** @typedef {(key: string) => Promise<string | null>} PictureOf */

/** @param {Item} item */
const awaitsItsLine = ({ state, kind }) => state === "waiting" && ["award", "page", "handed"].includes(kind);

/** @param {Snapshot} snapshot @returns {Item[]} those that have a line, in their order */
export function listed({ page, results }) {
  const isListed = (/** @type {Item} */ item) =>
    results.has(item.key) ? item.state === "shown" || item.state === "waiting" : awaitsItsLine(item);
  return (page?.items ?? []).filter(isListed);
}

/**
 * How far it is with the tab's page.
 * @param {Now} now
 * @returns {{items: number, checked: number, shown: number, unread: number, isDone: boolean}}
 */
export function progressOf({ tab, looking, server }) {
  const items = tab.page?.items ?? [];
  return {
    items: items.length,
    checked: items.filter(({ state }) => state !== "waiting").length,
    shown: listed(tab).filter(({ key }) => tab.results.has(key)).length,
    unread: items.filter(({ state }) => state === "unread").length,
    isDone: tab.page?.phase === "done" && !looking && server !== null,
  };
}

/** @param {Item} item @param {Result | undefined} result @param {PictureOf} pictureOf */
function rowContent(item, result, pictureOf) {
  if (!result || item.state === "waiting") {
    const title = shownTitle(result?.answer ?? null, item.label);
    return [
      tile(item.label, pictureOf(item.key)),
      el("span", {}, middleCut(title, "title"), el("span", { class: "line" }, t("checking"))),
    ];
  }
  const { answer, yours, saved } = result;
  const title = shownTitle(answer, item.label);
  const note = saved !== undefined ? "in_wallet" : yours ? "yours" : null;
  return [
    tile(title, pictureOf(item.key)),
    el(
      "span",
      {},
      middleCut(title, "title"),
      el(
        "span",
        { class: "line" },
        verdictWord(verdictOf(answer), 18, "word"),
        isReport(answer) ? issuerLine(answer) : el("span", refusal(answer, "refused"), answer.error.says),
        note ? el("span", { class: "own" }, t(note)) : null,
      ),
    ),
    svg(ICONS.forward, 16, "shape go"),
  ];
}

/** @param {HTMLElement[]} rows @param {KeyboardEvent} event the arrow keys walk the list */
function walk(rows, event) {
  const at = rows.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const steps = /** @type {Record<string, number>} */ ({
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
  });
  const next = steps[event.key];
  if (next === undefined || at < 0 || !rows[next]) return;
  event.preventDefault();
  rows[next].focus();
}

/**
 * @param {number} tabId
 * @param {string} label
 * @param {(key: string) => void} open
 * @param {PictureOf} pictureOf
 */
function createRows(tabId, label, open, pictureOf) {
  const node = el("ul", { class: "rows", "aria-label": label });
  /** @type {Map<string, {line: HTMLLIElement, button: HTMLButtonElement, shows: string}>} */
  const known = new Map();

  /** @param {Page | null} page @param {Item} item @param {Result | undefined} result */
  const rowFor = (page, item, result) => {
    const shows = `${page?.documentId} ${item.state} ${result && item.state === "shown" ? JSON.stringify(result) : ""}`;
    let row = known.get(item.key);
    if (!row) {
      const button = el("button", { class: "row", type: "button", onclick: () => open(item.key) });
      row = { line: el("li", {}, button), button, shows: "" };
      known.set(item.key, row);
    }
    if (row.shows !== shows) {
      row.shows = shows;
      row.button.disabled = item.state === "waiting";
      row.button.classList.toggle("waiting", item.state === "waiting");
      row.button.replaceChildren(...rowContent(item, result, pictureOf));
    }
    return row.line;
  };

  return {
    node,
    tabId,
    focus: (/** @type {string} */ key) => known.get(key)?.button.focus(),
    /** @param {Snapshot} snapshot */
    update(snapshot) {
      const lines = listed(snapshot).map((item) => rowFor(snapshot.page, item, snapshot.results.get(item.key)));
      lines.forEach((line, index) => {
        if (node.children[index] !== line) node.insertBefore(line, node.children[index] ?? null);
      });
      while (node.children.length > lines.length) node.lastElementChild?.remove();
      node.hidden = lines.length === 0;
    },
  };
}

/** @param {string} title of the page @param {string} time when it was looked through */
const whoseLine = (title, time) => [
  middleCut(title),
  el("span", { "aria-hidden": "true", title: t("looked_at", time) }, `· ${time}`),
  el("span", { class: "unseen" }, t("looked_at", time)),
];

/**
 * @param {{open: (tabId: number, key: string) => void, pictureOf: PictureOf, compare: ReturnType<
 *   typeof import("./compare.js").createCompare>}} host
 */
export function createList({ open, pictureOf, compare }) {
  let tabId = -1;
  const heading = el("h1", {}, t("looking"));
  const count = el("span", { class: "small soft skeleton" });
  const bar = el("progress", { max: 1, value: 0, "aria-label": t("checking"), hidden: true });
  const place = el("div", {});
  const whose = el("p", { class: "whose" });
  const top = el("div", { class: "top" }, heading, count, whose, bar);
  const ours = createRows(tabId, t("list_label"), (key) => open(tabId, key), pictureOf);
  const handed = createRows(
    HANDED,
    t("handed_heading"),
    (key) => open(HANDED, key),
    () => Promise.resolve(null),
  );
  const forget = el(
    "button",
    { type: "button", class: "quiet", onclick: () => void ask("handed.forget") },
    t("handed_forget"),
  );
  const handedPart = el(
    "section",
    { class: "handed" },
    el("div", { class: "top" }, el("h2", {}, t("handed_heading")), forget),
    handed.node,
  );
  const below = el("div", {});
  const site = createSite();
  const scroll = el("div", { class: "scroll" }, place, ours.node, handedPart, compare.node, site.node);
  const node = el("div", { class: "whole" }, top, scroll, below);
  scroll.addEventListener("keydown", (event) =>
    walk(
      [...scroll.querySelectorAll("button")].filter((one) => one.matches(".row")),
      event,
    ),
  );

  return {
    node,
    /** @param {number} tab @param {string} key */
    focus: (tab, key) => (tab === HANDED ? handed : ours).focus(key),
    /**
     * @param {Now & {tabId: number}} now
     * @param {{name: string, build: () => HTMLElement} | null} instead of the list
     * @param {HTMLElement[]} notes
     */
    update(now, instead, notes) {
      tabId = now.tabId;
      const { items, checked, shown, isDone } = progressOf(now);
      top.hidden = instead !== null;
      if (place.dataset["shows"] !== (instead?.name ?? "")) {
        place.dataset["shows"] = instead?.name ?? "";
        place.replaceChildren(...(instead ? [instead.build()] : []));
      }
      heading.textContent = shown === 0 ? t(isDone ? "found_none" : "looking") : plural("found", shown);
      count.textContent = !isDone && items > 0 ? t("progress", checked, items) : "";
      bar.hidden = isDone || items === 0;
      bar.max = Math.max(items, 1);
      bar.value = checked;
      const { title, looked } = now.tab.page ?? {};
      whose.replaceChildren(...(title && looked ? whoseLine(title, momentText(looked, new Date(), locale())) : []));
      ours.update(instead ? { page: null, results: new Map() } : now.tab);
      handed.update(now.handed);
      const hasPage = now.tab.page !== null && !now.tab.page.trouble && isDone;
      compare.update(tabId, hasPage && (instead === null || instead.name.startsWith("nothing")));
      site.update(instead?.name === "pairing" ? null : now.tab.page);
      handedPart.hidden = handed.node.hidden;
      below.replaceChildren(...notes);
    },
  };
}

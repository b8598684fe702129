// @ts-check
// The list of a page's badges, filled as the answers come in. A row keeps its element, and with it the focus.

import { el, middleCut, svg } from "../lib/dom.js";
import { plural, t } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";
import { verdictOf } from "../lib/report.js";
import { issuerLine, shownTitle, tile, verdictWord } from "./parts.js";

/** @typedef {import("./store.js").Snapshot} Snapshot */

/** @param {Item} item */
const awaitsItsLine = (item) => item.state === "waiting" && (item.kind === "award" || item.kind === "page");

/** @param {Snapshot} snapshot @returns {Item[]} those that have a line, in page order */
export function listed({ page, results }) {
  return (page?.items ?? []).filter((item) => (item.state === "shown" && results.has(item.key)) || awaitsItsLine(item));
}

/** @param {Item} item @param {Result | undefined} result @param {(key: string) => Promise<string | null>} pictureOf */
function rowContent(item, result, pictureOf) {
  if (!result || item.state === "waiting") {
    const title = item.label ? t("quoted", item.label) : t("untitled");
    return [
      tile(item.label, pictureOf(item.key)),
      el("span", {}, middleCut(title, "title"), el("span", { class: "line" }, t("checking"))),
    ];
  }
  const { answer } = result;
  const title = shownTitle(answer, item.label);
  const line = el("span", { class: "line" }, verdictWord(verdictOf(answer), 18, "word"), issuerLine(answer));
  return [
    tile(title, pictureOf(item.key)),
    el("span", {}, middleCut(title, "title"), line),
    svg(ICONS.forward, 16, "shape go"),
  ];
}

/** @param {NodeListOf<HTMLElement> | HTMLElement[]} rows @param {KeyboardEvent} event the arrow keys walk the list */
function walk(rows, event) {
  const all = [...rows];
  const at = all.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const steps = /** @type {Record<string, number>} */ ({
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: all.length - 1,
  });
  const next = steps[event.key];
  if (next === undefined || at < 0 || !all[next]) return;
  event.preventDefault();
  all[next].focus();
}

/**
 * @param {{open: (key: string) => void, pictureOf: (key: string) => Promise<string | null>}} host
 * @returns {{node: HTMLElement, update: (snapshot: Snapshot, banner: HTMLElement | null) => void, focus: (key: string) => void}}
 */
export function createList({ open, pictureOf }) {
  const heading = el("h1", {}, t("looking"));
  const count = el("span", { class: "small soft skeleton" });
  const bar = el("progress", { max: 1, value: 0, "aria-label": t("checking"), hidden: true });
  const rows = el("ul", { class: "rows", "aria-label": t("list_label") });
  const notes = el("p", { class: "foot" });
  const place = el("div", {});
  const node = el(
    "div",
    { class: "whole" },
    el("div", { class: "top" }, heading, count, bar),
    el("div", { class: "scroll" }, rows),
    place,
    notes,
  );
  rows.addEventListener("keydown", (event) => walk(rows.querySelectorAll("button"), event));
  /** @type {Map<string, {line: HTMLLIElement, button: HTMLButtonElement, shows: string}>} */
  const known = new Map();

  /** @param {Item} item @param {Result | undefined} result */
  const rowFor = (item, result) => {
    const shows = `${item.state} ${result && item.state === "shown" ? JSON.stringify(result.answer) : ""}`;
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
    focus: (key) => known.get(key)?.button.focus(),
    update(snapshot, banner) {
      const items = listed(snapshot);
      const all = snapshot.page?.items ?? [];
      const found = items.filter(({ state }) => state === "shown").length;
      const checked = all.filter(({ state }) => state !== "waiting").length;
      const busy = !snapshot.page || snapshot.page.phase !== "done";
      heading.textContent = found === 0 ? t(busy ? "looking" : "found_none") : plural("found", found);
      count.textContent = busy && all.length > 0 ? t("progress", checked, all.length) : "";
      bar.hidden = !busy || all.length === 0;
      bar.max = Math.max(all.length, 1);
      bar.value = checked;
      const lines = items.map((item) => rowFor(item, snapshot.results.get(item.key)));
      lines.forEach((line, index) => {
        if (rows.children[index] !== line) rows.insertBefore(line, rows.children[index] ?? null);
      });
      while (rows.children.length > lines.length) rows.lastElementChild?.remove();
      place.replaceChildren(...(banner ? [banner] : []));
      const unread = all.filter(({ state }) => state === "unread").length;
      notes.textContent = [unread > 0 && !busy ? plural("unread", unread) : "", t("hint")].filter(Boolean).join(" ");
    },
  };
}

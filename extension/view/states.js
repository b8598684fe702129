// @ts-check
// What the popup shows when there is no list: nothing found, no server, a page that no extension may read. Each says
// what was looked for, what is the matter, and what to do.

import { el } from "../lib/dom.js";
import { plural, t } from "../lib/i18n.js";

/** @param {number} count pictures and links that were looked at @param {string} address of the server */
export function nothing(count, address) {
  return el(
    "div",
    { class: "state", "data-state": "nothing" },
    el("h1", {}, t("found_none")),
    el("p", { class: "soft" }, count === 0 ? t("none_says_zero") : plural("none_says", count)),
    el("a", { href: `${address}/demo`, target: "_blank", rel: "noopener" }, t("demo")),
  );
}

/** @param {Trouble} trouble @param {string} address of the server @param {() => void} again */
export function troubled({ code, says }, address, again) {
  return el(
    "div",
    { class: "state", "data-state": code },
    el("h1", {}, t(`trouble_${code}_title`)),
    el("p", { class: "soft" }, says || t(`trouble_${code}_says`, address)),
    code === "away" ? el("code", {}, t("command")) : null,
    code === "no_scan" ? null : el("button", { type: "button", class: "primary", onclick: again }, t("try_again")),
  );
}

/** @param {Trouble} trouble @param {() => void} again the same, where there is a list to show beside it */
export function banner({ code, says }, again) {
  return el(
    "div",
    { class: "banner", "data-state": code },
    el("p", {}, says || t(`trouble_${code}_title`)),
    el("button", { type: "button", class: "small", onclick: again }, t("try_again")),
  );
}

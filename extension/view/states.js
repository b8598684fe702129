// @ts-check
// What stands where there is no list: nothing found, nothing asked for, no server, a page that no extension may read.
// Each says what was looked for, how far that went, and what to do. And the notes below a list.

import { ask } from "../lib/ask.js";
import { el } from "../lib/dom.js";
import { plural, t } from "../lib/i18n.js";
import { listed, progressOf } from "./list.js";
import { served } from "./parts.js";

/** @typedef {import("./list.js").Now & {tabId: number, trouble: Trouble | null, isPanel: boolean, again: () => void, server:
 *   import("./view.js").Server | null}} About */

/** Troubles of the page, which another try does not mend. */
const PAGES_OWN = new Set(["no_scan", "no_grant", "opted_out"]);

/** @param {string} key @param {() => void} onclick @param {string} [className] */
const button = (key, onclick, className = "") => el("button", { type: "button", class: className, onclick }, t(key));

/** @param {string} name @param {(Node | null)[]} parts */
const state = (name, ...parts) => el("div", { class: "state", "data-state": name }, ...parts);

/** @param {number} count pictures and links that were looked at @param {About} about */
function nothing(count, { server, again, tab }) {
  const { changed } = tab.page ?? {};
  if (changed) {
    return state(
      "changed",
      el("h1", {}, t("changed_title", changed)),
      el("p", { class: "soft" }, t("changed_says", changed)),
      button("try_again", again, "primary"),
    );
  }
  return state(
    "nothing",
    el("h1", {}, t("found_none")),
    el("p", { class: "soft" }, count === 0 ? t("none_says_zero") : plural("none_says", count)),
    el("p", { class: "soft" }, t("none_do")),
    button("scan_again", again),
    el("a", { href: `${server?.address}/demo`, target: "_blank", rel: "noopener" }, t("demo")),
  );
}

/** Nothing was asked for here: the panel came to a page by following its reader. @param {About} about */
const unlooked = ({ again }) =>
  state(
    "unlooked",
    el("h1", {}, t("unlooked_title")),
    el("p", { class: "soft" }, t("unlooked_says")),
    button("unlooked_do", again, "primary"),
  );

/** @param {Trouble} trouble @param {About} about */
function troubled({ code, says }, { server, again }) {
  const isOurs = !PAGES_OWN.has(code);
  return state(
    code,
    el("h1", {}, t(`trouble_${code}_title`)),
    says
      ? el("p", served("soft"), says)
      : el("p", { class: "soft" }, t(`trouble_${code}_says`, server?.address ?? "")),
    code === "away" ? el("code", {}, t("command")) : null,
    code === "no_scan"
      ? null
      : el(
          "div",
          { class: "enter" },
          button("try_again", again, isOurs ? "primary" : ""),
          isOurs ? button("settings", () => void browser.runtime.openOptionsPage()) : null,
        ),
  );
}

/** @param {About} about @returns {{name: string, build: () => HTMLElement} | null} null: there is a list to show, or to wait for */
export function insteadOfList(about) {
  const { tab, trouble, looking, isPanel } = about;
  const { shown, isDone, items } = progressOf(about);
  const own = tab.page?.trouble;
  if (own && PAGES_OWN.has(own.code)) return { name: own.code, build: () => troubled(own, about) };
  const isEmpty = shown === 0 && !looking;
  if (trouble && isEmpty) return { name: `${trouble.code} ${trouble.says}`, build: () => troubled(trouble, about) };
  if (isPanel && !tab.page && !looking) return { name: "unlooked", build: () => unlooked(about) };
  if (isDone && listed(tab).length === 0) {
    return { name: `nothing ${items} ${tab.page?.changed}`, build: () => nothing(items, about) };
  }
  return null;
}

/** @param {string} name @param {string} says @param {Node | null} [act] */
const banner = (name, says, act = null) =>
  el("div", { class: "banner", "data-state": name }, el("p", { dir: "auto" }, says), act);

/** @param {About} about @returns {HTMLElement[]} what is to be said below the list */
export function notes(about) {
  const { tab, trouble, again } = about;
  const { unread, isDone, shown } = progressOf(about);
  const { page } = tab;
  const found = [];
  const yours = listed(tab).filter(
    ({ key }) => tab.results.get(key)?.yours && tab.results.get(key)?.saved === undefined,
  );
  if (yours.length > 0) found.push(banner("yours", plural("yours_here", yours.length), saveAll(about, yours)));
  if (page?.changed && shown > 0) found.push(banner("changed", t("changed_title", page.changed)));
  if (trouble && shown > 0 && isDone) {
    const says = trouble.says || t(`trouble_${trouble.code}_title`);
    found.push(banner(trouble.code, says, button("try_again", again, "small")));
  }
  if (listed(tab).length === 0) return found;
  const foot = [unread > 0 && isDone ? plural("unread", unread) : "", t("hint")];
  return [...found, el("p", { class: "foot" }, foot.filter(Boolean).join(" "))];
}

/** @param {About} about @param {Item[]} items */
function saveAll({ tabId }, items) {
  const save = button("save", () => void all(), "small");
  const all = async () => {
    save.disabled = true;
    save.textContent = t("saving");
    for (const { key } of items) await ask("wallet.save", { tabId, key }).catch(() => {}); // its own page says why
    save.disabled = false;
    save.textContent = t("save");
  };
  return save;
}

// @ts-check
// The page in front, if it is the reader's own, held against their wallet: the button that asks for it, and what is to be
// mended.

import { ask, Refused } from "../lib/ask.js";
import { el, outward, svg } from "../lib/dom.js";
import { isServersLanguage, t, tOr } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";
import { isVerdict } from "../lib/verdicts.js";
import { served, verdictWord } from "./parts.js";

/** @typedef {{tabId: number, found: Comparison, keys: (string | null)[]}} Compared */

/** Findings that no verdict has a word for. */
export const FINDINGS = ["dead", "wrong_link", "unlinked", "misdescribed"];
/** Those that a verdict stands for, of which it has word, shape and colour. @type {Record<string, Verdict>} */
const AS_VERDICTS = {
  ...{ not_genuine: "invalid", revoked: "revoked", not_yours: "not_theirs", suspended: "suspended" },
  ...{ expired: "expired", not_yet_valid: "not_yet_valid" },
};

/** @param {Comparison["entries"][number]} entry */
function wordFor({ code, verdict }) {
  if (FINDINGS.includes(code)) return el("b", { class: "word amber" }, t(`doctor_${code}`));
  const found = code === "fine" || code === "not_genuine" ? verdict : null; // there are several such
  return verdictWord(found ?? AS_VERDICTS[code] ?? "unknown", 18, "word");
}

/**
 * @param {{show: (compared: Compared) => void, announce: (text: string) => void}} host
 */
export function createCompare({ show, announce }) {
  let tabId = -1;
  const said = el("p", { role: "status", dir: "auto" });
  const press = el("button", { type: "button", id: "compare", onclick: () => void compare() }, t("compare"));
  const node = el("section", { class: "site", "aria-label": t("compare_title") }, el("p", {}, t("compare_says")), press, said);

  async function compare() {
    const asked = tabId;
    press.disabled = true;
    press.textContent = t("comparing");
    said.textContent = "";
    try {
      const compared = await ask("page.compare", { tabId: asked });
      if (asked === tabId) show({ tabId: asked, ...compared });
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      said.textContent = tOr(`reason_${trouble.reason}`, trouble.says ?? t(`trouble_${trouble.code}_title`));
      announce(said.textContent);
    } finally {
      press.disabled = false;
      press.textContent = t("compare");
    }
  }

  return {
    node,
    /** @param {number} tab @param {boolean} isReady whether its page was looked through */
    update(tab, isReady) {
      if (tab !== tabId) said.textContent = "";
      tabId = tab;
      node.hidden = !isReady;
    },
  };
}

/** @param {Comparison["entries"][number]["findings"][number]} finding */
const finding = ({ says, mend }) => [
  el("p", served(), says),
  mend ? el("p", served("mend"), mend) : null,
];

/** @param {number} tabId @param {string} key */
function keep(tabId, key) {
  const save = button("save", async () => {
    save.disabled = true;
    const trouble = await ask("wallet.save", { tabId, key }).then(
      () => null,
      (problem) => problem,
    );
    if (trouble && !(trouble instanceof Refused)) throw trouble;
    save.textContent = trouble ? tOr(`reason_${trouble.reason}`, t("save")) : t("saved");
    save.disabled = trouble === null;
  });
  return save;
}

/** @param {string} key @param {() => unknown} onclick */
const button = (key, onclick) => el("button", { type: "button", class: "small", onclick: () => void onclick() }, t(key));

/** @param {Comparison["entries"][number]} entry @param {Compared} compared */
function line(entry, { tabId, keys }) {
  const key = entry.index === null ? null : keys[entry.index];
  return el(
    "li",
    { "data-code": entry.code },
    el("h3", {}, el("bdi", {}, entry.title || entry.at || t("untitled"))),
    wordFor(entry),
    ...entry.findings.flatMap(finding),
    entry.keep && key ? keep(tabId, key) : null,
  );
}

/** @param {Comparison["missing"][number]} one */
function lacking({ name, issuer, verdict, link, add }) {
  return el(
    "li",
    {},
    el("h3", {}, el("bdi", {}, name || t("untitled"))),
    isVerdict(verdict) ? verdictWord(verdict, 18, "word") : null,
    issuer ? el("p", { class: "soft" }, el("bdi", {}, issuer)) : null,
    link ? el("p", {}, outward(link)) : el("p", { class: "soft" }, t("compare_no_address")),
    add ? el("p", {}, outward(add, t("compare_add"))) : null,
  );
}

/** @param {Compared} compared @param {() => void} back @returns {HTMLElement} its heading takes the focus */
export function comparison(compared, back) {
  const { entries, missing, notes } = compared.found;
  const isWell = missing.length === 0 && entries.every(({ code }) => code === "fine");
  const title = t(isWell ? "compare_well" : "compare_mend");
  return el(
    "article",
    { class: "whole compared" },
    el(
      "nav",
      { class: "crumb", "aria-label": t("crumb_label") },
      el("button", { type: "button", class: "quiet", id: "back", onclick: back }, svg(ICONS.back, 16), t("back")),
    ),
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": title },
      el(
        "div",
        { class: "pad" },
        el("h1", { tabindex: -1 }, title),
        isServersLanguage() ? null : el("p", { class: "small soft" }, t("servers_words")),
        ...notes.map((note) => el("p", served("remark"), note)),
        entries.length === 0 ? el("p", { class: "soft" }, t("compare_none")) : null,
      ),
      entries.length > 0
        ? el("section", {}, el("h2", {}, t("compare_entries")), el("ul", { class: "mends" }, ...entries.map((one) => line(one, compared))))
        : null,
      missing.length > 0
        ? el("section", {}, el("h2", {}, t("doctor_missing")), el("ul", { class: "mends" }, ...missing.map(lacking)))
        : null,
    ),
    el("footer", { class: "actions" }, button("open_wallet", () => ask("wallet.open"))),
  );
}

// @ts-check
// What the reader may allow for a page's whole site: to look through each of its pages unasked, and marks in them where
// the site's terms forbid programs to change its pages. Both can be taken back here and in the settings.

import { ask } from "../lib/ask.js";
import { el } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { originOf } from "../lib/origins.js";

/** Sites whose terms forbid marks, by their adapters' names, and what they are called. @type {Record<string, string>} */
const FORBIDDEN = { linkedin: "LinkedIn" };

/** @param {string} words @param {() => Promise<unknown>} press @param {() => void} then */
function button(words, press, then) {
  return el("button", { type: "button", onclick: () => void press().then(then) }, words);
}

export function createSite() {
  const node = el("section", { class: "site", "aria-label": t("site_label"), hidden: true });
  /** @type {Page | null} */
  let page = null;
  let shown = "";

  /** @param {string} origin @param {string} host */
  async function always(origin, host) {
    // Asked for within the click and before anything is awaited, or the browser refuses.
    const allow = () => browser.permissions.request({ origins: [origin] });
    const stop = () => browser.permissions.remove({ origins: [origin] });
    return (await browser.permissions.contains({ origins: [origin] }))
      ? [el("p", {}, t("site_is_always", host)), button(t("site_stop"), stop, redraw)]
      : [button(t("site_always", host), allow, redraw)];
  }

  /** @param {string} site @param {string} name */
  async function marks(site, name) {
    const wanted = (await ask("site.marked")).includes(site);
    const turn = () => ask("site.marks", { site, wanted: !wanted });
    return el(
      "details",
      {},
      el("summary", {}, t(wanted ? "marks_are_on" : "marks_are_off", name)),
      el("p", {}, t("marks_says", name)),
      button(t(wanted ? "marks_stop" : "marks_start"), turn, redraw),
    );
  }

  async function redraw() {
    const origin = originOf(page?.address);
    const { host = "", site = "" } = page ?? {};
    const forbidden = FORBIDDEN[site];
    const parts = [
      ...(origin ? await always(origin, host) : []),
      ...(forbidden ? [await marks(site, forbidden)] : []),
    ];
    node.replaceChildren(...parts);
    node.hidden = parts.length === 0;
  }

  return {
    node,
    /** @param {Page | null} now */
    update(now) {
      const shows = `${now?.address ?? ""} ${now?.site ?? ""}`;
      page = now;
      if (shows === shown) return;
      shown = shows;
      void redraw();
    },
  };
}

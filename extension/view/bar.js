// @ts-check
// The bar on top: whose page this is about, the owner's own phrase, and what can be done with the view.

import { el, middleCut, svg } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";
import { phraseSign } from "./phrase.js";

/** @param {string} id @param {ShapePart[]} icon @param {string} key @param {() => void} onclick */
const button = (id, icon, key, onclick) =>
  el(
    "button",
    { id, class: "quiet icon", type: "button", title: t(key), onclick },
    svg(icon, 18),
    el("span", { class: "unseen" }, t(key)),
  );

/** The panel opens in the same turn as the click, or the browser refuses it. @param {number | undefined} windowId */
async function openBeside(windowId) {
  const { sidePanel, sidebarAction } = /** @type {any} */ (browser);
  await (sidePanel ? sidePanel.open({ windowId }) : sidebarAction.open());
  window.close();
}

/** @param {{isPanel: boolean, rescan: () => void}} how */
export function createBar({ isPanel, rescan }) {
  const host = el("span", { id: "host" });
  /** @type {number | undefined} */
  let windowId;
  void browser.windows.getCurrent().then(({ id }) => (windowId = id));
  const node = el(
    "header",
    { id: "bar" },
    el("img", { src: "../icons/icon-32.png", alt: "", width: 20, height: 20 }),
    el("strong", {}, t("extension_name")),
    host,
    button("rescan", ICONS.again, "scan_again", rescan),
    isPanel ? null : button("beside", ICONS.beside, "open_beside", () => void openBeside(windowId)),
    button("settings", ICONS.settings, "settings", () => void browser.runtime.openOptionsPage()),
    phraseSign(),
  );
  let shown = "";
  return {
    node,
    /** @param {Page | null} page */
    update(page) {
      const name = page?.host ?? "";
      if (name === shown) return;
      shown = name;
      host.replaceChildren(...(name ? [middleCut(name)] : []));
    },
  };
}

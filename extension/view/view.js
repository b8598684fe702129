// @ts-check
// The trusted face, the same in the popup and in the panel: chooses what to show of one tab, and moves between the list
// and a badge opened.

import { ask } from "../lib/ask.js";
import { plural, speak, t } from "../lib/i18n.js";
import { HANDED } from "../lib/keys.js";
import { createAnnouncer } from "./announcer.js";
import { createBar } from "./bar.js";
import { comparison, createCompare } from "./compare.js";
import { detail } from "./detail.js";
import { createHanding } from "./handing.js";
import { createList, progressOf } from "./list.js";
import { pairing } from "./pairing.js";
import { pictures } from "./parts.js";
import { insteadOfList, notes } from "./states.js";
import { el } from "../lib/dom.js";
import { watch } from "./store.js";

/** @typedef {import("./store.js").Snapshot} Snapshot */
/** @typedef {{address: string, paired: boolean, trouble: Trouble | null}} Server */

/**
 * @typedef {object} View
 * @property {() => number} tabId
 * @property {(tabId: number) => Promise<void>} show another tab, as far as it was looked at before
 * @property {() => Promise<void>} look through its page
 * @property {() => Promise<void>} leave what its page no longer is
 */

/** @returns {Snapshot} */
const blank = () => ({ page: null, results: new Map() });

/** @param {{isPanel: boolean}} where @returns {View} */
export function createView({ isPanel }) {
  speak(document);
  const now = {
    tabId: -1,
    tab: blank(),
    handed: blank(),
    /** @type {Server | null} */ server: null,
    looking: false,
    /** @type {{tabId: number, key: string, inside: string[]} | null} */ opened: null,
    /** @type {import("./compare.js").Compared | null} */ compared: null,
    /** What is on the screen, so that it is built anew only when it became something else. */
    showing: "",
    stop: () => {},
  };
  const main = el("main", { id: "view", tabindex: -1 });
  const announcer = createAnnouncer();
  const bar = createBar({ isPanel, rescan: () => void look() });
  const handing = isPanel ? createHanding(announcer.say) : null;
  document.body.append(bar.node, main, ...(handing ? [handing.node] : []), announcer.node);

  const pictureOf = pictures(() => now.tab.page);
  const compare = createCompare({ show: showCompared, announce: announcer.say });
  const list = createList({ open: (tabId, key) => open(tabId, key), pictureOf, compare });

  /** @param {import("./compare.js").Compared | null} compared null: leave it */
  function showCompared(compared) {
    now.compared = compared;
    render();
    if (!compared) document.getElementById("compare")?.focus();
  }

  /** @param {number} tabId @param {string} key @param {string[]} [inside] */
  function open(tabId, key, inside = []) {
    now.opened = { tabId, key, inside };
    render();
  }

  function back() {
    if (!now.opened) return;
    const { tabId, key, inside } = now.opened;
    now.opened = inside.length > 0 ? { tabId, key, inside: inside.slice(0, -1) } : null;
    render();
    if (!now.opened) list.focus(tabId, key);
  }

  /** @param {string} name @param {() => HTMLElement} build @param {string} [focus] selector of what takes the focus */
  function put(name, build, focus) {
    if (now.showing === name) return;
    now.showing = name;
    main.replaceChildren(build());
    if (focus) main.querySelector(/** @type {"input"} */ (focus))?.focus();
  }

  /** @returns {boolean} whether a badge is shown opened */
  function renderOpened() {
    const { opened } = now;
    if (!opened) return false;
    const { page, results } = opened.tabId === HANDED ? now.handed : now.tab;
    const item = page?.items.find(({ key }) => key === opened.key);
    const result = results.get(opened.key);
    if (!page || !item || !result) return false;
    const { tabId, key, inside } = opened;
    const name = `badge ${tabId} ${key} ${inside.join(".")} ${result.yours} ${item.seen} ${JSON.stringify(result.answer)}`;
    const enter = (/** @type {string[]} */ path) => open(tabId, key, path);
    const picture = tabId === HANDED ? () => Promise.resolve(null) : pictureOf;
    const about = { page, item, result, inside, enter, back, pictureOf: picture, announce: announcer.say };
    put(name, () => detail(about), "h1");
    return true;
  }

  function render() {
    const { page } = now.tab;
    bar.update(page);
    handing?.show(now.server?.trouble?.code !== "unpaired");
    if (renderOpened()) return;
    const { compared } = now;
    if (compared) return put(JSON.stringify(compared), () => comparison(compared, () => showCompared(null)), "h1");
    const trouble = now.server?.trouble ?? page?.trouble ?? null;
    if (trouble?.code === "unpaired") return put("pairing", () => pairing({ paired: () => void connected() }), "input");
    const about = { ...now, trouble, isPanel, again: () => void look() };
    const instead = insteadOfList(about);
    list.update(now, instead, notes(about));
    put("list", () => list.node);
    const { items, checked, shown, isDone } = progressOf(now);
    if (items > 0) announcer.say(isDone ? plural("found", shown) : t("progress", checked, items));
  }

  async function connected() {
    if (!isPanel || now.tab.page) return look();
    now.server = await ask("server.state");
    render();
  }

  async function look() {
    now.looking = true;
    Object.assign(now, { opened: null, compared: null });
    render();
    const { tabId } = now;
    const asked = { tabId, clicked: !isPanel };
    const looked = ask("page.look", asked).catch(() => ask("page.look", asked)); // the worker may have been stopped
    const [server] = await Promise.all([ask("server.state"), looked]);
    now.server = server;
    now.looking = false;
    render();
  }

  /** @param {number} tabId */
  async function show(tabId) {
    now.stop();
    Object.assign(now, { tabId, tab: blank(), compared: null, opened: now.opened?.tabId === HANDED ? now.opened : null });
    await ask("page.leave", { tabId });
    if (now.tabId !== tabId) return; // another one was shown meanwhile
    const { snapshot, stop } = await watch(tabId, { changed: render, focus: (key) => open(tabId, key) });
    if (now.tabId !== tabId) return stop();
    Object.assign(now, { tab: snapshot, stop });
    if (isPanel) now.server ??= await ask("server.state");
    render();
  }

  async function leave() {
    const how = await ask("page.leave", { tabId: now.tabId });
    if (how === "left") now.compared = null;
    if (how === "left" && now.opened?.tabId !== HANDED) now.opened = null;
    render();
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !(now.opened || now.compared)) return;
    event.preventDefault(); // Escape closes the badge first, then the popup
    if (now.opened) back();
    else showCompared(null);
  });
  void watch(HANDED, { changed: render, focus: (key) => open(HANDED, key) }).then(({ snapshot }) => {
    now.handed = snapshot;
    render();
  });
  holdLine();
  return { tabId: () => now.tabId, show, look, leave };
}

/** The browser may stop the worker in the middle; calling it again starts it anew, and it goes on where it was. */
function holdLine() {
  browser.runtime.connect().onDisconnect.addListener(() => setTimeout(holdLine, 200));
}

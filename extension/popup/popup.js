// @ts-check
// The popup: chooses what to show of one tab, and moves between the list and a badge opened. `popup.html?tab=<id>`
// shows a given tab instead of the window's active one.

import { ask } from "../lib/ask.js";
import { el, middleCut, svg } from "../lib/dom.js";
import { fill, plural, t } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";
import { detail } from "./detail.js";
import { createList, listed } from "./list.js";
import { pairing } from "./pairing.js";
import { pictures } from "./parts.js";
import { banner, nothing, troubled } from "./states.js";
import { watch } from "./store.js";

const ANNOUNCE_EVERY = 1000; // ms: progress is read out in steps, not at every badge

/**
 * @type {{tabId: number, snapshot: import("./store.js").Snapshot, server: {address: string, paired: boolean, trouble:
 *   Trouble | null} | null}}
 */
const now = { tabId: -1, snapshot: { page: null, results: new Map() }, server: null };
/** @type {{key: string, inside: number[]} | null} */
let opened = null;
let looking = false;
/** What is on the screen, so that it is built anew only when it became something else. */
let showing = "";

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const pictureOf = pictures(() => now.snapshot.page);
const list = createList({ open: (key) => open(key), pictureOf });

let announced = 0;
let waiting = 0;
/** @param {string} text */
function announce(text) {
  clearTimeout(waiting);
  const wait = Math.max(0, announced + ANNOUNCE_EVERY - Date.now());
  waiting = setTimeout(() => {
    announced = Date.now();
    byId("live").textContent = text;
  }, wait);
}

/** @param {string} key @param {number[]} [inside] */
function open(key, inside = []) {
  opened = { key, inside };
  render();
}

function back() {
  if (!opened) return;
  const { key, inside } = opened;
  opened = inside.length > 0 ? { key, inside: inside.slice(0, -1) } : null;
  render();
  if (!opened) list.focus(key);
}

/** @param {string} name @param {() => HTMLElement} build @param {string} [focus] selector of what takes the focus */
function show(name, build, focus) {
  if (showing === name) return;
  showing = name;
  byId("view").replaceChildren(build());
  if (focus)
    byId("view")
      .querySelector(/** @type {"input"} */ (focus))
      ?.focus();
}

/** @returns {boolean} whether a badge is shown opened */
function renderOpened() {
  const { page, results } = now.snapshot;
  const item = page?.items.find(({ key }) => key === opened?.key);
  const result = opened && results.get(opened.key);
  if (!page || !opened || !item || !result) return false;
  const { key, inside } = opened;
  const name = `badge ${key} ${inside.join(".")} ${JSON.stringify(result.answer)}`;
  show(
    name,
    () => detail({ page, item, result, inside, enter: (path) => open(key, path), back, pictureOf, announce }),
    "h1",
  );
  return true;
}

function render() {
  const { page } = now.snapshot;
  const address = now.server?.address ?? "";
  byId("host").replaceChildren(...(page?.host ? [middleCut(page.host)] : []));
  if (renderOpened()) return;
  const trouble = now.server?.trouble ?? page?.trouble ?? null;
  if (trouble?.code === "unpaired") return show("pairing", () => pairing({ paired: () => void look() }), "input");
  if (page?.trouble?.code === "no_scan") return show("no_scan", () => troubled({ code: "no_scan" }, address, again));
  const hasList = listed(now.snapshot).some(({ state }) => state === "shown");
  if (trouble && !hasList && !looking) {
    return show(`trouble ${trouble.code} ${trouble.says}`, () => troubled(trouble, address, again));
  }
  const done = page?.phase === "done" && !looking && now.server !== null;
  if (done && !hasList) return show(`nothing ${page.items.length}`, () => nothing(page.items.length, address));
  renderList(trouble, done === true);
}

/** @param {Trouble | null} trouble @param {boolean} done */
function renderList(trouble, done) {
  list.update(now.snapshot, trouble && done ? banner(trouble, again) : null);
  show("list", () => list.node);
  const items = now.snapshot.page?.items ?? [];
  const shown = items.filter(({ state }) => state === "shown").length;
  const checked = items.filter(({ state }) => state !== "waiting").length;
  if (items.length > 0) announce(done ? plural("found", shown) : t("progress", checked, items.length));
}

async function look() {
  looking = true;
  render();
  const [server] = await Promise.all([ask("server.state"), ask("page.look", { tabId: now.tabId })]);
  now.server = server;
  looking = false;
  render();
}

const again = () => void look();

/** The browser may stop the worker in the middle; what was not answered by then is asked again. */
function holdLine() {
  browser.runtime.connect().onDisconnect.addListener(() => {
    if (now.snapshot.page?.phase === "done") return;
    holdLine();
    again();
  });
}

/** @returns {Promise<number>} the tab to show */
async function chosenTab() {
  const asked = new URLSearchParams(location.search).get("tab");
  if (asked !== null) return Number(asked);
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return tab?.id ?? -1;
}

async function start() {
  fill(document);
  document.documentElement.lang = browser.i18n.getUILanguage();
  for (const [id, icon, key] of /** @type {const} */ ([
    ["rescan", ICONS.again, "scan_again"],
    ["settings", ICONS.settings, "settings"],
  ])) {
    byId(id).append(svg(icon, 18), el("span", { class: "unseen" }, t(key)));
    byId(id).title = t(key);
  }
  byId("rescan").addEventListener("click", again);
  byId("settings").addEventListener("click", () => void browser.runtime.openOptionsPage());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened) return;
    event.preventDefault(); // Escape closes the badge first, then the popup
    back();
  });
  now.tabId = await chosenTab();
  now.snapshot = await watch(now.tabId, {
    changed: (snapshot) => {
      now.snapshot = snapshot;
      render();
    },
    focus: (key) => open(key),
  });
  holdLine();
  await look();
}

void start();

// @ts-check
// Who may ask the background for what: a page's process speaks through our content script and must get nothing by it.
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";

const ID = "abcdefghijklmnopabcdefghijklmnop";
const HOME = `chrome-extension://${ID}/`;
/** @type {string[]} */
const touched = [];
globalThis.fetch = async (address) => {
  touched.push(`fetch ${address}`);
  throw new TypeError("no server here");
};
const open = indexedDB.open.bind(indexedDB);
indexedDB.open = (...asked) => {
  touched.push("vault");
  return open(...asked);
};
/** @param {string} name @returns {any} an area of storage that is empty and tells when it was written */
const area = (name) => ({
  get: async () => ({}),
  getKeys: async () => [],
  set: async () => void touched.push(`${name}.set`),
  remove: async () => void touched.push(`${name}.remove`),
});
globalThis.browser = /** @type {any} */ ({
  runtime: { id: ID, getURL: () => HOME, getContexts: async () => [{ contextType: "POPUP" }] },
  storage: { local: area("local"), session: area("session") },
});
const { roleOf, route } = await import("../../../extension/background/router.js");

const tab = /** @type {chrome.tabs.Tab} */ ({ id: 7, windowId: 1 });
const content = { id: ID, url: "https://portfolio.example/", tab, frameId: 0, documentId: "D" };
const popup = { id: ID, url: `${HOME}popup/popup.html` };

test("our own pages, in a tab or not, are known by their address", () => {
  assert.equal(roleOf(popup), "page");
  assert.equal(roleOf({ ...popup, tab, frameId: 0 }), "page");
});

test("a content script is known by its tab, and only the page itself, not a frame in it", () => {
  assert.equal(roleOf(content), "content");
  assert.equal(roleOf({ ...content, frameId: 3 }), null);
  assert.equal(roleOf({ id: ID, url: "https://portfolio.example/" }), null);
});

test("other extensions and look-alike addresses are nobody", () => {
  assert.equal(roleOf({ ...popup, id: "ponmlkjihgfedcbaponmlkjihgfedcba" }), null);
  assert.equal(roleOf({ ...content, url: `https://evil.example/${HOME}` }), "content");
});

test("a content script gets no answer about the server, the wallet, or another tab", () => {
  for (const type of [
    "page.look",
    "page.again",
    "page.seen",
    "page.leave",
    "handed.text",
    "handed.address",
    "handed.file",
    "handed.forget",
    "owner.read",
    "owner.emails",
    "owner.phrase",
    "wallet.save",
    "wallet.open",
    "server.state",
    "server.pair",
    "server.forget",
    "server.address",
  ]) {
    assert.equal(
      route({ type, tabId: 7, key: "b1", code: "K7QF-3MXD", address: "http://127.0.0.1:1" }, content),
      undefined,
      type,
    );
  }
  assert.deepEqual(touched, []);
});

test("nobody gets an answer to what is no message of ours", () => {
  for (const message of [null, undefined, "page.look", {}, { type: "toString" }, { type: "__proto__" }]) {
    assert.equal(route(message, popup), undefined);
    assert.equal(route(message, content), undefined);
  }
});

test("a content script may ask for a badge of its own tab to be opened", async () => {
  assert.deepEqual(await route({ type: "page.open", key: "b1", tabId: 99 }, content), { value: null });
  assert.deepEqual(touched, ["session.set"]);
});

test("a refusal comes back as words, not as an exception", async () => {
  assert.deepEqual(await route({ type: "server.pair", code: "no code" }, popup), {
    trouble: { code: "refused", says: null, reason: "not_a_code" },
  });
  assert.deepEqual(await route({ type: "server.address", address: "http://evil.example" }, popup), {
    trouble: { code: "refused", says: null, reason: "not_local" },
  });
});

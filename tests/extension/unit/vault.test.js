// @ts-check
// What is kept of the owner's: in our own database and nowhere that a content script could look.
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";

// no browser.storage at all: whatever touched it would fail here
globalThis.browser = /** @type {any} */ ({});
const settings = await import("../../../extension/background/settings.js");
const { forget, keep, read } = await import("../../../extension/background/vault.js");

test("nothing is kept before something is", async () => {
  assert.deepEqual(await settings.readSettings(), { address: "http://127.0.0.1:8765", token: null });
  assert.deepEqual(await settings.readOwner(), { emails: [], phrase: "" });
});

test("a token is good for one server only", async () => {
  await settings.keepToken("secret");
  await settings.keepAddress("http://127.0.0.1:8765");
  assert.equal((await settings.readSettings()).token, "secret");
  await settings.keepAddress("http://localhost:9000");
  assert.deepEqual(await settings.readSettings(), { address: "http://localhost:9000", token: null });
});

test("what is forgotten is gone, and the rest is not", async () => {
  await keep({ token: "a", phrase: "b" });
  await forget("token");
  assert.deepEqual(await read("token", "phrase"), [undefined, "b"]);
});

test("many at once all come through", async () => {
  await Promise.all(Array.from({ length: 50 }, (_, number) => keep({ [`n${number}`]: number })));
  const names = Array.from({ length: 50 }, (_, number) => `n${number}`);
  assert.deepEqual(await read(...names), Array.from({ length: 50 }, (_, number) => number));
});

test("a phrase is kept short, and of addresses only what is one", async () => {
  await settings.keepPhrase(`  ${"x".repeat(100)} `);
  assert.equal((await settings.readOwner()).phrase, "x".repeat(60));
  assert.deepEqual(await settings.keepEmails([" mira@home.example ", "no", 7, "mira@home.example"]), ["mira@home.example"]);
  assert.deepEqual((await settings.readOwner()).emails, ["mira@home.example"]);
});

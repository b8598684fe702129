// @ts-check
// What a person hands over, and what the tab may be evidence of.
import assert from "node:assert/strict";
import { test } from "node:test";
import { awardAt, plainAddress } from "../../../extension/background/links.js";
import { pageOf } from "../../../extension/background/tab.js";
import { fromAddress, fromBytes, fromText, LONGEST } from "../../../extension/lib/handed.js";

const CREDLY = "https://www.credly.com/badges/01234567-89ab-cdef-0123-456789abcdef";
/** @param {string} text */
const source = (text) => /** @type {any} */ (fromText(text, plainAddress)).source;
/** @param {string} text */
const reason = (text) => /** @type {any} */ (fromText(text, plainAddress)).reason;

test("a credential's own text is handed on as it is, and an address as an address", () => {
  for (const text of ['{"id": "urn:uuid:1"}', "[1]", "eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJ4In0.c2lnbmF0dXJl"]) {
    assert.deepEqual(source(` ${text}\n`), { credential: text });
  }
  assert.deepEqual(source(CREDLY), { url: CREDLY });
  assert.deepEqual(source(`See my badge (${CREDLY}).`), { url: CREDLY });
});

test("what is neither gets a reason, which is a word of the locale", () => {
  assert.equal(reason(" \n"), "handed_empty");
  assert.equal(reason("Data Literacy"), "handed_words");
  assert.equal(reason(`{${" ".repeat(LONGEST)}}`), "handed_large");
  assert.deepEqual(fromAddress("blob:https://portfolio.example/1", plainAddress), { reason: "handed_blob" });
  assert.equal(/** @type {any} */ (fromAddress("ftp://portfolio.example/1", plainAddress)).reason, "handed_nowhere");
});

test("a wrapper is taken off: it carries the reader's own address", () => {
  const wrapped = `https://eur01.safelinks.protection.outlook.com/?url=${encodeURIComponent(CREDLY)}&data=05|mira@portfolio.example`;
  assert.deepEqual(source(wrapped), { url: CREDLY });
  const page = "https://portfolio.example/badge?utm_source=mail#top";
  const twice = `https://www.google.com/url?q=${encodeURIComponent(page)}`;
  assert.deepEqual(source(twice), { url: "https://portfolio.example/badge" });
  assert.equal(
    reason("https://eur01.safelinks.protection.outlook.com/?data=05|mira@portfolio.example"),
    "handed_nowhere",
  );
});

test("a file's bytes come out as base64, whole, and an empty or a large one with a reason", () => {
  const bytes = Uint8Array.from({ length: 100_000 }, (_, at) => at % 251);
  const read = /** @type {any} */ (fromBytes(bytes, "badge.png"));
  assert.deepEqual([...Buffer.from(read.source.bytes, "base64")], [...bytes]);
  assert.equal(read.label, "badge.png");
  assert.equal(/** @type {any} */ (fromBytes(new Uint8Array(), "x")).reason, "handed_empty");
  assert.equal(/** @type {any} */ (fromBytes(new Uint8Array(LONGEST), "x")).reason, "handed_large");
});

test("a picture inside the page's text is its bytes", () => {
  const read = /** @type {any} */ (fromAddress("data:image/svg+xml,%3Csvg/%3E", plainAddress));
  assert.equal(Buffer.from(read.source.bytes, "base64").toString(), "<svg/>");
  assert.deepEqual(fromAddress("data:image/png,%E0%A4%A", plainAddress), { reason: "handed_nowhere" });
});

test("a tab is evidence of an award only at the platform's own address", () => {
  assert.equal(awardAt(`${CREDLY}?utm_source=x#top`), CREDLY);
  for (const address of [
    `https://badgecheck.io/?url=${encodeURIComponent(CREDLY)}`,
    `https://www.google.com/url?q=${encodeURIComponent(CREDLY)}`,
    CREDLY.replace("credly.com", "credly.com.evil.example"),
    CREDLY.replace("https://", "https://www.credly.com@evil.example/"),
    CREDLY.replace("credly.com", "credly.com:8443"),
    `blob:${CREDLY}`,
    "about:blank",
    "https://www.credly.com/users/mira",
  ]) {
    assert.equal(awardAt(address), null, address);
  }
});

test("pages are told apart by their address, but not by the place in it that is scrolled to", () => {
  assert.equal(pageOf("https://a.example/x#part-2"), pageOf("https://a.example/x"));
  assert.notEqual(pageOf("https://mail.example/#inbox/1"), pageOf("https://mail.example/#inbox/2"));
  assert.notEqual(pageOf("https://a.example/x?of=1"), pageOf("https://a.example/x?of=2"));
  assert.equal(pageOf(null), null);
});

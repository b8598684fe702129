// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { readCandidates, sourceOf } from "../../../extension/background/candidates.js";

const GOOD = {
  key: "b1",
  url: "https://college.example/badge.png",
  kind: "image",
  provider: null,
  label: "Teamwork",
  context: null,
};

test("a well-formed candidate is read as it is", () => {
  assert.deepEqual(readCandidates([GOOD]), [GOOD]);
});

test("a taken-over page can hand in nothing but candidates", () => {
  for (const bad of [
    null,
    7,
    "b1",
    [],
    {},
    { ...GOOD, key: "page:1" },
    { ...GOOD, key: 1 },
    { ...GOOD, kind: "wallet" },
    { ...GOOD, url: "javascript:alert(1)" },
    { ...GOOD, url: "file:///etc/passwd" },
    { ...GOOD, url: "chrome-extension://abc/popup.html" },
    { ...GOOD, url: "https://[" },
    { ...GOOD, url: `https://college.example/${"a".repeat(9000)}` },
    { ...GOOD, url: `data:image/png;base64,${"A".repeat(9_000_001)}` },
    { ...GOOD, url: "data:text/html,hello" },
  ]) {
    assert.deepEqual(readCandidates([bad]), [], JSON.stringify(bad)?.slice(0, 80));
  }
  assert.deepEqual(readCandidates("everything"), []);
  assert.deepEqual(readCandidates({ 0: GOOD, length: 1 }), []);
  assert.equal(readCandidates(Array(900).fill(GOOD)).length, 500);
});

test("only known members come through, cut to size", () => {
  const [read] = readCandidates([
    {
      ...GOOD,
      label: "x".repeat(1000),
      token: "secret",
      context: {
        page: "https://portfolio.example/",
        names: ["Mira", 7, ""],
        emails: "mira@portfolio.example",
        exact: true,
        claims: [{ title: "A", extra: 1, issued: null }, "claim"],
      },
    },
  ]);
  assert.equal(read?.label.length, 300);
  assert.deepEqual(Object.keys(read ?? {}).sort(), ["context", "key", "kind", "label", "provider", "url"]);
  assert.deepEqual(read?.context, {
    page: "https://portfolio.example/",
    names: ["Mira"],
    emails: [],
    profiles: [],
    claims: [{ title: "A" }],
  });
});

test("an address is sent as it is, a picture in the page's text as its bytes", () => {
  assert.deepEqual(sourceOf("https://college.example/badge.png"), { url: "https://college.example/badge.png" });
  assert.deepEqual(sourceOf("data:image/png;base64,aGVs\n bG8="), { bytes: "aGVsbG8=" });
  assert.deepEqual(sourceOf("data:image/png;base64,aGVsbG8%3D"), { bytes: "aGVsbG8=" });
  assert.deepEqual(sourceOf("data:image/svg+xml,%3Csvg%3EZo%C3%AB%3C/svg%3E"), {
    bytes: Buffer.from("<svg>Zoë</svg>").toString("base64"),
  });
  assert.equal(sourceOf("data:image/svg+xml,%E0%A4%A"), null);
});

// @ts-check
// PRIVACY.md and the extension's own page say the same, in the same words.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { readCandidates } from "../../../extension/background/candidates.js";
import { HEADERS, LEAVES } from "../../../extension/lib/leaves.js";

const ROOT = new URL("../../../extension/", import.meta.url);
const written = readFileSync(new URL("PRIVACY.md", ROOT), "utf8");
const page = readFileSync(new URL("privacy/privacy.html", ROOT), "utf8");
/** @type {Record<string, {message: string}>} */
const messages = JSON.parse(readFileSync(new URL("_locales/en/messages.json", ROOT), "utf8"));
const says = (/** @type {string} */ key) => messages[key]?.message ?? assert.fail(key);

test("the table of requests is the list that the page shows", () => {
  const rows = written.split("\n").filter((line) => line.startsWith("| `"));
  const read = rows.map((row) => {
    const [, request = "", what, members = ""] = row.split("|").map((cell) => cell.trim());
    return { request: request.replaceAll("`", ""), what, members: [...members.matchAll(/`([^`]+)`/g)].map(([, one]) => one) };
  });
  const listed = LEAVES.map(({ name, request, members }) => ({
    request,
    what: `${says(`privacy_${name}`)}: ${says(`privacy_${name}_says`)}`,
    members,
  }));
  assert.deepEqual(read, listed);
  for (const header of HEADERS) assert.ok(written.includes(`\`${header}\``), header);
});

test("every sentence of the page stands in PRIVACY.md", () => {
  const flat = written.replace(/\s+/g, " ");
  const keys = [...page.matchAll(/data-i18n="(\w+)"/g)].map(([, key = ""]) => key);
  assert.ok(keys.length > 10);
  for (const key of keys) assert.ok(flat.includes(says(key)), key);
});

/** @param {unknown} value @param {string} path @returns {string[]} the paths of its leaves, `[]` for each entry of a list */
function leavesOf(value, path) {
  if (Array.isArray(value)) return value.flatMap((one) => leavesOf(one, `${path}[]`));
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, one]) => leavesOf(one, path ? `${path}.${name}` : name));
}

test("whatever a content script may hand on about a badge is on the list", () => {
  const anything = new Proxy({}, { get: (_, name) => (typeof name === "string" ? "https://a.example/" : undefined) });
  const given = {
    key: "b1",
    url: "https://a.example/badge.png",
    kind: "image",
    label: "",
    context: { page: "p", names: ["n"], emails: ["e"], profiles: ["q"], claims: [anything] },
  };
  const [read] = readCandidates([given]);
  const sent = leavesOf({ context: read?.context }, "").map((path) => `items[].${path}`);
  const listed = LEAVES.find(({ name }) => name === "batch")?.members ?? [];
  assert.ok(sent.length >= 10, String(sent));
  assert.deepEqual(
    sent.filter((path) => !listed.includes(path)),
    [],
  );
});

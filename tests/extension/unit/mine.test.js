// @ts-check
// "This one is yours" is a question of its own: what the page states must not be in it, and nothing of it in the page's.
import assert from "node:assert/strict";
import { test } from "node:test";
import "fake-indexeddb/auto";

/** @type {{path: string, body: any}[]} */
const sent = [];
const HEADERS = { "X-Touchstone": "1" };
/** @type {Map<string, any>} */
const session = new Map();

globalThis.fetch = async (url, init) => {
  const { pathname } = new URL(String(url));
  if (pathname === "/api/health") return Response.json({ app: "touchstone" }, { headers: HEADERS });
  const body = JSON.parse(String(init?.body));
  sent.push({ path: pathname, body });
  const lines = body.items.map((/** @type {any} */ item, /** @type {number} */ index) => {
    const isMine = item.context?.emails?.includes("mira@home.example") && item.url.endsWith("1");
    return { ...report(isMine ? "email_match" : "someone_else"), index };
  });
  return new Response(lines.map((/** @type {any} */ line) => JSON.stringify(line)).join("\n"), { headers: HEADERS });
};
/** @param {string} recipient @returns {any} */
const report = (recipient, genuine = "passed") => ({
  verdict: "not_theirs",
  checks: [
    { question: "genuine", outcome: genuine, code: "signature" },
    { question: "issuer", outcome: "passed", code: "vouched" },
    { question: "recipient", outcome: "failed", code: recipient },
  ],
  credential: { recipient: { identity_kind: "email", hashed: true } },
});
globalThis.browser = /** @type {any} */ ({
  storage: {
    session: {
      get: async (/** @type {string} */ name) => (session.has(name) ? { [name]: session.get(name) } : {}),
      getKeys: async () => [...session.keys()],
      set: async (/** @type {object} */ values) =>
        Object.entries(values).forEach(([name, value]) => session.set(name, value)),
      remove: async () => {},
    },
  },
});
const { askWhichAreYours } = await import("../../../extension/background/mine.js");
const { startPage } = await import("../../../extension/background/pages.js");
const { keepEmails, keepToken } = await import("../../../extension/background/settings.js");
await keepToken("t");
await keepEmails(["mira@home.example"]);

test("each genuine badge is asked about with the owner's addresses and nothing of the page's", async () => {
  const context = { page: "https://portfolio.example/", names: ["Jonas Feld"], emails: ["jonas@portfolio.example"] };
  const items = ["b1", "b2", "b3", "b4"].map((key) => ({
    key,
    url: `https://a.example/${key}`,
    kind: /** @type {const} */ ("image"),
    provider: null,
    label: "",
    context,
    state: /** @type {const} */ ("shown"),
  }));
  /** @type {Page} */
  const page = { tabId: 7, documentId: "D", host: "portfolio.example", items, phase: "done", trouble: null };
  await startPage(page);
  session.set("result:7:b1", { answer: report("someone_else") });
  session.set("result:7:b2", { answer: report("someone_else") });
  session.set("result:7:b3", { answer: report("someone_else", "failed") });
  session.set("result:7:b4", { answer: report("someone_else"), saved: "1" });
  const sourceFor = async (/** @type {Page} */ _, /** @type {Item} */ item) => ({ url: String(item.url), context });
  await askWhichAreYours(page, sourceFor, new AbortController());

  assert.deepEqual(
    sent.map(({ body }) => body.items),
    [["b1", "b2"].map((key) => ({ url: `https://a.example/${key}`, context: { emails: ["mira@home.example"] } }))],
  );
  assert.equal(session.get("result:7:b1").yours, true);
  assert.equal(session.get("result:7:b2").yours, false);
  for (const key of ["b1", "b2"]) assert.deepEqual(session.get(`result:7:${key}`).answer, report("someone_else"));

  await askWhichAreYours(page, sourceFor, new AbortController());
  assert.equal(sent.length, 1, "what was asked is not asked again");
});

test("an owner who told no address is asked about nowhere", async () => {
  await keepEmails([]);
  const page = /** @type {Page} */ ({ tabId: 8, documentId: "D", host: "", items: [], phase: "done", trouble: null });
  await askWhichAreYours(page, async () => null, new AbortController());
  assert.equal(sent.length, 1);
});

// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  announcementsOf,
  claimLines,
  dateText,
  fateOf,
  hostsOf,
  innerAt,
  isReport,
  issuerOf,
  momentText,
  titleOf,
  verdictOf,
} from "../../../extension/lib/report.js";
import { reportText } from "../../../extension/lib/text.js";
import { i18nIn } from "./languages.js";

/** @param {Partial<Report>} [changes] @returns {Report} */
const report = (changes) => ({
  version: 1,
  source: "badge.png",
  verdict: "verified",
  headline: "Riverside College issued this.",
  assurance: "signature",
  checks: [
    { question: "genuine", outcome: "passed", code: "signature", says: "The signature fits.", fix: null, detail: {} },
    {
      question: "current",
      outcome: "unknown",
      code: "status_unreachable",
      says: "Its list is out of reach.",
      fix: "Try later.",
      detail: {},
    },
  ],
  credential: {
    standard: "OB 3.0",
    container: "png",
    name: "Teamwork",
    id: "urn:uuid:1",
    issuer: {
      id: "did:web:college.example",
      name: "Riverside College",
      proven: "college.example",
      vouched_by: ["Colleges"],
    },
    recipient: { name: "Mira Solano" },
    issued: "2025-03-14T00:00:00Z",
    expires: null,
  },
  contacted: [],
  checked_at: "2026-11-23T14:02:00Z",
  bundle: [],
  ...changes,
});
/** @param {string} code @returns {Refusal} */
const refusal = (code) => ({ error: { code, says: "No." } });
const item = /** @type {const} */ ({ kind: "image" });

test("an error is not established: neither better nor worse", () => {
  assert.equal(verdictOf(refusal("malformed")), "unknown");
  assert.ok(!isReport(refusal("not_a_badge")));
});

test("a verdict this version does not know is not established", () => {
  assert.equal(verdictOf(report({ verdict: /** @type {any} */ ("excellent") })), "unknown");
  assert.equal(verdictOf(report()), "verified");
});

test("an issuer's name is a fact only when somebody vouches for it", () => {
  assert.deepEqual(issuerOf(report()), { fact: "Riverside College", proven: "college.example", claimed: null });
  const issuer = { name: "Riverside College", proven: "college.example", vouched_by: [] };
  const unvouched = report({ credential: { standard: "OB 3.0", container: "png", issuer } });
  assert.deepEqual(issuerOf(unvouched), { fact: null, proven: "college.example", claimed: "Riverside College" });
  for (const answer of [null, refusal("malformed"), report({ credential: null })]) {
    assert.deepEqual(issuerOf(answer), { fact: null, proven: null, claimed: null });
  }
});

test("the title is the badge's own; the page's word only stands in", () => {
  assert.equal(titleOf(report(), "Leadership"), "Teamwork");
  assert.equal(titleOf(refusal("malformed"), "Leadership"), "Leadership");
  assert.equal(titleOf(null, ""), "");
});

test("any picture may be asked about, so one that holds no badge has no line", () => {
  assert.equal(fateOf(item, refusal("not_a_badge")), "dropped");
  assert.equal(fateOf(item, refusal("not_an_award")), "dropped");
  for (const code of ["unreachable", "sign_in", "blocked", "too_large"])
    assert.equal(fateOf(item, refusal(code)), "unread");
  for (const code of ["malformed", "ambiguous"]) assert.equal(fateOf(item, refusal(code)), "shown");
  assert.equal(fateOf(item, report({ verdict: "unknown" })), "shown");
});

test("a known award's address has its line whatever came of it", () => {
  for (const kind of /** @type {const} */ (["award", "page"])) {
    for (const code of ["not_a_badge", "unreachable", "malformed"])
      assert.equal(fateOf({ kind }, refusal(code)), "shown");
  }
});

test("hosts are named once, in order, and as kept only when none of their answers was fetched now", () => {
  /** @param {string} url @param {boolean} from_cache */
  const asked = (url, from_cache) => ({ url, from_cache, at: "", status: 200 });
  const contacted = [
    asked("https://b.example/1", true),
    asked("https://a.example/", true),
    asked("https://b.example/2", false),
    asked("did:key:z6Mk", true),
  ];
  assert.deepEqual(
    hostsOf(report({ contacted })).map(({ host, cached }) => [host, cached]),
    [
      ["b.example", false],
      ["a.example", true],
      ["", true],
    ],
  );
});

test("a day stays that day wherever it is read, and always has its year", () => {
  assert.equal(dateText("2025-03-14T00:00:00Z", "en-GB"), "14 March 2025");
  assert.equal(dateText("2025-03-14", "en-GB"), "14 March 2025");
  assert.equal(dateText("soon", "en-GB"), "soon");
  assert.equal(dateText(null, "en-GB"), "");
});

test("a moment of today is a time; of another day, a date too", () => {
  const now = new Date("2026-11-23T18:00:00");
  assert.equal(momentText("2026-11-23T14:02:00", now, "en-GB"), "14:02");
  assert.equal(momentText("2026-11-22T14:02:00", now, "en-GB"), "22 November 2026 at 14:02");
  assert.equal(momentText("whenever", now, "en-GB"), "whenever");
});

test("as text, a report says verdict, headline, every answer with its remedy, and the facts", () => {
  /** @param {string} key @param {string[]} parts */
  const t = (key, ...parts) => i18nIn("en").getMessage(key, parts);
  const text = reportText(report(), { t, host: "portfolio.example", title: "Teamwork", language: "en-GB" });
  const lines = text.split("\n");
  assert.equal(lines[0], "Teamwork: Verified");
  for (const line of [
    "Genuine? The signature fits.",
    "In force? Its list is out of reach.",
    "  What to do: Try later.",
    "Issuer: Riverside College",
    "Learner: Mira Solano",
    "Issued: 14 March 2025",
    "ID: urn:uuid:1",
    "Seen on portfolio.example",
  ]) {
    assert.ok(lines.includes(line), line);
  }
  assert.ok(!text.includes("Expires"), "what a badge does not say is left out");
});

test("in another language the reader's own words come first, and the server's sentences follow", () => {
  /** @param {string} key @param {string[]} parts */
  const t = (key, ...parts) => i18nIn("de").getMessage(key, parts);
  const lines = reportText(report(), { t, host: "", title: "Teamwork", language: "de" }).split("\n");
  assert.deepEqual(lines.slice(0, 3), [
    "Teamwork: Bestätigt",
    "Ein bekannter Aussteller hat dies ausgestellt.",
    "Riverside College issued this.",
  ]);
  assert.equal(lines[lines.indexOf("Echt? Vom Aussteller signiert") + 1], "  The signature fits.");
  assert.ok(lines.includes("Ausgestellt: 14. März 2025"));
});

/** @param {Record<string, unknown>} detail @param {string} [code] @returns {Check} */
const claimed = (detail, code = "differs") => ({
  question: "claim",
  outcome: "failed",
  code,
  says: "",
  fix: null,
  detail,
});

test("the page's word stands beside the badge's, line by line; of an older server, the worst line", () => {
  const lines = [
    { member: "title", page: "Professional", badge: "Associate", agrees: false },
    { member: "issued", page: "2025-03", badge: "2025-03-14", agrees: true },
    { member: "expires", page: "2027", badge: null, agrees: null },
    { member: "level", page: "Foundations", badge: "Expert", agrees: null, less: true },
  ];
  assert.deepEqual(
    claimLines(claimed({ member: "title", page: "Professional", badge: "Associate", lines })).map(
      ({ agrees }) => agrees,
    ),
    ["no", "yes", "cannot_tell", "less"],
  );
  assert.deepEqual(claimLines(claimed({ member: "title", page: "A", badge: "B" })), [
    { member: "title", page: "A", badge: "B", agrees: "no" },
  ]);
  assert.deepEqual(claimLines(claimed({}, "nothing_claimed")), []);
  assert.deepEqual(claimLines(claimed({ lines: [null, 3, { member: "title" }] })), []);
});

test("what is not as it was when the issuer was first met is announced, and only that", () => {
  /** @param {unknown} changed @returns {Check} */
  const issuer = (changed) => ({
    question: "issuer",
    outcome: "passed",
    code: "vouched",
    says: "",
    fix: null,
    detail: { changed },
  });
  const change = { what: "domain", was: "old.example", first_seen: "2026-01-02T00:00:00Z", since: null };
  assert.deepEqual(announcementsOf(report({ checks: [issuer([change, { what: "mood" }, "x", null])] })), [
    { what: "domain", was: "old.example", since: "2026-01-02T00:00:00Z" },
  ]);
  assert.deepEqual(announcementsOf(report({ checks: [issuer(undefined)] })), []);
  assert.deepEqual(announcementsOf(refusal("malformed")), []);
});

test("an inner badge and an endorsement are reached by steps, and a wrong step leads nowhere", () => {
  const inner = report({ verdict: "revoked" });
  const endorsing = report({ verdict: "unvouched" });
  const credential = { standard: "CLR 2.0", container: "json", endorsements: [endorsing] };
  const outer = report({ bundle: [report({ bundle: [inner] })], credential });
  assert.equal(innerAt(outer, []), outer);
  assert.equal(innerAt(outer, ["bundle 0", "bundle 0"]), inner);
  assert.equal(innerAt(outer, ["endorsements 0"]), endorsing);
  assert.equal(innerAt(outer, ["bundle 7"]), outer);
});

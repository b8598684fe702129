// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { OUTCOME_SHAPES, QUESTIONS, toneOf } from "../../../extension/lib/outcomes.js";
import { isVerdict, PAPER, shapeOf, TONES, VERDICTS } from "../../../extension/lib/verdicts.js";

/** @param {string} hex @returns {[number, number, number]} */
const channels = (hex) =>
  /** @type {[number, number, number]} */ ([1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)));

/** @param {[number, number, number]} colour relative luminance, as WCAG 2 defines it */
function luminance(colour) {
  const [red, green, blue] = /** @type {[number, number, number]} */ (
    colour.map((channel) => {
      const part = channel / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    })
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {[number, number, number]} one @param {[number, number, number]} other */
function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (Number(light) + 0.05) / (Number(dark) + 0.05);
}

test("there are the contract's twelve verdicts, and nothing else is one", () => {
  assert.deepEqual(Object.keys(VERDICTS).sort(), [
    "expired",
    "holder_unproven",
    "impostor",
    "invalid",
    "not_theirs",
    "not_yet_valid",
    "overstated",
    "revoked",
    "suspended",
    "unknown",
    "unvouched",
    "verified",
  ]);
  assert.ok(isVerdict("verified"));
  for (const word of ["valid", "VERIFIED", "toString", "__proto__", ""]) assert.ok(!isVerdict(word));
});

test("only verified is green, and unknown is grey", () => {
  const green = Object.entries(VERDICTS).filter(([, { tone }]) => tone === "green");
  assert.deepEqual(
    green.map(([name]) => name),
    ["verified"],
  );
  assert.equal(VERDICTS.unknown.tone, "grey");
});

test("each verdict has a shape of its own, so that none is told by colour alone", () => {
  const shapes = Object.values(VERDICTS).map((look) => JSON.stringify(shapeOf(look)));
  assert.equal(new Set(shapes).size, 12);
});

test("a filled shape carries its glyph in the paper's colour, a ring in its own", () => {
  assert.deepEqual(
    shapeOf(VERDICTS.revoked).map(([, { fill, stroke }]) => [fill, stroke]),
    [
      ["currentColor", undefined],
      ["none", "var(--paper)"],
    ],
  );
  assert.deepEqual(
    shapeOf(VERDICTS.unvouched).map(([, { fill, stroke }]) => [fill, stroke]),
    [
      ["none", "currentColor"],
      ["none", "currentColor"],
    ],
  );
});

for (const theme of /** @type {const} */ (["light", "dark"])) {
  test(`words and shapes can be read on ${theme} paper, also on the pill's tint`, () => {
    const paper = channels(PAPER[theme]);
    const share = theme === "light" ? 0.08 : 0.12; // --tint in lib/look.css
    for (const [tone, colours] of Object.entries(TONES)) {
      const colour = channels(colours[theme]);
      const tint = /** @type {[number, number, number]} */ (
        colour.map((part, at) => part * share + Number(paper[at]) * (1 - share))
      );
      assert.ok(contrast(colour, paper) >= 4.5, `${tone} on paper: ${contrast(colour, paper)}`);
      assert.ok(contrast(colour, tint) >= 4.5, `${tone} on its tint: ${contrast(colour, tint)}`);
    }
  });
}

/** @param {Question} question @param {Outcome} outcome @param {string} code */
const check = (question, outcome, code) => ({ question, outcome, code, says: "", fix: null, detail: {} });

test("an answer is green only when it passed, and never red or green when it is unknown or absent", () => {
  for (const question of QUESTIONS) {
    assert.equal(toneOf(check(question, "passed", "x")), "green");
    assert.equal(toneOf(check(question, "unknown", "x")), "grey");
    assert.equal(toneOf(check(question, "absent", "x")), "grey");
  }
  assert.deepEqual(Object.keys(OUTCOME_SHAPES), ["passed", "failed", "unknown", "absent"]);
});

test("what merely lapsed or is overstated is amber, what deceives is red", () => {
  for (const code of ["expired", "suspended", "not_yet_valid"])
    assert.equal(toneOf(check("current", "failed", code)), "amber");
  assert.equal(toneOf(check("claim", "failed", "differs")), "amber");
  assert.equal(toneOf(check("current", "failed", "revoked")), "red");
  for (const question of /** @type {const} */ (["genuine", "issuer", "recipient"]))
    assert.equal(toneOf(check(question, "failed", "x")), "red");
});

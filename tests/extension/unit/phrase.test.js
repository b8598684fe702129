// @ts-check
// The phrase no page can know: chosen at random, and drawn the same each time.
import assert from "node:assert/strict";
import { test } from "node:test";
import { newPhrase, patternOf } from "../../../extension/lib/phrase.js";
import { WORDS } from "../../../extension/lib/words.js";

/** @param {string} phrase */
const drawn = (phrase) => patternOf(phrase).map(({ figure, tone }) => `${tone} ${figure}`).join(", ");

test("there is a word for each byte, and none twice or hard to tell apart by a capital", () => {
  assert.equal(WORDS.length, 256);
  assert.equal(new Set(WORDS).size, 256);
  for (const word of WORDS) assert.match(word, /^[a-z]{3,10}$/);
});

test("each phrase is three of the words, and hardly ever the same", () => {
  const phrases = Array.from({ length: 500 }, newPhrase);
  for (const phrase of phrases) {
    const words = phrase.split(" ");
    assert.equal(words.length, 3);
    assert.ok(words.every((word) => WORDS.includes(word)), phrase);
    assert.ok(phrase.length <= 60);
  }
  assert.ok(new Set(phrases).size > 495);
});

test("the same phrase is drawn the same, however its capitals and blanks are typed", () => {
  assert.equal(drawn("Otter lemon tower"), drawn("  otter lemon tower "));
  assert.notEqual(drawn("otter lemon tower"), drawn("otter lemon trout"));
});

test("patterns are spread: among a thousand phrases nearly all differ, and every figure and tone comes up", () => {
  const patterns = Array.from({ length: 1000 }, () => patternOf(newPhrase()));
  const written = patterns.map((pattern) => pattern.map(({ figure, tone }) => `${tone} ${figure}`).join(", "));
  assert.ok(new Set(written).size > 985, String(new Set(written).size));
  const parts = patterns.flat();
  for (const kind of [parts.map(({ figure }) => String(figure)), parts.map(({ tone }) => tone)]) {
    assert.equal(new Set(kind).size, 6);
    for (const one of new Set(kind)) assert.ok(kind.filter((other) => other === one).length > 500, String(one));
  }
});

// @ts-check
// What must hold of every language: all of English, nothing more, nothing forgotten, and its own plurals.
import assert from "node:assert/strict";
import { test } from "node:test";
import { locale, plural, t } from "../../../extension/lib/i18n.js";
import { dateText } from "../../../extension/lib/report.js";
import { ENGLISH, i18nIn, LANGUAGES, PLURALS } from "./languages.js";

/** The same in another language: names, commands, and words that it shares with English. */
const SHARED = {
  all: ["extension_name", "command"],
  de: ["language_direction", "options_server", "fact_standard"],
  es: ["language_direction", "outcome_failed"],
  fr: ["language_direction", "verdict_impostor", "fact_standard"],
  ar: [],
};
const FORMS = ["zero", "one", "two", "few", "many", "other"];
/** @param {string} key */
const stemOf = (key) => PLURALS.find((stem) => FORMS.some((form) => key === `${stem}_${form}`));
/** @param {string} text @returns {string[]} its placeholders, each once */
const places = (text) => [...new Set(text.match(/\$\d/g) ?? [])].sort();
/** @param {string} text */
const words = (text) => text.replace(/\$\d/g, "").match(/\p{L}+/gu) ?? [];

test("the mission's languages are there", () => {
  assert.deepEqual(Object.keys(LANGUAGES).sort(), ["ar", "de", "en", "es", "fr"]);
  assert.ok(PLURALS.length >= 4);
});

for (const [name, messages] of Object.entries(LANGUAGES)) {
  const shared = new Set([...SHARED.all, ...(/** @type {Record<string, string[]>} */ (SHARED)[name] ?? [])]);
  /** @param {string} key */
  const english = (key) => ENGLISH[stemOf(key) ? `${stemOf(key)}_other` : key]?.message ?? "";
  const { pluralCategories } = new Intl.PluralRules(name).resolvedOptions();

  test(`${name}: it has every word of English and no other, in the forms that its numbers need`, () => {
    const single = Object.keys(ENGLISH).filter((key) => !stemOf(key));
    const counted = PLURALS.flatMap((stem) => pluralCategories.map((form) => `${stem}_${form}`));
    const ownZero = Object.keys(ENGLISH).filter((key) => stemOf(key) && key.endsWith("_zero")); // said of none at all
    assert.deepEqual(Object.keys(messages).sort(), [...new Set([...single, ...counted, ...ownZero])].sort());
  });

  test(`${name}: every message has the placeholders of the English one, and each of a number's forms no other`, () => {
    for (const [key, { message }] of Object.entries(messages)) {
      const expected = places(english(key));
      if (!stemOf(key) || key.endsWith("_other")) assert.deepEqual(places(message), expected, key);
      else assert.ok(places(message).every((place) => expected.includes(place)), key);
      assert.doesNotMatch(message, /\$(?!\d)|\$\d\d/, key);
    }
  });

  test(`${name}: no message is empty, left in English, or padded`, () => {
    for (const [key, { message }] of Object.entries(messages)) {
      assert.match(message, /\S/, key);
      assert.equal(message, message.trim(), key);
      if (name === "en" || shared.has(key) || words(english(key)).every((word) => word === "Touchstone")) continue;
      assert.notEqual(message, english(key), key);
    }
  });

  test(`${name}: it says which language it is, and runs its way`, () => {
    assert.equal(messages["language_tag"]?.message, name);
    const letters = Object.values(messages).map(({ message }) => message).join("");
    const isArabic = (letters.match(/\p{Script=Arabic}/gu) ?? []).length > letters.length / 2;
    assert.equal(messages["language_direction"]?.message, isArabic ? "rtl" : "ltr");
  });

  test(`${name}: the store's name and description fit its limits`, () => {
    assert.ok((messages["extension_name"]?.message.length ?? 99) <= 45);
    assert.ok((messages["extension_description"]?.message.length ?? 999) <= 132);
  });

  test(`${name}: no two verdicts, and no two questions, share a word`, () => {
    for (const family of ["verdict_", "question_"]) {
      const said = Object.entries(messages).filter(([key]) => key.startsWith(family));
      assert.equal(new Set(said.map(([, { message }]) => message)).size, said.length, family);
    }
  });

  test(`${name}: every number finds its form`, () => {
    Object.assign(globalThis, { browser: { i18n: i18nIn(name) } });
    for (const stem of PLURALS) {
      for (const count of [0, 1, 2, 3, 11, 100, 1_000_000]) assert.notEqual(plural(stem, count), "", `${stem} ${count}`);
    }
  });
}

test("what is allowed to be the same is the same", () => {
  for (const [name, keys] of Object.entries(SHARED)) {
    const languages = name === "all" ? Object.keys(LANGUAGES) : [name];
    for (const key of keys)
      for (const language of languages) assert.equal(LANGUAGES[language]?.[key]?.message, ENGLISH[key]?.message, key);
  }
});

test("a number has its own form and is written the language's way", () => {
  const said = (/** @type {string} */ name, /** @type {number} */ count) => {
    Object.assign(globalThis, { browser: { i18n: i18nIn(name) } });
    return plural("found", count);
  };
  assert.equal(said("en", 1200), "1,200 badges on this page");
  assert.equal(said("de", 1200), "1.200 Badges auf dieser Seite");
  assert.equal(said("fr", 0), "0 badge sur cette page");
  assert.equal(said("es", 1_000_000), "1.000.000 de insignias en esta página");
  assert.equal(new Set([0, 1, 2, 3, 11].map((count) => said("ar", count))).size, 5);
});

test("a name keeps its own direction within a sentence", () => {
  Object.assign(globalThis, { browser: { i18n: i18nIn("ar") } });
  assert.ok(t("changed_title", "LinkedIn").includes("\u2068LinkedIn\u2069"));
  Object.assign(globalThis, { browser: { i18n: i18nIn("en") } });
  assert.equal(t("changed_title", "LinkedIn"), "LinkedIn’s page has changed");
  assert.equal(t("quoted", "شارة"), "“\u2068شارة\u2069”");
});

test("dates are written in the language of the words, as the reader's region writes them", () => {
  /** @param {string} name @param {string} region */
  const inRegion = (name, region) =>
    Object.assign(globalThis, { browser: { i18n: { ...i18nIn(name), getUILanguage: () => region } } });
  inRegion("en", "en-GB");
  assert.equal(dateText("2025-03-14", locale()), "14 March 2025");
  inRegion("en", "it"); // no Italian words yet: nothing is half Italian
  assert.equal(dateText("2025-03-14", locale()), "March 14, 2025");
  inRegion("de", "de-AT");
  assert.equal(dateText("2025-03-14", locale()), "14. März 2025");
});

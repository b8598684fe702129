// @ts-check
// The languages of the extension, as the browsers' tests and these read them.
import { readdirSync, readFileSync } from "node:fs";

const LOCALES = new URL("../../../extension/_locales/", import.meta.url);

/** @typedef {Record<string, {message: string, description?: string}>} Messages */

/** Every language's messages. @type {Record<string, Messages>} */
export const LANGUAGES = Object.fromEntries(
  readdirSync(LOCALES).map((name) => [name, JSON.parse(readFileSync(new URL(`${name}/messages.json`, LOCALES), "utf8"))]),
);

export const ENGLISH = LANGUAGES["en"] ?? {};

/** What is chosen between by a number, by the name that `plural` is given. */
export const PLURALS = Object.keys(ENGLISH).flatMap((key) => {
  const stem = key.replace(/_other$/, "");
  return stem !== key && Object.hasOwn(ENGLISH, `${stem}_one`) ? [stem] : [];
});

/**
 * Words in one language, as the browser's `i18n.getMessage` would give them. It stands in for `browser.i18n`.
 * @param {string} language
 */
export const i18nIn = (language) => ({
  getUILanguage: () => language,
  /** @param {string} key @param {string[]} [parts] */
  getMessage: (key, parts = []) =>
    ((LANGUAGES[language] ?? {})[key] ?? ENGLISH[key])?.message.replace(/\$(\d)/g, (_, at) => parts[Number(at) - 1] ?? "") ??
    "",
});

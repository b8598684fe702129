// @ts-check
// Words in the reader's language. Static pages name theirs in `data-i18n`; everything else asks `t`.

/**
 * @param {string} key in _locales/<language>/messages.json
 * @param {...(string | number)} parts what its placeholders stand for
 * @returns {string} in it numbers are written the reader's way, and texts keep their own direction
 */
export function t(key, ...parts) {
  const written = parts.map((part) =>
    typeof part === "number" ? new Intl.NumberFormat(locale()).format(part) : isolated(part),
  );
  return browser.i18n.getMessage(key, written);
}

/**
 * @param {string} key
 * @param {number} count chooses `<key>_zero`, `_one`, `_two`, `_few`, `_many` or `_other` by the language's own rule
 */
export function plural(key, count) {
  const form = new Intl.PluralRules(language()).select(count);
  return t(`${key}_${form}`, count) || t(`${key}_other`, count);
}

/** @param {string} key @param {string} otherwise for a key this version does not know */
export const tOr = (key, otherwise) => t(key) || otherwise;

/** The server's sentences come in this language. */
export const SERVER_LANGUAGE = "en";

/** @returns {string} of the words that `t` gives, which need not be the browser's own */
export const language = () => browser.i18n.getMessage("language_tag");

/** @returns {string} the reader's own kind of that language, such as en-GB: how dates and numbers are written */
export function locale() {
  const own = browser.i18n.getUILanguage();
  return own.split("-")[0] === language() ? own : language();
}

/** Letters that run from right to left. */
const LEFTWARDS = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** @param {string} text @returns {string} held apart by Unicode's own marks where it may run against the sentence around it */
function isolated(text) {
  const isMirrored = browser.i18n.getMessage("language_direction") === "rtl";
  return text !== "" && (isMirrored || LEFTWARDS.test(text)) ? `\u2068${text}\u2069` : text;
}

/** @returns {boolean} whether the server's sentences are in the reader's language */
export const isServersLanguage = () => language() === SERVER_LANGUAGE;

/** Say of a page of ours in which language its words are, and which way they run. @param {Document} page */
export function speak(page) {
  page.documentElement.lang = language();
  page.documentElement.dir = t("language_direction");
}

/** Fill the texts that a static page leaves to us. @param {Document} page */
export function fill(page) {
  speak(page);
  for (const element of page.querySelectorAll("[data-i18n]")) {
    element.textContent = t(element.getAttribute("data-i18n") ?? "");
  }
}

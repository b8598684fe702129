// @ts-check
// The five answers of a report: question, short answer and outcome in a line each, which opens to the sentence, what
// to do about it, and one step deeper the standard's own terms.

import { el, svg } from "../lib/dom.js";
import { isServersLanguage, t, tOr } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";
import { OUTCOME_SHAPES, QUESTIONS, toneOf } from "../lib/outcomes.js";
import { alsoOf, checkOf } from "../lib/report.js";
import { served } from "./parts.js";

const LONGEST_VALUE = 400;
/** What is shown elsewhere in words. */
const TOLD = new Set(["also", "lines", "changed"]);

/** @param {unknown} value */
function termText(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** @param {Check} check */
function terms({ code, detail }) {
  const entries = Object.entries({ code, ...detail }).filter(
    ([name, value]) => value !== null && value !== undefined && !TOLD.has(name),
  );
  return el(
    "details",
    { class: "deeper" },
    el("summary", {}, t("details")),
    el(
      "dl",
      { class: "terms", lang: "en", dir: "ltr" },
      ...entries.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, termText(value))]),
    ),
  );
}

/** @param {Check} check @param {boolean} open */
function answer(check, open) {
  const { question, outcome, code, says, fix } = check;
  const shape = OUTCOME_SHAPES[outcome] ?? OUTCOME_SHAPES.unknown;
  const word = t(`outcome_${outcome}`);
  const more = check.question === "claim" ? [] : alsoOf(check);
  return el(
    "details",
    { "data-question": question, "data-outcome": outcome, open },
    el(
      "summary",
      {},
      el("span", { class: toneOf(check) }, svg(shape, 18)),
      el("span", { class: "question" }, t(`question_${question}`)),
      el("span", {}, tOr(`answer_${question}_${code}`, word), el("span", { class: "unseen" }, ` (${word})`)),
      svg(ICONS.forward, 16, "shape go"),
    ),
    el(
      "div",
      { class: "said" },
      isServersLanguage() ? null : el("p", { class: "small soft" }, t("servers_words")),
      el("p", served(), says),
      ...more.map((one) => el("p", served("soft"), one)),
      fix ? el("div", { class: "fix" }, el("b", {}, t("fix")), el("span", served(), fix)) : null,
      terms(check),
    ),
  );
}

/** @param {Report} report what most needs reading, and mending, is open from the start */
export function answers(report) {
  const checks = QUESTIONS.map((question) => checkOf(report, question)).filter((check) => check !== undefined);
  const worst =
    checks.find(({ outcome }) => outcome === "failed") ?? checks.find(({ outcome }) => outcome === "unknown");
  return el(
    "section",
    { class: "answers", "aria-label": t("answers_label") },
    ...checks.map((check) => answer(check, check === worst)),
  );
}

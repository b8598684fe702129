// @ts-check
// The five answers of a report: question, short answer and outcome in a line each, which opens to the sentence, what
// to do about it, and the standard's own terms.

import { el, svg } from "../lib/dom.js";
import { t, tOr } from "../lib/i18n.js";
import { ICONS } from "../lib/icons.js";
import { OUTCOME_SHAPES, QUESTIONS, toneOf } from "../lib/outcomes.js";
import { checkOf } from "../lib/report.js";

const LONGEST_VALUE = 400;

/** @param {unknown} value */
function termText(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** @param {Check} check */
function terms({ code, detail }) {
  const entries = Object.entries({ code, ...detail }).filter(([, value]) => value !== null && value !== undefined);
  return el(
    "dl",
    { class: "terms", "aria-label": t("details") },
    ...entries.flatMap(([name, value]) => [el("dt", {}, name), el("dd", {}, termText(value))]),
  );
}

/** @param {Check} check @param {boolean} open */
function answer(check, open) {
  const { question, outcome, code, says, fix } = check;
  const shape = OUTCOME_SHAPES[outcome] ?? OUTCOME_SHAPES.unknown;
  const word = t(`outcome_${outcome}`);
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
      el("p", {}, says),
      fix ? el("div", { class: "fix" }, el("b", {}, t("fix")), fix) : null,
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

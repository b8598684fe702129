// @ts-check
// How the answer to one of the five questions looks. Only `passed` is green; `unknown` and `absent` are never green and
// never red.

/** @typedef {import("./verdicts.js").Tone} Tone */

/** The five questions, in the order in which every report answers them. @type {Question[]} */
export const QUESTIONS = ["genuine", "current", "issuer", "recipient", "claim"];

/** @type {Record<Outcome, ShapePart[]>} */
export const OUTCOME_SHAPES = {
  passed: [stroke("M5.5 12.6l4.3 4.3 8.7-9.6")],
  failed: [stroke("M7 7l10 10M17 7L7 17")],
  unknown: [stroke("M8.6 9a3.4 3.4 0 1 1 5.2 2.9c-1.2.8-1.8 1.4-1.8 2.7M12 18.3v.01")],
  absent: [stroke("M7.5 12h9")],
};

/** @param {string} d @returns {ShapePart} */
function stroke(d) {
  return [
    "path",
    {
      d,
      fill: "none",
      stroke: "currentColor",
      "stroke-width": "2.2",
      "stroke-linecap": "round",
      "stroke-linejoin": "round",
    },
  ];
}

/**
 * @param {Check} check
 * @returns {Tone} red only for what makes a verdict red; what has merely lapsed, or is overstated, is amber as its verdict is
 */
export function toneOf({ question, outcome, code }) {
  if (outcome === "passed") return "green";
  if (outcome !== "failed") return "grey";
  return question === "claim" || (question === "current" && code !== "revoked") ? "amber" : "red";
}

// @ts-check
// What the page says beside what the badge says, line by line.

import { el, svg } from "../lib/dom.js";
import { locale, t, tOr } from "../lib/i18n.js";
import { OUTCOME_SHAPES } from "../lib/outcomes.js";
import { checkOf, claimLines, dateText } from "../lib/report.js";

const DATES = new Set(["issued", "expires"]);

/** How agreeing looks; what differs is amber, as its verdict is. */
const LOOKS = /** @type {const} */ ({
  yes: { shape: OUTCOME_SHAPES.passed, tone: "green" },
  no: { shape: OUTCOME_SHAPES.failed, tone: "amber" },
  less: { shape: OUTCOME_SHAPES.absent, tone: "grey" },
  cannot_tell: { shape: OUTCOME_SHAPES.unknown, tone: "grey" },
});

/** @param {import("../lib/report.js").ClaimLine} line */
function row({ member, page, badge, agrees }) {
  const look = LOOKS[agrees];
  const shown = (/** @type {string} */ value) => (DATES.has(member) ? dateText(value, locale()) : value);
  return el(
    "tr",
    { "data-agrees": agrees },
    el("th", { scope: "row" }, tOr(`claim_${member}`, member)),
    el("td", {}, el("bdi", {}, page)),
    el("td", {}, el("bdi", {}, badge === null ? t("claim_silent") : shown(badge))),
    el("td", { class: look.tone }, svg(look.shape, 18), el("span", { class: "unseen" }, t(`claim_agrees_${agrees}`))),
  );
}

/** @param {Report} report */
export function claim(report) {
  const check = checkOf(report, "claim");
  const lines = check ? claimLines(check) : [];
  if (lines.length === 0) return null;
  const head = ["claim_what", "claim_page", "claim_badge", "claim_agrees"].map((key, at) =>
    el("th", { scope: "col" }, el("span", { class: at % 3 === 0 ? "unseen" : "" }, t(key))),
  );
  return el(
    "section",
    {},
    el("h2", {}, t("claim_heading")),
    el("table", { class: "claim" }, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...lines.map(row))),
  );
}

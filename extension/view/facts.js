// @ts-check
// What a credential says: learner, issuer, dates, criteria, evidence, skills, what it adds up to; and who was asked to
// check it.

import { el, outward } from "../lib/dom.js";
import { locale, t } from "../lib/i18n.js";
import { checkOf, dateText, hostsOf, issuerOf, momentText } from "../lib/report.js";

/** @typedef {Node | string | null | undefined} Shown */

/** @param {BadgeCredential} credential */
function learner({ recipient }) {
  if (recipient?.name) return recipient.name;
  if (!recipient?.identity_kind) return t("learner_nobody");
  if (!recipient.hashed) return t("learner_kind", recipient.identity_kind);
  return t(recipient.identity_kind === "email" ? "learner_hashed_email" : "learner_hashed");
}

/** @param {Report} report */
function issuer(report) {
  const { fact, proven, claimed } = issuerOf(report);
  const lines = [
    fact,
    proven,
    !fact && !proven ? t("issuer_unproven_line") : null,
    claimed && t("issuer_claimed", claimed),
  ];
  return lines.filter(Boolean).join("\n");
}

/** @param {Linked} thing */
function linked({ url, text, name }) {
  const parts = [];
  if (url) parts.push(outward(url, name || undefined));
  else if (name) parts.push(el("bdi", {}, name));
  if (text) parts.push(parts.length > 0 ? "\n" : "", el("bdi", {}, text));
  return el("span", {}, ...parts);
}

/** @param {Linked[] | undefined} things @param {string} [className] */
const list = (things, className = "") =>
  things?.length ? el("ul", { class: className }, ...things.map((one) => el("li", {}, linked(one)))) : null;

/** @param {BadgeCredential} credential @returns {[string, Shown][]} */
function deeds({ criteria, evidence, skills, alignments, part_of, made_of, credits }) {
  return [
    [t("fact_criteria"), criteria?.url || criteria?.text ? linked(criteria) : null],
    [t("fact_evidence"), list(evidence)],
    [t("fact_skills"), list(skills, "skills")],
    [t("fact_alignments"), list(alignments)],
    [t("fact_credits"), credits === null || credits === undefined ? null : String(credits)],
    [t("fact_part_of"), list(part_of)],
    [t("fact_made_of"), list(made_of)],
  ];
}

/** @param {string} text each line of it in its own direction */
const lines = (text) => text.split("\n").flatMap((line, at) => [at > 0 ? "\n" : "", el("bdi", {}, line)]);

/** @param {Report} report */
export function facts(report) {
  const { credential } = report;
  if (!credential) return null;
  /** @type {[string, Shown][]} */
  const rows = [
    [t("fact_learner"), learner(credential)],
    [t("fact_issuer"), issuer(report)],
    [t("fact_vouched"), credential.issuer?.vouched_by?.join("\n")],
    [t("fact_issued"), dateText(credential.issued, locale())],
    [t("fact_expires"), credential.expires ? dateText(credential.expires, locale()) : t("never_expires")],
    [t("fact_description"), credential.description],
    ...deeds(credential),
    [t("fact_standard"), [credential.standard, credential.container].filter(Boolean).join(", ")],
  ];
  const proven = checkOf(report, "genuine")?.outcome === "passed";
  return el(
    "section",
    {},
    el("h2", {}, t("facts_heading")),
    proven ? null : el("p", { class: "note" }, t("facts_unproven")),
    el(
      "dl",
      { class: "facts" },
      ...rows.flatMap(([name, value]) =>
        value ? [el("dt", {}, name), el("dd", {}, ...(typeof value === "string" ? lines(value) : [value]))] : [],
      ),
    ),
  );
}

/** @param {Report} report */
export function contacted(report) {
  const hosts = hostsOf(report);
  return el(
    "section",
    {},
    el("h2", {}, t("contacted_heading")),
    hosts.length > 0
      ? el(
          "ul",
          { class: "hosts" },
          ...hosts.map(({ host, cached }) =>
            el("li", {}, el("bdi", {}, host), cached ? el("span", { class: "soft" }, ` · ${t("contacted_cached")}`) : null),
          ),
        )
      : el("p", { class: "note" }, t("contacted_none")),
    el("p", { class: "note" }, t("checked_at", momentText(report.checked_at, new Date(), locale()))),
  );
}

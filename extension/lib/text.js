// @ts-check
// A report as plain text, for pasting into a message or a file.

import { SERVER_LANGUAGE } from "./i18n.js";
import { announcementsOf, claimLines, checkOf, dateText, issuerOf, momentText } from "./report.js";

/**
 * @param {Report} report
 * @param {{t: (key: string, ...parts: string[]) => string, host: string, title: string, language?: string}} around
 * @returns {string}
 */
export function reportText(report, { t, host, title, language }) {
  const { credential } = report;
  const { fact, proven, claimed } = issuerOf(report);
  const issuer = [fact ?? proven ?? t("issuer_unproven_line"), claimed && `(${t("issuer_claimed", claimed)})`];
  /** @type {[string, string | null | undefined][]} */
  const facts = [
    [t("fact_issuer"), issuer.filter(Boolean).join(" ")],
    [t("fact_learner"), credential?.recipient?.name],
    [t("fact_issued"), dateText(credential?.issued, language)],
    [t("fact_expires"), dateText(credential?.expires, language)],
    ["ID", credential?.id],
  ];
  const claim = checkOf(report, "claim");
  const said = (claim ? claimLines(claim) : []).map(({ member, page, badge, agrees }) =>
    t("text_claim", t(`claim_${member}`) || member, page, badge ?? t("claim_silent"), t(`claim_agrees_${agrees}`)),
  );
  // The server's sentences follow the reader's own where these are in another language.
  const isServers = t("language_tag") === SERVER_LANGUAGE;
  const answers = report.checks.flatMap(({ question, code, outcome, says, fix }) => {
    const short = isServers ? says : t(`answer_${question}_${code}`) || t(`outcome_${outcome}`);
    return [
      `${t(`question_${question}`)} ${short}`,
      ...(isServers ? [] : [`  ${says}`]),
      ...(fix ? [`  ${t("text_line", t("fix"), fix)}`] : []),
    ];
  });
  const lines = [
    t("text_line", title, t(`verdict_${report.verdict}`)),
    ...(isServers ? [] : [t(`headline_${report.verdict}`)]),
    report.headline,
    ...announcementsOf(report).map(({ what, was, since }) => t(`changed_${what}`, was, dateText(since, language))),
    "",
    ...answers,
    "",
    ...facts.flatMap(([name, value]) => (value ? [t("text_line", name, value)] : [])),
    ...(said.length > 0 ? ["", ...said] : []),
    "",
    ...(host ? [t("text_found_on", host)] : []),
    t("text_checked", momentText(report.checked_at, new Date(0), language)),
  ];
  return lines.join("\n");
}

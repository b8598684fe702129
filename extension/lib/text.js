// @ts-check
// A report as plain text, for pasting into a message or a file.

import { dateText, issuerOf, momentText } from "./report.js";

/**
 * @param {Report} report
 * @param {{t: (key: string, ...parts: string[]) => string, host: string, title: string, language?: string}} around
 * @returns {string}
 */
export function reportText(report, { t, host, title, language }) {
  const { credential } = report;
  const { fact, proven, claimed } = issuerOf(report);
  const issuer = [fact ?? proven ?? t("issuer_unproven_line"), claimed && `(${t("issuer_claimed", claimed)})`];
  const facts = [
    [t("fact_issuer"), issuer.filter(Boolean).join(" ")],
    [t("fact_learner"), credential?.recipient?.name],
    [t("fact_issued"), dateText(credential?.issued, language)],
    [t("fact_expires"), dateText(credential?.expires, language)],
    ["ID", credential?.id],
  ];
  const answers = report.checks.flatMap(({ question, says, fix }) => [
    `${t(`question_${question}`)} ${says}`,
    ...(fix ? [`  ${t("fix")}: ${fix}`] : []),
  ]);
  const lines = [
    `${title}: ${t(`verdict_${report.verdict}`)}`,
    report.headline,
    "",
    ...answers,
    "",
    ...facts.filter(([, value]) => value).map(([name, value]) => `${name}: ${value}`),
    "",
    ...(host ? [t("text_found_on", host)] : []),
    t("text_checked", momentText(report.checked_at, new Date(0), language)),
  ];
  return lines.join("\n");
}

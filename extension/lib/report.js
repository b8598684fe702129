// @ts-check
// What a report says, in the few words that a list or a heading has room for. Pure; runs in node as well.

import { isVerdict } from "./verdicts.js";

/** @param {Answer} answer @returns {answer is Report} */
export const isReport = (answer) => "verdict" in answer;

/** @param {Answer} answer @returns {Verdict} an error is never better, and never worse, than not established */
export function verdictOf(answer) {
  return isReport(answer) && isVerdict(answer.verdict) ? answer.verdict : "unknown";
}

/** @param {Report} report @param {Question} question */
export const checkOf = (report, question) => report.checks.find((check) => check.question === question);

/**
 * Who issued it, as far as it was proven. A name is a fact only when somebody the reader trusts vouches for the issuer.
 * @param {Answer | null} answer
 * @returns {{fact: string | null, proven: string | null, claimed: string | null}}
 */
export function issuerOf(answer) {
  const issuer = answer && isReport(answer) ? answer.credential?.issuer : null;
  if (!issuer) return { fact: null, proven: null, claimed: null };
  const vouched = (issuer.vouched_by?.length ?? 0) > 0 && Boolean(issuer.name);
  return {
    fact: vouched ? (issuer.name ?? null) : null,
    proven: issuer.proven ?? null,
    claimed: vouched ? null : (issuer.name ?? null),
  };
}

/** @param {Answer | null} answer @param {string} label what the page calls it @returns {string} "" when nobody says */
export function titleOf(answer, label) {
  return (answer && isReport(answer) && answer.credential?.name) || label;
}

/**
 * Whether an answer is worth a line. Any picture of a page may be asked about, and most are no badges; an award's own
 * address always gets its line, whatever came of it.
 * @param {{kind: Kind}} item
 * @param {Answer} answer
 * @returns {"shown" | "dropped" | "unread"} `unread`: it could not be looked at
 */
export function fateOf({ kind }, answer) {
  if (isReport(answer) || kind === "page" || kind === "award" || kind === "handed") return "shown";
  const { code } = answer.error;
  if (code === "not_a_badge" || code === "not_an_award") return "dropped";
  return code === "malformed" || code === "ambiguous" ? "shown" : "unread";
}

/** @param {Report} report @returns {{host: string, times: number, cached: boolean}[]} in order of first contact */
export function hostsOf(report) {
  const hosts = new Map();
  for (const { url, from_cache } of report.contacted) {
    const host = URL.canParse(url) ? new URL(url).host : url;
    const known = hosts.get(host) ?? { host, times: 0, cached: true };
    hosts.set(host, { host, times: known.times + 1, cached: known.cached && from_cache });
  }
  return [...hosts.values()];
}

/** @param {string | null | undefined} stamp @param {string} [language] @returns {string} a date, with its year */
export function dateText(stamp, language) {
  const time = stamp ? new Date(stamp) : null;
  if (!time || Number.isNaN(time.getTime())) return stamp ?? "";
  const isDay = /^\d{4}-\d{2}-\d{2}(?:T00:00:00(?:\.0+)?Z)?$/.test(stamp ?? "");
  return new Intl.DateTimeFormat(language, { dateStyle: "long", ...(isDay ? { timeZone: "UTC" } : {}) }).format(time);
}

/**
 * @param {string} stamp
 * @param {Date} now
 * @param {string} [language]
 * @returns {string} time of day; with its date unless today
 */
export function momentText(stamp, now, language) {
  const time = new Date(stamp);
  if (Number.isNaN(time.getTime())) return stamp;
  const today = time.toDateString() === now.toDateString();
  /** @type {Intl.DateTimeFormatOptions} */
  const style = today ? { timeStyle: "short" } : { dateStyle: "long", timeStyle: "short" };
  return new Intl.DateTimeFormat(language, style).format(time);
}

/** @param {unknown} value @returns {Record<string, unknown>} */
const asObject = (value) =>
  typeof value === "object" && value !== null ? /** @type {Record<string, unknown>} */ (value) : {};

/** @param {unknown} value @returns {unknown[]} */
const asList = (value) => (Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]);

/** @param {unknown} value a sentence, or an object that says one @returns {string[]} */
const sentences = (value) => {
  const says = typeof value === "string" ? value : asObject(value)["says"];
  return typeof says === "string" && says !== "" ? [says] : [];
};

/** @param {Check} check @returns {string[]} what was found beside the worst, in the server's sentences */
export const alsoOf = ({ detail }) => asList(detail?.["also"]).flatMap(sentences);

/**
 * @param {Answer} answer
 * @returns {{what: "key" | "domain", was: string, since: string}[]} what is not as it was when the issuer was first met;
 *   it changes no verdict
 */
export const announcementsOf = (answer) =>
  (isReport(answer) ? answer.checks : [])
    .flatMap(({ detail }) => asList(detail?.["changed"]).map(asObject))
    .flatMap(({ what, was, first_seen }) =>
      what === "key" || what === "domain"
        ? [{ what, was: typeof was === "string" ? was : "", since: typeof first_seen === "string" ? first_seen : "" }]
        : [],
    );

/** @typedef {"yes" | "no" | "less" | "cannot_tell"} Agreement `less`: the page says less than the badge */
/** @typedef {{member: string, page: string, badge: string | null, agrees: Agreement}} ClaimLine */

/** @param {unknown} value @param {unknown} less @returns {Agreement} */
function agreement(value, less) {
  if (less === true) return "less";
  if (value === true || value === "agrees") return "yes";
  return value === false || value === "differs" ? "no" : "cannot_tell";
}

/**
 * @param {Check} check of the claim
 * @returns {ClaimLine[]} the page's word beside the badge's; of a server that names but the worst, that one
 */
export function claimLines({ code, detail }) {
  const lines = Array.isArray(detail?.["lines"]) ? detail["lines"].map(asObject) : [{ ...detail, agrees: code }];
  return lines.flatMap(({ member, page, badge, agrees, less }) =>
    typeof member === "string" && typeof page === "string"
      ? [{ member, page, badge: typeof badge === "string" ? badge : null, agrees: agreement(agrees, less) }]
      : [],
  );
}

/**
 * @param {Answer} answer
 * @param {string[]} steps each `bundle <index>` or `endorsements <index>`
 * @returns {Answer} the report they lead to
 */
export function innerAt(answer, steps) {
  return steps.reduce((/** @type {Answer} */ outer, step) => {
    if (!isReport(outer)) return outer;
    const [kind, index] = step.split(" ");
    const reports = kind === "bundle" ? outer.bundle : outer.credential?.endorsements;
    return reports?.[Number(index)] ?? outer;
  }, answer);
}

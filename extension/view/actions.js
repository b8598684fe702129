// @ts-check
// What a person can do with one badge.

import { ask, Refused } from "../lib/ask.js";
import { el } from "../lib/dom.js";
import { locale, t, tOr } from "../lib/i18n.js";
import { isReport, verdictOf } from "../lib/report.js";
import { reportText } from "../lib/text.js";
import { VERDICTS } from "../lib/verdicts.js";

/** @typedef {{tabId: number, item: Item, result: Result, host: string, title: string, announce: (text: string) => void}} About */

/** @param {string} key @param {object} [attributes] */
const button = (key, attributes = {}) => el("button", { type: "button", ...attributes }, t(key));

/** @param {About} about */
function createSaying({ result, announce }) {
  const said = el("p", { class: "said", dir: "auto", hidden: result.saved === undefined }, t("saved"));
  /** @param {string} text @param {string} tone */
  const say = (text, tone) => {
    said.hidden = false;
    said.className = `said ${tone}`;
    said.textContent = text;
    announce(text);
  };
  /**
   * @param {HTMLButtonElement} pressed
   * @param {string} working the key of what it says meanwhile
   * @param {() => Promise<void>} work what fails is said below the buttons
   */
  const attempt = async (pressed, working, work) => {
    const before = pressed.textContent;
    pressed.disabled = true;
    pressed.textContent = t(working);
    try {
      await work();
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      say(tOr(`reason_${trouble.reason}`, trouble.says ?? t(`trouble_${trouble.code}_title`)), "red");
    } finally {
      pressed.disabled = false;
      pressed.textContent = before;
    }
  };
  return { said, say, attempt };
}

/** @param {About} about */
export function actions(about) {
  const { tabId, item, result, host, title, announce } = about;
  const { answer } = result;
  const { said, say, attempt } = createSaying(about);
  const isSaved = result.saved !== undefined;
  const isBad = VERDICTS[verdictOf(answer)].tone === "red"; // it may be kept, and is not urged
  const save = button("save", { class: isBad ? "" : "primary", hidden: isSaved });
  const wallet = button("open_wallet", { hidden: !isSaved });
  const seen = button("check_seen", { title: t("check_seen_says") });
  const again = button("again");
  const copy = button("copy");

  const keep = async () => {
    await ask("wallet.save", { tabId, key: item.key });
    save.hidden = true;
    wallet.hidden = false;
    wallet.focus();
    say(t("saved"), "");
  };
  save.addEventListener("click", () => void attempt(save, "saving", keep));
  wallet.addEventListener("click", () => void attempt(wallet, "open_wallet", () => ask("wallet.open")));
  seen.addEventListener("click", () => {
    void attempt(seen, "reading", () => ask("page.seen", { tabId, key: item.key }));
  });
  again.addEventListener("click", () => {
    const type = item.seen ? "page.seen" : "page.again";
    void attempt(again, "checking", () => ask(type, { tabId, key: item.key }));
  });
  copy.addEventListener("click", async () => {
    if (!isReport(answer)) return;
    await navigator.clipboard.writeText(reportText(answer, { t, host, title, language: locale() }));
    copy.textContent = t("copied");
    announce(t("copied"));
    setTimeout(() => (copy.textContent = t("copy")), 2000);
  });
  const isUnusable = !isReport(answer) && answer.error.code === "unusable";
  const buttons = [
    ...(isReport(answer) ? [save, wallet] : []),
    ...(item.kind === "page" && !item.seen ? [seen] : []),
    ...(isUnusable ? [] : [again]),
    ...(isReport(answer) ? [copy] : []),
  ];
  return el("footer", { class: "actions" }, ...buttons, said);
}

// @ts-check
// What a person can do with one badge.

import { ask, Refused } from "../lib/ask.js";
import { el } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { isReport } from "../lib/report.js";
import { reportText } from "../lib/text.js";

/**
 * @param {{tabId: number, item: Item, result: Result, host: string, title: string, announce: (text: string) => void}} about
 */
export function actions({ tabId, item, result, host, title, announce }) {
  const { answer } = result;
  const said = el("p", { class: "said", hidden: result.saved === undefined }, t("saved"));
  const isSaved = result.saved !== undefined;
  const save = el("button", { type: "button", class: "primary", hidden: isSaved }, t("save"));
  const wallet = el("button", { type: "button", hidden: !isSaved }, t("open_wallet"));
  const again = el("button", { type: "button" }, t("again"));
  const copy = el("button", { type: "button" }, t("copy"));

  /** @param {string} text @param {string} tone */
  const say = (text, tone) => {
    said.hidden = false;
    said.className = `said ${tone}`;
    said.textContent = text;
    announce(text);
  };
  /** @param {() => Promise<void>} work what fails is said below the buttons */
  const attempt = async (work) => {
    try {
      await work();
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      say(trouble.says ?? t(`trouble_${trouble.code}_title`), "red");
    }
  };
  const keep = async () => {
    await ask("wallet.save", { tabId, key: item.key });
    save.hidden = true;
    wallet.hidden = false;
    wallet.focus();
    say(t("saved"), "");
  };

  save.addEventListener("click", async () => {
    save.disabled = true;
    save.textContent = t("saving");
    await attempt(keep);
    save.disabled = false;
    save.textContent = t("save");
  });
  wallet.addEventListener("click", () => void attempt(() => ask("wallet.open")));
  again.addEventListener("click", () => void ask("page.again", { tabId, key: item.key }));
  copy.addEventListener("click", async () => {
    if (!isReport(answer)) return;
    await navigator.clipboard.writeText(reportText(answer, { t, host, title }));
    copy.textContent = t("copied");
    announce(t("copied"));
    setTimeout(() => (copy.textContent = t("copy")), 2000);
  });
  const buttons = isReport(answer) ? [save, wallet, again, copy] : [again];
  return el("footer", { class: "actions" }, ...buttons, said);
}

// @ts-check
// The owner's phrase, as it stands on top of our own pages and as it is offered where a browser is paired.

import { ask } from "../lib/ask.js";
import { el, svg } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { newPhrase, patternOf } from "../lib/phrase.js";

/** @type {Set<HTMLElement>} */
const signs = new Set();

/** @param {string} phrase @returns {SVGElement[]} its pattern, in which figure and colour both tell; none for no phrase */
export function patternFor(phrase) {
  if (phrase.trim() === "") return [];
  const picture = svg(
    patternOf(phrase).map(({ part: [tag, shape], tone }) => [tag, { ...shape, class: `tone ${tone}` }]),
    12,
  );
  picture.setAttribute("viewBox", "0 0 48 12");
  picture.setAttribute("width", "48");
  return [picture];
}

/** @param {string} phrase @returns {Node[]} */
const drawn = (phrase) => [...patternFor(phrase), el("bdi", {}, phrase)];

/** @returns {HTMLElement} for the top of a page of ours; hidden before a phrase was chosen */
export function phraseSign() {
  const sign = el("p", { class: "phrase", id: "own-phrase", title: t("options_phrase"), hidden: true });
  signs.add(sign);
  void showPhrase();
  return sign;
}

/** Draw the phrase that is kept on every sign of this page. @returns {Promise<string>} it */
export async function showPhrase() {
  const { phrase } = await ask("owner.read");
  for (const sign of signs) {
    sign.replaceChildren(...drawn(phrase));
    sign.hidden = phrase === "";
  }
  return phrase;
}

/** @returns {{node: HTMLElement, chosen(): string}} three words at random, and others for the asking; or the phrase there is */
export function phraseOffer() {
  const sign = el("p", { class: "phrase", role: "status" });
  let chosen = "";
  const show = (/** @type {string} */ phrase) => {
    chosen = phrase;
    sign.replaceChildren(...drawn(phrase));
  };
  const another = el("button", { type: "button", class: "small", onclick: () => show(newPhrase()) }, t("phrase_another"));
  void ask("owner.read").then(({ phrase }) => show(phrase || newPhrase()));
  const node = el(
    "div",
    { class: "offer" },
    el("h2", {}, t("phrase_offered")),
    el("div", { class: "enter" }, sign, another),
    el("p", { class: "small soft" }, t("phrase_offered_says")),
  );
  return { node, chosen: () => chosen };
}

// @ts-check
// The owner's phrase as our pages show it on top, and the field in which it is chosen.

import { ask } from "../lib/ask.js";
import { el, svg } from "../lib/dom.js";
import { t } from "../lib/i18n.js";
import { MOST_LETTERS, newPhrase, patternOf } from "../lib/phrase.js";

/** @param {string} phrase @returns {SVGElement} its pattern, in which colour and figure both tell */
function patternFor(phrase) {
  const picture = svg(patternOf(phrase).map(({ part: [tag, rest], tone }) => [tag, { ...rest, class: `tone ${tone}` }]), 12);
  picture.setAttribute("viewBox", "0 0 48 12");
  picture.setAttribute("width", "48");
  return picture;
}

/** @param {string} phrase @returns {Node[]} what stands on top of every page of ours; nothing before one was chosen */
const shown = (phrase) => (phrase ? [patternFor(phrase), el("bdi", {}, phrase)] : []);

/** @returns {{node: HTMLElement, show(phrase: string): void}} the owner's phrase, for the top of a page */
export function phraseSign() {
  const node = el("p", { id: "phrase", title: t("options_phrase"), hidden: true });
  const show = (/** @type {string} */ phrase) => {
    node.replaceChildren(...shown(phrase));
    node.hidden = phrase === "";
  };
  void ask("owner.read").then(({ phrase }) => show(phrase));
  return { node, show };
}

/** @returns {{node: HTMLElement, value(): string}} a field that offers three words at random, or holds the phrase there is */
export function phraseField() {
  const field = el("input", {
    id: "own-phrase",
    autocomplete: "off",
    spellcheck: "false",
    maxlength: MOST_LETTERS,
    "aria-describedby": "own-phrase-says",
    oninput: () => draw(),
  });
  const pattern = el("span", { class: "pattern" });
  const draw = () => pattern.replaceChildren(...(field.value.trim() ? [patternFor(field.value)] : []));
  const offer = (/** @type {string} */ phrase) => {
    field.value = phrase;
    draw();
  };
  const another = el("button", { type: "button", onclick: () => offer(newPhrase()) }, t("phrase_another"));
  void ask("owner.read").then(({ phrase }) => field.value === "" && offer(phrase || newPhrase()));
  const node = el(
    "div",
    { class: "own-phrase" },
    el("label", { for: "own-phrase" }, t("options_phrase")),
    el("div", { class: "enter" }, field, another),
    pattern,
    el("p", { class: "small soft", id: "own-phrase-says" }, t("options_phrase_says")),
  );
  return { node, value: () => field.value };
}

// @ts-check
// Connecting to the server, once, with the code that it shows.

import { ask, Refused } from "../lib/ask.js";
import { el } from "../lib/dom.js";
import { t, tOr } from "../lib/i18n.js";
import { phraseOffer, showPhrase } from "./phrase.js";

/** @param {Refused} trouble */
const wordsFor = ({ code, says, reason }) => tOr(`pair_${reason}`, says ?? t(`trouble_${code}_title`));

/** @param {{paired: () => void}} host @returns {HTMLElement} its field takes the focus */
export function pairing({ paired }) {
  const field = el("input", {
    id: "code",
    name: "code",
    autocomplete: "off",
    autocapitalize: "characters",
    spellcheck: "false",
    dir: "ltr",
    maxlength: 12,
    placeholder: "XXXX-XXXX",
    required: true,
    "aria-describedby": "wrong",
  });
  const button = el("button", { class: "primary", type: "submit" }, t("pair_button"));
  const phrase = phraseOffer();
  const wrong = el("p", { class: "wrong", id: "wrong", role: "alert", dir: "auto" });

  /** @param {SubmitEvent} event */
  const submit = async (event) => {
    event.preventDefault();
    button.disabled = true;
    button.textContent = t("pair_working");
    wrong.textContent = "";
    field.removeAttribute("aria-invalid");
    try {
      await ask("server.pair", { code: field.value, phrase: phrase.chosen() });
      await showPhrase();
      paired();
    } catch (trouble) {
      if (!(trouble instanceof Refused)) throw trouble;
      wrong.textContent = wordsFor(trouble);
      field.setAttribute("aria-invalid", "true");
      field.focus();
      field.select();
    } finally {
      button.disabled = false;
      button.textContent = t("pair_button");
    }
  };
  return el(
    "div",
    { class: "state", "data-state": "unpaired" },
    el("h1", {}, t("pair_title")),
    el("p", { class: "soft" }, t("pair_says")),
    el(
      "form",
      { onsubmit: submit, novalidate: true },
      el("label", { for: "code" }, t("pair_label")),
      el("div", { class: "enter" }, field, button),
      wrong,
      phrase.node,
    ),
    el("p", { class: "small soft" }, t("pair_privacy")),
  );
}

// @ts-check
// What leaves the browser, from the same list that a recorded run is held against.

import { el } from "../lib/dom.js";
import { fill, t } from "../lib/i18n.js";
import { LEAVES } from "../lib/leaves.js";
import { phraseSign } from "../view/phrase.js";

/** @param {string} text */
const code = (text) => el("code", { dir: "ltr" }, text);

/** @param {{name: string, request: string, members: string[]}} leaving */
const line = ({ name, request, members }) =>
  el(
    "div",
    {},
    el("dt", {}, t(`privacy_${name}`)),
    el("dd", { class: "soft" }, t(`privacy_${name}_says`)),
    el("dd", { class: "members small" }, code(request), ...members.map(code)),
  );

fill(document);
document.title = t("privacy_title");
document.getElementById("sign")?.replaceWith(phraseSign());
document.getElementById("requests")?.replaceChildren(...LEAVES.map(line));

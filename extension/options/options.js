// @ts-check
// Settings: where the server is and whether this browser is connected to it, what the owner tells of themselves, and
// the sites that may be looked through unasked.

import { USUAL_ADDRESS } from "../lib/address.js";
import { ask, Refused } from "../lib/ask.js";
import { el } from "../lib/dom.js";
import { fill, t } from "../lib/i18n.js";
import { newPhrase } from "../lib/phrase.js";
import { pairing } from "../view/pairing.js";
import { patternFor, phraseSign, showPhrase } from "../view/phrase.js";

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
/** @param {string} id */
const field = (id) => /** @type {HTMLInputElement} */ (document.getElementById(id));

/** @param {string} text @param {string} name what it does, in full @param {() => Promise<void>} remove */
const removable = (text, name, remove) =>
  el(
    "li",
    {},
    el("bdi", {}, text),
    el(
      "button",
      { type: "button", class: "small", "aria-label": name, onclick: () => void remove() },
      t("options_remove"),
    ),
  );

// --- fields that have a value already ---

/** Those in which the reader wrote what is not kept yet. @type {Set<string>} */
const written = new Set();
for (const name of ["address", "phrase"]) field(name).addEventListener("input", () => written.add(name));

/** Show what is kept, but not over what the reader writes meanwhile. @param {string} name @param {string} value */
function show(name, value) {
  if (!written.has(name)) field(name).value = value;
}

// --- the server ---

/** @param {string} [instead] a sentence about what was just done */
async function showServer(instead) {
  const { address, paired, trouble } = await ask("server.state");
  show("address", address);
  const isConnected = paired && trouble?.code !== "unpaired";
  const state = isConnected ? t("options_paired") : t("options_unpaired");
  const problem = trouble && trouble.code !== "unpaired" ? t(`trouble_${trouble.code}_says`, address) : "";
  byId("state").textContent = instead ?? [problem, state].filter(Boolean).join(" ");
  byId("forget").hidden = !paired;
  const canPair = !isConnected && (!trouble || trouble.code === "unpaired");
  byId("pairing").replaceChildren(...(canPair ? [pairing({ paired: () => void Promise.all([showServer(), showOwnPhrase()]) })] : []));
}

byId("server").addEventListener("submit", async (event) => {
  event.preventDefault();
  field("address").removeAttribute("aria-invalid");
  try {
    const address = await ask("server.address", { address: field("address").value });
    written.delete("address");
    show("address", address);
    byId("said").textContent = t("options_kept");
    await showServer();
  } catch (trouble) {
    if (!(trouble instanceof Refused)) throw trouble;
    field("address").setAttribute("aria-invalid", "true");
    byId("said").textContent = t("options_not_local");
  }
});
byId("forget").addEventListener("click", async () => {
  await ask("server.forget");
  await showServer(t("options_forgot"));
});

// --- the owner ---

/** @param {string[]} emails */
function showEmails(emails) {
  const line = (/** @type {string} */ email) =>
    removable(email, t("options_email_remove", email), async () => {
      showEmails(await ask("owner.emails", { emails: emails.filter((one) => one !== email) }));
      field("email").focus();
    });
  byId("emails").replaceChildren(...emails.map(line));
}

byId("add-email").addEventListener("submit", async (event) => {
  event.preventDefault();
  const given = field("email").value.trim();
  const { emails } = await ask("owner.read");
  const kept = await ask("owner.emails", { emails: [...emails, given] });
  const isKept = kept.includes(given);
  field("email").toggleAttribute("aria-invalid", !isKept);
  byId("email-said").textContent = isKept ? "" : t(emails.length >= 20 ? "options_emails_full" : "options_no_email");
  if (isKept) field("email").value = "";
  showEmails(kept);
});
byId("owners-phrase").addEventListener("submit", async (event) => {
  event.preventDefault();
  await ask("owner.phrase", { phrase: field("phrase").value });
  written.delete("phrase");
  byId("phrase-said").textContent = t("options_kept");
  await showOwnPhrase();
});
field("phrase").addEventListener("input", showPattern);
byId("another").addEventListener("click", () => {
  written.add("phrase");
  field("phrase").value = newPhrase();
  showPattern();
});

function showPattern() {
  byId("pattern").replaceChildren(...patternFor(field("phrase").value));
}

async function showOwnPhrase() {
  show("phrase", await showPhrase());
  showPattern();
}

// --- the sites ---

async function showSites() {
  const { origins = [] } = await browser.permissions.getAll();
  const always = browser.runtime.getManifest().host_permissions ?? [];
  const sites = origins.filter((origin) => !always.includes(origin));
  const line = (/** @type {string} */ origin) =>
    removable(origin.replace(/\/\*$/, ""), t("options_site_remove", origin), async () => {
      await browser.permissions.remove({ origins: [origin] });
      await showSites();
    });
  byId("sites").replaceChildren(...sites.map(line));
  byId("no-sites").hidden = sites.length > 0;
}

fill(document);
document.title = t("options_title");
byId("help").textContent = t("options_address_help", USUAL_ADDRESS);
byId("sign").replaceWith(phraseSign());
showEmails((await ask("owner.read")).emails);
await Promise.all([showServer(), showSites(), showOwnPhrase()]);

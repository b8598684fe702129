// @ts-check
// Settings: where the server is, and whether this browser is connected to it.

import { USUAL_ADDRESS } from "../lib/address.js";
import { ask, Refused } from "../lib/ask.js";
import { fill, t } from "../lib/i18n.js";

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));
const field = /** @type {HTMLInputElement} */ (byId("address"));

/** @param {string} [instead] a sentence about what was just done */
async function show(instead) {
  const { address, paired, trouble } = await ask("server.state");
  field.value = address;
  const isConnected = paired && trouble?.code !== "unpaired";
  const state = isConnected ? t("options_paired") : t("options_unpaired");
  const problem = trouble && trouble.code !== "unpaired" ? t(`trouble_${trouble.code}_says`, address) : "";
  byId("state").textContent = instead ?? [problem, state].filter(Boolean).join(" ");
  byId("forget").hidden = !paired;
}

byId("server").addEventListener("submit", async (event) => {
  event.preventDefault();
  field.removeAttribute("aria-invalid");
  try {
    field.value = await ask("server.address", { address: field.value });
    byId("said").textContent = t("options_kept");
    await show();
  } catch (trouble) {
    if (!(trouble instanceof Refused)) throw trouble;
    field.setAttribute("aria-invalid", "true");
    byId("said").textContent = t("options_not_local");
  }
});
byId("forget").addEventListener("click", async () => {
  await ask("server.forget");
  await show(t("options_forgot"));
});

fill(document);
byId("help").textContent = t("options_address_help", USUAL_ADDRESS);
await show();

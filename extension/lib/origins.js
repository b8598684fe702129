// @ts-check
// Origins as the browser's permissions name them.

/** @param {string | undefined} url of a page @returns {string | null} what to ask for, for its whole site and no other; null: it cannot be had */
export function originOf(url) {
  const parsed = URL.parse(url ?? "");
  return parsed?.protocol === "https:" && parsed.port === "" ? `${parsed.origin}/*` : null;
}

/** @returns {Promise<string[]>} the sites where every page is looked through; the server's own addresses are none */
export async function checkedOrigins() {
  const { origins = [] } = await browser.permissions.getAll();
  const always = browser.runtime.getManifest().host_permissions ?? [];
  return origins.filter((origin) => !always.includes(origin));
}

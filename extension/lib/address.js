// @ts-check
// Where a server may be: on this computer, which is all that the manifest lets the extension reach.

export const USUAL_ADDRESS = "http://127.0.0.1:8765";

/**
 * @param {string} typed with or without its scheme
 * @returns {string | null} the origin of a server on this computer; null for any other address
 */
export function localOrigin(typed) {
  const text = typed.trim();
  const address = /^https?:\/\//i.test(text) ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  const isLocal = url?.protocol === "http:" && ["127.0.0.1", "localhost"].includes(url.hostname);
  return url && isLocal && !url.username && !url.password ? url.origin : null;
}

// @ts-check
// The proof by which server and extension know that the same code lies before both. The server shows a person eight
// symbols; whoever answers on its port must prove that it knows them before the extension says them.

/** @param {Uint8Array} bytes @returns {string} base64url without padding */
export function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");
}

/** @returns {string} sixteen random bytes */
export const newNonce = () => base64url(crypto.getRandomValues(new Uint8Array(16)));

/**
 * Crockford's base32 as typed by a person: case, dashes and blanks do not matter, and look-alike letters are read as digits.
 * @param {string} typed
 * @returns {string | null} eight symbols; null for anything else
 */
export function normaliseCode(typed) {
  const symbols = typed.toUpperCase().replace(/[\s-]/g, "").replaceAll("O", "0").replace(/[IL]/g, "1");
  return /^[0-9A-HJKMNP-TV-Z]{8}$/.test(symbols) ? symbols : null;
}

/**
 * @param {string} code normalised
 * @param {string} clientNonce
 * @param {string} serverNonce
 * @returns {Promise<string>} HMAC-SHA-256 by the code over both nonces, base64url
 */
export async function serverProof(code, clientNonce, serverNonce) {
  const utf8 = new TextEncoder();
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", utf8.encode(code), algorithm, false, ["sign"]);
  const message = utf8.encode(`touchstone server ${clientNonce} ${serverNonce}`);
  return base64url(new Uint8Array(await crypto.subtle.sign("HMAC", key, message)));
}

// @ts-check
// What a person handed over, in the words the server takes. Pure; runs in node as well.

/** Characters of one thing handed over: a file of 4 MiB, the server's limit, in base64. */
export const LONGEST = 5_600_000;

/** @typedef {"handed_empty" | "handed_words" | "handed_large" | "handed_blob" | "handed_nowhere"} Reason a locale key */

/** @typedef {{source: Source, label: string} | {reason: Reason, label?: string}} Handed `label`: what to call it meanwhile */

/** A token of two dots or more (JWT, SD-JWT), or one JSON value. */
const CREDENTIAL = /^(?:[\w-]{8,}(?:\.[\w~=-]+){2,}|[{[][^]*[}\]])$/;
const ADDRESS = /https?:\/\/[^\s<>"'“”]+/i;

/**
 * @param {string} text pasted, selected or dropped
 * @param {(address: string) => string | null} plain takes wrappers off
 * @returns {Handed} a credential's own text, or else the first address in it
 */
export function fromText(text, plain) {
  const words = text.trim();
  if (words === "") return { reason: "handed_empty" };
  const label = words.replace(/\s+/g, " ").slice(0, 60);
  if (words.length > LONGEST) return { reason: "handed_large", label };
  if (CREDENTIAL.test(words)) return { source: { credential: words }, label: "" };
  const [address] = ADDRESS.exec(words) ?? [];
  return address ? fromAddress(address.replace(/[.,;:!?)\]]+$/, ""), plain) : { reason: "handed_words", label };
}

/**
 * @param {string} address of a link or a picture
 * @param {(address: string) => string | null} plain takes wrappers off
 * @returns {Handed}
 */
export function fromAddress(address, plain) {
  if (/^data:/i.test(address)) return fromData(address);
  if (/^blob:/i.test(address)) return { reason: "handed_blob" };
  const url = plain(address);
  return url
    ? { source: { url }, label: new URL(url).host }
    : { reason: "handed_nowhere", label: address.slice(0, 60) };
}

/** @param {string} address @returns {Handed} */
function fromData(address) {
  if (address.length > LONGEST) return { reason: "handed_large" };
  const [head = "", body = ""] = address.split(/,(.*)/s);
  try {
    const plain = decodeURIComponent(body);
    const isBase64 = /;base64$/i.test(head);
    const bytes = isBase64 ? plain.replace(/\s+/g, "") : btoa(String.fromCharCode(...new TextEncoder().encode(plain)));
    return { source: { bytes }, label: "" };
  } catch (problem) {
    if (!(problem instanceof URIError)) throw problem; // a broken escape
    return { reason: "handed_nowhere" };
  }
}

/** @param {Uint8Array} bytes of a file @param {string} name @returns {Handed} */
export function fromBytes(bytes, name) {
  if (bytes.length === 0) return { reason: "handed_empty", label: name.slice(0, 120) };
  if (bytes.length > (LONGEST / 4) * 3) return { reason: "handed_large", label: name.slice(0, 120) };
  const pieces = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return { source: { bytes: btoa(pieces.join("")) }, label: name.slice(0, 120) };
}

// @ts-check
// What a content script says it found is read as a stranger's word: it runs in the page's own process.

const MOST = 500;
const LONGEST_URL = 8192;
const LONGEST_DATA = 9_000_000;
const LONGEST_TEXT = 300;
const CREDENTIAL = "data:application/ld+json,"; // one that stands in the page's own text
const LONGEST_CREDENTIAL = 700_000;
const MOST_TEXTS = 20;
const MOST_ASTRAY = 100;
const KINDS = new Set(["page", "award", "picture", "document", "image"]);

/** @param {unknown} value @param {number} [longest] */
const text = (value, longest = LONGEST_TEXT) => (typeof value === "string" ? value.slice(0, longest) : "");

/** @param {unknown} value */
const texts = (value) =>
  Array.isArray(value)
    ? value
        .map((one) => text(one))
        .filter(Boolean)
        .slice(0, MOST_TEXTS)
    : [];

/** @param {unknown} value @returns {value is Record<string, unknown>} */
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** @param {unknown} value @returns {Context | null} */
function readContext(value) {
  if (!isObject(value)) return null;
  const claims = (Array.isArray(value["claims"]) ? value["claims"] : [])
    .filter(isObject)
    .slice(0, MOST_TEXTS)
    .map(({ title, issuer, issued, expires, id, image }) => {
      const said = Object.entries({ title, issuer, issued, expires, id }).map(([name, word]) => [name, text(word)]);
      const shown = isAddress(image) && !String(image).startsWith("data:") ? [["image", String(image)]] : [];
      return Object.fromEntries([...said.filter(([, word]) => word !== ""), ...shown]);
    });
  return {
    page: text(value["page"], LONGEST_URL),
    names: texts(value["names"]),
    emails: texts(value["emails"]),
    profiles: texts(value["profiles"]),
    ...(claims.length > 0 ? { claims } : {}),
  };
}

/** @param {unknown} value */
function isAddress(value) {
  if (typeof value !== "string") return false;
  if (/^data:image\//i.test(value)) return value.length <= LONGEST_DATA;
  if (value.startsWith(CREDENTIAL)) return value.length <= LONGEST_CREDENTIAL;
  return value.length <= LONGEST_URL && /^https?:\/\//i.test(value) && URL.canParse(value);
}

/** @param {unknown} value @returns {Candidate[]} the well-formed ones, at most 500 */
export function readCandidates(value) {
  if (!Array.isArray(value)) return [];
  return value.slice(0, MOST).flatMap((one) => {
    if (!isObject(one) || !isAddress(one["url"]) || !KINDS.has(String(one["kind"]))) return [];
    if (!/^b\d{1,4}$/.test(String(one["key"]))) return [];
    return [
      {
        key: String(one["key"]),
        url: String(one["url"]),
        kind: /** @type {Kind} */ (one["kind"]),
        provider: typeof one["provider"] === "string" ? text(one["provider"]) : null,
        label: text(one["label"]),
        context: readContext(one["context"]),
      },
    ];
  });
}

/**
 * @param {unknown} value
 * @returns {{page: string, links: {url: string, context: Context | null}[]} | null} the page's address, and links beside
 *   awards, the well-formed ones; null where the page is another one by now
 */
export function readAstray(value) {
  if (!isObject(value) || !isWeb(value["page"])) return null;
  const links = Array.isArray(value["links"]) ? value["links"].slice(0, MOST_ASTRAY) : [];
  return {
    page: String(value["page"]),
    links: links.flatMap((one) =>
      isObject(one) && isWeb(one["url"]) ? [{ url: String(one["url"]), context: readContext(one["context"]) }] : [],
    ),
  };
}

/** @param {unknown} value */
const isWeb = (value) => isAddress(value) && !String(value).startsWith("data:");

const SITES = { linkedin: "LinkedIn", gmail: "Gmail", outlook: "Outlook", github: "GitHub" };

/** @param {any} value what a content script answers @returns {Omit<import("./inject.js").Found, "documentId">} */
export function readFound(value) {
  const changed = Object.values(SITES).find((name) => name === value.changed);
  return {
    host: text(value.host),
    site: Object.hasOwn(SITES, String(value.site)) ? String(value.site) : "any",
    off: value.off === true,
    candidates: readCandidates(value.candidates),
    ...(changed ? { changed } : {}),
  };
}

/**
 * @param {string} url `http(s):` or `data:`
 * @returns {{url: string} | {bytes: string} | {credential: string} | null} as the server wants it: pictures inside the
 *   page's text as their bytes, credentials as they stand there
 */
export function sourceOf(url) {
  if (!url.startsWith("data:")) return { url };
  const comma = url.indexOf(",");
  const [head, body] = [url.slice(0, comma), url.slice(comma + 1)];
  try {
    const plain = decodeURIComponent(body);
    if (url.startsWith(CREDENTIAL)) return { credential: plain };
    if (/;base64$/i.test(head)) return { bytes: plain.replace(/\s+/g, "") };
    return { bytes: btoa(String.fromCharCode(...new TextEncoder().encode(plain))) };
  } catch (problem) {
    if (problem instanceof URIError) return null; // a broken escape: no browser shows this picture
    throw problem;
  }
}

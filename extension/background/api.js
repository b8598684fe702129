// @ts-check
// The server's HTTP interface (docs/contract.md, section 4), and the only place that sends anything anywhere.

import { readLines } from "../lib/ndjson.js";
import { newNonce, serverProof } from "../lib/pairing.js";
import { readSettings } from "./settings.js";

const OUR_VERSION = "1";
const PATIENCE = 5_000; // ms for an answer that needs no checking
const SLOW_PATIENCE = 60_000; // ms: for one that verifies, and may ask the issuer

/** Why there is no answer, as a code for the popup's words. `says` is the server's own sentence, where it gave one. */
export class ServerTrouble extends Error {
  /** @param {TroubleCode} code @param {string} [says] @param {string} [reason] the server's code */
  constructor(code, says, reason) {
    super(says ?? code);
    this.code = code;
    this.says = says;
    this.reason = reason;
  }
}

/**
 * @param {string} path
 * @param {{body?: object, token?: string | null, anew?: boolean, signal: AbortSignal}} request a body makes it a POST; `anew` has
 *   the server ask the web again instead of its own memory
 * @returns {Promise<Response>} of success; it comes from Touchstone and in a version we understand
 * @throws {ServerTrouble}
 */
async function ask(path, { body, token, anew, signal }) {
  const { address } = await readSettings();
  /** @type {Record<string, string>} */
  const headers = { "X-Touchstone-Api": OUR_VERSION };
  if (body) headers["Content-Type"] = "application/json";
  if (token) headers["Authorization"] = `Bearer ${token}`;
  const response = await fetch(address + path, {
    method: body ? "POST" : "GET",
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
    credentials: "omit",
    cache: anew ? "reload" : "default", // "reload" says `Cache-Control: no-cache`
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal,
  }).catch((problem) => {
    if (signal.aborted && signal.reason?.name === "AbortError") throw signal.reason;
    throw new ServerTrouble("away", undefined, String(problem?.name));
  });
  if (response.headers.get("X-Touchstone") === null) throw new ServerTrouble("other_program");
  if (response.ok) return response;
  if (response.status === 412) throw new ServerTrouble(await whichIsOlder(address));
  const { code, says } = (await response.json().catch(() => ({})))?.error ?? {};
  throw new ServerTrouble(response.status === 401 ? "unpaired" : "refused", says, code);
}

/** @param {string} address of a server that does not speak our version @returns {Promise<TroubleCode>} who is to be updated */
async function whichIsOlder(address) {
  const health = await fetch(`${address}/api/health`, {
    credentials: "omit",
    redirect: "error",
    referrerPolicy: "no-referrer",
    signal: AbortSignal.timeout(PATIENCE),
  }).then(
    (response) => response.json().catch(() => null),
    () => null,
  );
  const [from, to] = Array.isArray(health?.api) ? health.api.map(Number) : [];
  if (to < Number(OUR_VERSION)) return "server_older";
  return from > Number(OUR_VERSION) ? "server_newer" : "unsupported";
}

/** @param {string} path @param {{body?: object, token?: string | null}} [request] @param {number} [patience] ms */
async function askJson(path, request = {}, patience = PATIENCE) {
  const response = await ask(path, { ...request, signal: AbortSignal.timeout(patience) });
  return response.json().catch(() => {
    throw new ServerTrouble("other_program"); // whoever it is, it does not speak our language
  });
}

/** @returns {Promise<string>} the token, once it is certain that there is a server of ours that knows us */
async function token() {
  const health = await askJson("/api/health");
  if (health?.app !== "touchstone") throw new ServerTrouble("other_program");
  const { token } = await readSettings();
  if (!token) throw new ServerTrouble("unpaired");
  return token;
}

/** Nothing, when the server is there and we are paired: the owner may have ended that there. @throws {ServerTrouble} */
export async function probe() {
  await askJson("/api/paired", { token: await token() });
}

/**
 * Exchange the code for a token. The server proves first that it knows the code; only then is the code sent.
 * @param {string} code normalised
 * @returns {Promise<string>} the token
 * @throws {ServerTrouble} `other_program` when the proof is wrong; `refused` with the reason when the code is
 */
export async function pair(code) {
  const nonce = newNonce();
  const offer = await askJson("/api/pair", { body: { nonce } });
  if (typeof offer?.nonce !== "string" || typeof offer?.proof !== "string") throw new ServerTrouble("other_program");
  if (offer.proof !== (await serverProof(code, nonce, offer.nonce))) {
    throw new ServerTrouble("refused", undefined, "wrong_code");
  }
  const { token } = await askJson("/api/pair", { body: { code, nonce } });
  if (typeof token !== "string" || token === "") throw new ServerTrouble("other_program");
  return token;
}

/** @param {Source} source @returns {Promise<Answer>} @throws {ServerTrouble} */
export async function verify(source) {
  return askJson("/api/verify", { body: source, token: await token() }, SLOW_PATIENCE);
}

/**
 * @param {Source[]} items at most 500
 * @param {{anew: boolean, signal: AbortSignal}} how
 * @returns {AsyncGenerator<Answer & {index: number}, void, void>} each answer as it is ready, in no particular order
 * @throws {ServerTrouble}
 */
export async function* verifyBatch(items, { anew, signal }) {
  const response = await ask("/api/verify/batch", { body: { items }, token: await token(), anew, signal });
  if (!response.body) return;
  try {
    yield* readLines(response.body);
  } catch (problem) {
    if (signal.aborted) throw signal.reason;
    throw new ServerTrouble("interrupted", undefined, String(problem));
  }
}

/** @returns {Promise<string>} an address that opens the wallet's pages in this browser, once */
export async function walletAddress() {
  const { path } = await askJson("/api/wallet/open", { body: {}, token: await token() });
  const { address } = await readSettings();
  return new URL(String(path), address).href;
}

/** @param {{page: string, items: Source[]}} page what was found on it @returns {Promise<Comparison>} @throws {ServerTrouble} */
export async function compare(page) {
  return askJson("/api/wallet/doctor", { body: page, token: await token() }, SLOW_PATIENCE);
}

/** @param {Source} source @returns {Promise<{id: string, report: Report}>} of the one that is now in the wallet */
export async function save(source) {
  return askJson("/api/wallet/credentials", { body: source, token: await token() }, SLOW_PATIENCE);
}

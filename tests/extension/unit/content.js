// @ts-check
// Loads the content scripts as the browser does, all but the one that starts: they share one namespace.

import "../../../extension/content/ns.js";
import "../../../extension/content/platforms.js";
import "../../../extension/content/sites.js";
import "../../../extension/content/classify.js";
import "../../../extension/content/context.js";
import "../../../extension/content/find.js";
import "../../../extension/content/registry.js";
import { parseHTML } from "linkedom";

export const content = globalThis.Touchstone;

/** @param {string} body @param {string} [address] @returns {Document} a page at that address */
export function page(body, address = "https://portfolio.example/mira") {
  const { document } = parseHTML(`<!doctype html><html><head></head><body>${body}</body></html>`);
  Object.defineProperty(document, "location", { value: new URL(address) });
  Object.defineProperty(document, "baseURI", { value: address });
  return document;
}

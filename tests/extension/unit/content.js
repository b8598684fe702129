// @ts-check
// Loads the content scripts as the browser does, all but the one that starts: they share one namespace.

import "../../../extension/content/ns.js";
import "../../../extension/content/dom.js";
import "../../../extension/content/platforms.js";
import "../../../extension/content/sites.js";
import "../../../extension/content/classify.js";
import "../../../extension/content/work.js";
import "../../../extension/content/reach.js";
import "../../../extension/content/spot.js";
import "../../../extension/content/find.js";
import "../../../extension/content/styles.js";
import "../../../extension/content/linked.js";
import "../../../extension/content/context.js";
import "../../../extension/content/registry.js";
import "../../../extension/content/astray.js";
import "../../../extension/content/sites/any.js";
import "../../../extension/content/sites/dates.js";
import "../../../extension/content/sites/linkedin.js";
import "../../../extension/content/sites/mail.js";
import "../../../extension/content/sites/gmail.js";
import "../../../extension/content/sites/outlook.js";
import "../../../extension/content/sites/github.js";
import { parseHTML } from "linkedom";

export const content = globalThis.Touchstone;

/** @param {string} body @param {string} [address] @returns {Document} a page at that address */
export function page(body, address = "https://portfolio.example/mira") {
  const { document } = parseHTML(`<!doctype html><html><head></head><body>${body}</body></html>`);
  Object.defineProperty(document, "location", { value: new URL(address) });
  Object.defineProperty(document, "baseURI", { value: address });
  return document;
}

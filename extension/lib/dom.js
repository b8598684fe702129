// @ts-check
// Builds elements. Text is always text: nothing here, or anywhere in the extension, parses markup.

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Node | string | null | undefined | false} Child */
/** @typedef {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} Attributes */

/**
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Attributes} [attributes] functions are listeners, named `onclick` and so on; null, undefined and false are left out
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** @param {ShapePart[]} parts @param {number} size px @param {string} [className] */
export function svg(parts, size, className = "shape") {
  const picture = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: size, height: size, class: className })) {
    picture.setAttribute(name, String(value));
  }
  picture.setAttribute("aria-hidden", "true");
  for (const [tag, attributes] of parts) {
    const part = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
    picture.append(part);
  }
  return picture;
}

/**
 * One line that loses its middle when there is no room, so that both ends can be read; whole on focus and for assistive
 * technology.
 * @param {string} text @param {string} [className]
 */
export function middleCut(text, className = "") {
  const letters = [...text];
  const half = Math.min(10, Math.floor(letters.length / 2)); // at the end, where a host's own name is
  const [word = ""] = text.match(/ \S{3,15}$/) ?? []; // whole, for letters that join would part in the middle of one
  const kept = word ? [...word].length : half;
  return el(
    "span",
    { class: `cut ${className}`, title: text, dir: "auto" }, // a name keeps its own direction, or its ends change places
    el("span", { class: "start", "aria-hidden": "true" }, letters.slice(0, -kept).join("")),
    el("span", { class: "end", "aria-hidden": "true" }, letters.slice(-kept).join("")),
    el("span", { class: "unseen" }, text),
  );
}

/**
 * @param {string | null | undefined} address
 * @param {string} [text]
 * @returns {HTMLElement} a link only where it is safe to follow
 */
export function outward(address, text) {
  const url = address && URL.canParse(address) ? new URL(address) : null;
  const shown = text || address || "";
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return el("bdi", {}, shown);
  return el("a", { dir: "auto", href: url.href, target: "_blank", rel: "noopener noreferrer", title: url.href }, shown);
}

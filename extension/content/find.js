//# allFunctionsCalledOnLoad
// @ts-check
// The places of a page where a badge may be: pictures that could be baked, links and embeds that lead to an award,
// backgrounds of a platform's, and the page itself when its own address is one.
{
  const MOST = 500;
  const TIDY = /^\S+(?: \S+)*$/;
  const STEP = 32; // pictures between two looks at the clock
  const STEP_OF_LINKS = 512;
  // One question for each kind, because the browser answers these many times as fast as all of them in one.
  const LINKS = "a[href]";
  // Links within the same site are most of a large page's, and nothing to us unless they say so.
  const LINKS_ABROAD = `a:is(${["//", "\\\\", "adge", "ADGE", "ssertion", "SSERTION", "redential", "REDENTIAL"].map((part) => `[href*="${part}"]`).join(", ")})`;
  const PICTURES = "img";
  const EMBEDS = ["iframe", "[data-share-badge-id]"];
  const RARE = ["area", "embed", "object", '[style*="url("]'];
  const ALL = [LINKS, PICTURES, ...EMBEDS, ...RARE].join(", ");

  /** @param {Place} place @param {Document} page @returns {string} what the page calls it; its word, nobody's proof */
  function labelOf({ element, link, label }, page) {
    if (label) return label;
    if (element === null && link === null) return tidy(String(Touchstone.dom.of(page, "title")));
    return tidy(nameOf(element) || nameOf(link) || Touchstone.dom.textOf(link ?? element));
  }

  /** @param {Element | null} one */
  const nameOf = (one) =>
    one && (one.getAttribute("alt") || one.getAttribute("aria-label") || one.getAttribute("title"));

  /** @param {string} said */
  const tidy = (said) => (said.length <= 120 && TIDY.test(said) ? said : said.slice(0, 480).replace(/\s+/g, " ").trim().slice(0, 120));


  /**
   * @param {Element[]} pictures
   * @param {number} most
   * @returns {Element[]} those with room for a badge; of too many, the biggest, in page order
   */
  function roomiest(pictures, most) {
    const rooms = pictures.map(Touchstone.spot.roomOf);
    const roomy = pictures.filter((_, number) => rooms[number]);
    if (roomy.length <= most) return roomy;
    const sizes = rooms.filter(Boolean).sort((a, b) => b - a);
    const least = most > 0 ? (sizes[most - 1] ?? 0) : Infinity;
    return pictures.filter((_, number) => (rooms[number] ?? 0) >= least && rooms[number]).slice(0, Math.max(most, 0));
  }

  /** @param {Tree} root @param {string} selector @returns {Element[]} the root itself among them */
  function among(root, selector) {
    const below = Touchstone.dom.all(root, selector);
    const element = Touchstone.dom.elementOf(root);
    return element?.matches(selector) ? [element, ...below] : below;
  }

  /** @param {Classified} what @param {Classified | null} shown @returns {boolean} whether the picture in a link is only its face: an award's, or the one that a share itself serves */
  const isFaceOf = (what, shown) =>
    what.kind === "award" || (/\/badge$/.test(what.url) && shown !== null && shown.url.startsWith(what.url.slice(0, -"badge".length)));

  /** @param {Element} link @param {Classified} what @param {string} base @returns {Place} marked at the picture, where it is around one */
  function linked(link, what, base) {
    const picture = link.localName === "a" ? link.querySelector("img") : null;
    const shown = picture && Touchstone.spot.picture(picture, base);
    if (!picture || !isFaceOf(what, shown)) return { ...what, element: link, link };
    return { ...what, element: picture, link, ...(shown?.kind === "picture" ? { shows: shown.url } : {}) };
  }

  /** @param {Element} element @param {string} base @returns {Classified | null} what it names, or else has drawn behind it */
  function whatAt(element, base) {
    const style = element.getAttribute("style") ?? "";
    const what = Touchstone.spot.spot(element, base);
    return what ?? (style.includes("url(") ? Touchstone.spot.background(style, base) : null);
  }

  /** @param {Tree} root @param {string} base @param {boolean} isDeep @returns {Generator<void, {element: Element, what: Classified | null}[]>} */
  function* linksIn(root, base, isDeep) {
    const { maybe, isPlatform } = Touchstone.classify;
    const found = [];
    const links = Touchstone.dom.list(root, isPlatform(base) ? LINKS : LINKS_ABROAD);
    const element = Touchstone.dom.elementOf(root);
    if (element?.matches(LINKS)) found.push({ element, what: Touchstone.spot.spot(element, base) });
    yield;
    const { length } = links;
    for (let number = 0; number < length; number++) {
      if (number % STEP_OF_LINKS === 0) yield;
      const link = /** @type {Element} */ (links[number]);
      // Thousands lead nowhere of ours, which a glance at the text tells.
      if (maybe(link.getAttribute("href") ?? "", base)) found.push({ element: link, what: Touchstone.spot.spot(link, base) });
    }
    for (const selector of isDeep ? [...EMBEDS, ...RARE] : EMBEDS) {
      yield;
      for (const one of among(root, selector)) found.push({ element: one, what: whatAt(one, base) });
    }
    return found;
  }

  /**
   * @param {Tree} root
   * @param {{most?: number, holds?: Site["holds"], isDeep?: boolean}} [how] how many at most; which elements count; and
   *   whether what is rare, and slow to ask for, is asked for too
   * @returns {Generator<void, Place[]>} in page order; when there are more, links to awards first, then the biggest
   *   pictures
   */
  function* scan(root, { most = MOST, holds = () => true, isDeep = true } = {}) {
    const base = String(Touchstone.dom.of(Touchstone.dom.pageOf(root), "baseURI"));
    /** @type {Map<Element, Place>} */
    const places = new Map();
    for (const { element, what } of yield* linksIn(root, base, isDeep)) {
      if (places.size >= most) break;
      if (!what || !holds(element, what)) continue;
      const place = Touchstone.spot.isPicture(element) ? { ...what, element, link: null } : linked(element, what, base);
      const at = place.element ?? element;
      if (!places.has(at)) places.set(at, place);
    }
    const hasOthers = places.size > 0;
    const pictures = roomiest(
      hasOthers ? among(root, PICTURES).filter((element) => !places.has(element)) : among(root, PICTURES),
      most - places.size,
    );
    for (const [number, element] of pictures.entries()) {
      if (number % STEP === 0) yield;
      const what = Touchstone.spot.picture(element, base);
      if (what && holds(element, what)) places.set(element, { ...what, element, link: null });
    }
    return hasOthers ? among(root, ALL).flatMap((element) => places.get(element) ?? []) : [...places.values()];
  }

  /** @param {Document} page @returns {Place[]} the page itself, where its own address is an award's */
  function own(page) {
    const what = Touchstone.classify.link(page.location.href, page.location.href);
    return what?.kind === "award" ? [{ ...what, kind: "page", element: null, link: null }] : [];
  }

  Touchstone.find = { scan, own, labelOf };
}

// @ts-check
// The places of a page where a badge may be: pictures that could be baked, links and embeds that lead to an award,
// backgrounds of a platform's, and the page itself when its own address is one.
{
  const MOST = 500;
  const STEP = 48; // elements between two looks at the clock
  // One question for each kind, because the browser answers these many times as fast as all of them in one.
  const USUAL = "img, a[href]";
  const RARE = ["area", "iframe", "embed", "object", "[data-share-badge-id]", '[style*="url("]'];
  const ALL = [USUAL, ...RARE].join(", ");

  /** @param {Place} place @param {Document} page @returns {string} what the page calls it; its word, nobody's proof */
  function labelOf({ element, link, label }, page) {
    if (label) return label;
    const named = [element, link].flatMap((one) =>
      one ? ["alt", "aria-label", "title"].map((name) => one.getAttribute(name)?.slice(0, 480)) : [],
    );
    const said =
      element === null && link === null
        ? String(Touchstone.dom.of(page, "title"))
        : named.find(Boolean) || Touchstone.dom.textOf(link ?? element);
    return (said ?? "").replace(/\s+/g, " ").trim().slice(0, 120);
  }

  /**
   * @param {Element[]} pictures
   * @param {number} most
   * @returns {Element[]} those with room for a badge; of too many, the biggest, in page order
   */
  function roomiest(pictures, most) {
    const sized = pictures
      .map((element) => ({ element, room: Touchstone.spot.roomOf(element) }))
      .filter(({ room }) => room > 0);
    if (sized.length <= most) return sized.map(({ element }) => element);
    const keep = new Set(
      [...sized]
        .sort((a, b) => b.room - a.room)
        .slice(0, Math.max(most, 0))
        .map(({ element }) => element),
    );
    return sized.flatMap(({ element }) => (keep.has(element) ? [element] : []));
  }

  /** @param {Tree} root @param {string} selector @returns {Element[]} the root itself among them */
  function among(root, selector) {
    const below = Touchstone.dom.all(root, selector);
    const element = Touchstone.dom.elementOf(root);
    return element?.matches(selector) ? [element, ...below] : below;
  }

  /** @param {Element} link @param {Classified} what @param {string} base @returns {Place} marked at the picture, where it is around one */
  function linked(link, what, base) {
    const picture = what.kind === "award" && link.localName === "a" ? link.querySelector("img") : null;
    const shown = picture && Touchstone.spot.spot(picture, base);
    return { ...what, element: picture ?? link, link, ...(shown?.kind === "picture" ? { shows: shown.url } : {}) };
  }

  /**
   * @param {Tree} root
   * @param {string} base
   * @param {Site["holds"]} holds
   * @returns {Generator<void, {places: Map<Element, Place>, pictures: Element[], order: Element[]}>}
   */
  function* gather(root, base, holds) {
    const usual = among(root, USUAL);
    yield;
    const rare = RARE.flatMap((selector) => among(root, selector));
    yield;
    /** @type {Map<Element, Place>} */
    const places = new Map();
    const pictures = new Set();
    let left = STEP;
    for (const element of [usual, rare].flat()) {
      if (--left === 0) {
        left = STEP;
        yield;
      }
      if (Touchstone.spot.isPicture(element)) {
        pictures.add(element);
        continue;
      }
      const href = element.localName === "a" ? element.getAttribute("href") : null;
      // Thousands are links to nowhere of ours, told by a glance; the rest are looked at.
      if (href !== null && !element.hasAttribute("style") && !Touchstone.classify.maybe(href, base)) continue;
      if (places.has(element)) continue;
      const what = whatAt(element, base);
      if (!what || !holds(element, what)) continue;
      const place = linked(element, what, base);
      if (place.element && !places.has(place.element)) places.set(place.element, place);
    }
    const isUsual = !rare.some((element) => places.has(element));
    return { places, pictures: [...pictures], order: isUsual ? usual : among(root, ALL) };
  }

  /** @param {Element} element @param {string} base @returns {Classified | null} what it names, or else has drawn behind it */
  function whatAt(element, base) {
    const what = Touchstone.spot.spot(element, base);
    if (what || !element.hasAttribute("style")) return what;
    const style = element.getAttribute("style") ?? "";
    return style.includes("url(") ? Touchstone.spot.background(style, base) : null;
  }

  /**
   * @param {Tree} root
   * @param {{most?: number, holds?: Site["holds"]}} [how] how many at most; and which elements count
   * @returns {Generator<void, Place[]>} in page order; when there are more, links to awards first, then the biggest
   *   pictures
   */
  function* scan(root, { most = MOST, holds = () => true } = {}) {
    const base = String(Touchstone.dom.of(Touchstone.dom.pageOf(root), "baseURI"));
    const { places, pictures, order } = yield* gather(root, base, holds);
    const kept = new Map([...places].slice(0, most));
    const free = roomiest(
      pictures.filter((element) => !places.has(element)),
      most - kept.size,
    );
    let left = STEP;
    for (const element of free) {
      if (--left === 0) {
        left = STEP;
        yield;
      }
      const what = whatAt(element, base);
      if (what && holds(element, what)) kept.set(element, { ...what, element, link: null });
    }
    return order.flatMap((element) => kept.get(element) ?? []);
  }

  /** @param {Document} page @returns {Place[]} the page itself, where its own address is an award's */
  function own(page) {
    const what = Touchstone.classify.link(page.location.href, page.location.href);
    return what?.kind === "award" ? [{ ...what, kind: "page", element: null, link: null }] : [];
  }

  Touchstone.find = { scan, own, labelOf };
}

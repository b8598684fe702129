// @ts-check
// The places of a page where a badge may be: pictures that could be baked, links and embeds that lead to an award, and
// the page itself when its own address is one. Reads attributes only, so that a scan never forces the page to lay out.
{
  const MOST = 500;
  const SMALLEST_SIDE = 32; // px; what is smaller is an icon or a counter
  const LONGEST_DATA = 9_000_000; // characters of a data: address, about 6 MB of picture
  const PLACES = "img[src], a[href], area[href], iframe[src], embed[src], object[data], [data-share-badge-id]";
  const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

  /** @param {Element} element @returns {number} area in px²; 0 for too small to be a badge; 1 where it is not known */
  function roomOf(element) {
    const image = /** @type {HTMLImageElement} */ (element);
    // A small picture drawn large is as much a badge as a large one drawn small.
    const width = Math.max(image.naturalWidth || 0, Number(element.getAttribute("width")) || 0);
    const height = Math.max(image.naturalHeight || 0, Number(element.getAttribute("height")) || 0);
    if (width === 0 || height === 0) return 1;
    return Math.min(width, height) < SMALLEST_SIDE ? 0 : width * height;
  }

  /** @param {Element} element @param {string} base @returns {Classified | null} */
  function spotImage(element, base) {
    const image = /** @type {HTMLImageElement} */ (element);
    const src = element.getAttribute("src") ?? "";
    const isPlaceholder = src.startsWith("data:") && image.currentSrc && image.currentSrc !== image.src;
    const address = isPlaceholder ? image.currentSrc : src;
    if (address.length > LONGEST_DATA || roomOf(element) === 0) return null;
    return Touchstone.classify.image(address, base);
  }

  /**
   * @param {Element} element
   * @param {string} base the page's own address
   * @returns {Classified | null} what to ask about this element
   */
  function spot(element, base) {
    const embedded = element.getAttribute("data-share-badge-id");
    if (embedded !== null) {
      return UUID.test(embedded)
        ? { provider: "credly", kind: "award", url: `https://www.credly.com/badges/${embedded.toLowerCase()}` }
        : null;
    }
    if (element.tagName.toLowerCase() === "img") return spotImage(element, base);
    const address = element.getAttribute("href") ?? element.getAttribute("src") ?? element.getAttribute("data");
    return address === null ? null : Touchstone.classify.link(address, base);
  }

  /** @param {Element} element @returns {string} what the page calls it; the page's word, nobody's proof */
  function labelOf(element) {
    const said =
      element.getAttribute("alt") ||
      element.getAttribute("aria-label") ||
      element.getAttribute("title") ||
      element.textContent;
    return (said ?? "").replace(/\s+/g, " ").trim().slice(0, 120);
  }

  /**
   * @param {Element} element
   * @param {Classified} what
   * @returns {Place} a link around a picture is marked at the picture
   */
  function placeOf(element, what) {
    const picture = what.kind === "award" ? element.querySelector("img") : null;
    return {
      ...what,
      element: picture ?? element,
      label: (picture && labelOf(picture)) || labelOf(element),
      room: roomOf(picture ?? element),
    };
  }

  const RANK = { page: 0, award: 0, picture: 1, document: 2, image: 3 };

  /**
   * @param {Document} page
   * @returns {Place[]} at most 500, in page order; when there are more, known awards first, then the biggest pictures
   */
  function scan(page) {
    const base = page.baseURI;
    /** @type {Place[]} */
    const places = [];
    const taken = new Set();
    const own = Touchstone.classify.link(page.location.href, base);
    if (own?.kind === "award") {
      places.push({ ...own, kind: "page", element: null, label: page.title.slice(0, 120), room: 1 });
    }
    for (const element of page.querySelectorAll(PLACES)) {
      if (taken.has(element)) continue;
      const what = spot(element, base);
      if (!what) continue;
      const place = placeOf(element, what);
      taken.add(place.element);
      places.push(place);
    }
    if (places.length <= MOST) return places;
    const kept = [...places].sort((a, b) => RANK[a.kind] - RANK[b.kind] || b.room - a.room).slice(0, MOST);
    const keep = new Set(kept);
    return places.filter((place) => keep.has(place));
  }

  Touchstone.find = { spot, scan };
}

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

  /** @param {Element} element @returns {string} its picture's address, as the page gives it */
  function pictureAddress(element) {
    const image = /** @type {HTMLImageElement} */ (element);
    const src = element.getAttribute("src") ?? "";
    const isPlaceholder = src.startsWith("data:") && image.currentSrc && image.currentSrc !== image.src;
    return isPlaceholder ? image.currentSrc : src;
  }

  /** @param {Element} element */
  const isPicture = (element) => element.localName === "img";

  /**
   * @param {Element} element
   * @param {string} base the page's own address
   * @returns {Classified | null} what to ask about this element
   */
  function spot(element, base) {
    if (isPicture(element)) {
      const address = pictureAddress(element);
      return address.length > LONGEST_DATA || roomOf(element) === 0 ? null : Touchstone.classify.image(address, base);
    }
    const embedded = element.getAttribute("data-share-badge-id");
    if (embedded !== null) {
      return UUID.test(embedded)
        ? { provider: "credly", kind: "award", url: `https://www.credly.com/badges/${embedded.toLowerCase()}` }
        : null;
    }
    const address = element.getAttribute("href") ?? element.getAttribute("src") ?? element.getAttribute("data");
    return address === null ? null : Touchstone.classify.link(address, base);
  }

  /** @param {Place} place @param {Document} page @returns {string} what the page calls it; its word, nobody's proof */
  function labelOf({ element, link }, page) {
    const named = [element, link].flatMap((one) =>
      one ? ["alt", "aria-label", "title"].map((name) => one.getAttribute(name)) : [],
    );
    const said = element === null ? page.title : named.find(Boolean) || (link ?? element).textContent;
    return (said ?? "").replace(/\s+/g, " ").trim().slice(0, 120);
  }

  /**
   * @param {Element[]} pictures
   * @param {number} most
   * @returns {Element[]} those with room for a badge; of too many, the biggest, in page order
   */
  function roomiest(pictures, most) {
    const sized = pictures.map((element) => ({ element, room: roomOf(element) })).filter(({ room }) => room > 0);
    if (sized.length <= most) return sized.map(({ element }) => element);
    const keep = new Set(
      [...sized]
        .sort((a, b) => b.room - a.room)
        .slice(0, most)
        .map(({ element }) => element),
    );
    return pictures.filter((element) => keep.has(element));
  }

  /** @param {Element[]} elements @param {string} base @returns {Place[]} a link around a picture is marked at the picture */
  function linksAmong(elements, base) {
    return elements.flatMap((element) => {
      const what = isPicture(element) ? null : spot(element, base);
      if (!what) return [];
      return [
        { ...what, element: (what.kind === "award" && element.querySelector("img[src]")) || element, link: element },
      ];
    });
  }

  /**
   * @param {Document} page
   * @returns {Place[]} at most 500, in page order; when there are more, links to awards first, then the biggest pictures
   */
  function scan(page) {
    const base = page.baseURI;
    const elements = [...page.querySelectorAll(PLACES)];
    const own = Touchstone.classify.link(page.location.href, base);
    const links = linksAmong(elements, base).slice(0, MOST);
    const taken = new Set(links.map(({ element }) => element));
    const pictures = elements.filter((element) => isPicture(element) && !taken.has(element));
    const places = new Map(links.map((place) => [place.element, place]));
    for (const element of roomiest(pictures, MOST - links.length)) {
      const what = spot(element, base);
      if (what) places.set(element, { ...what, element, link: null });
    }
    const inOrder = elements.flatMap((element) => places.get(element) ?? []);
    return own?.kind === "award" ? [{ ...own, kind: "page", element: null, link: null }, ...inOrder] : inOrder;
  }

  Touchstone.find = { spot, scan, labelOf };
}

//# allFunctionsCalledOnLoad
// @ts-check
// What one element of a page names: the picture it shows, the award it leads to or embeds. Reads attributes only, so that
// a look never forces the page to lay out.
{
  const SMALLEST_SIDE = 32; // px; what is smaller is an icon or a counter
  const LONGEST_DATA = 9_000_000; // characters of a data: address, about 6 MB of picture
  const LONGEST_SET = 20_000; // characters of a srcset
  const MOST_ADDRESSES = 12;
  const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

  /** @param {Element} element */
  const isPicture = (element) => element.localName === "img";

  /** @param {Element} element @returns {number} area in px²; 0 for too small to be a badge; 1 where it is not known */
  function roomOf(element) {
    const image = /** @type {HTMLImageElement} */ (element);
    let width = Number(element.getAttribute("width")) || 0;
    let height = Number(element.getAttribute("height")) || 0;
    // A small picture drawn large is as much a badge as a large one drawn small.
    if (Math.min(width, height) < SMALLEST_SIDE) {
      width = Math.max(image.naturalWidth || 0, width);
      height = Math.max(image.naturalHeight || 0, height);
    }
    if (width === 0 || height === 0) return 1;
    return Math.min(width, height) < SMALLEST_SIDE ? 0 : width * height;
  }

  /** @param {Element} element @param {string} address @returns {string | null} what it is a copy of, where the site says so */
  function originalOf(element, address) {
    for (const { attribute, copies } of Touchstone.originals) {
      const original = copies.test(address) ? element.getAttribute(attribute) : null;
      if (original && /^https?:/i.test(original)) return original;
    }
    return null;
  }

  /** @param {string | null} set a `srcset` @returns {string[]} its addresses, the largest first */
  function setOf(set) {
    if (!set || set.length > LONGEST_SET) return [];
    return [...set.matchAll(/(?:^|[\s,])(?!,)(\S+?)(?:,\s|\s+([\d.]+)[wx]\s*(?:,|$)|\s*$)/g)]
      .map(([, address = "", size]) => ({ address, size: Number(size) || 0 }))
      .sort((a, b) => b.size - a.size)
      .map(({ address }) => address);
  }

  /** @param {Element} image @returns {string[]} the addresses from which this picture may be drawn, the page's first word first */
  function pictureAddresses(image) {
    const src = image.getAttribute("src") ?? "";
    const original = src.startsWith("https://") ? originalOf(image, src) : null;
    if (original) return [original];
    const isSimple = src !== "" && !src.startsWith("data:") && !image.hasAttribute("srcset");
    const parent = Touchstone.dom.above(image);
    const isOneOfSeveral = parent?.localName === "picture";
    if (isSimple && !isOneOfSeveral) return [src];
    const sources = isOneOfSeveral ? Touchstone.dom.all(parent, "source") : [];
    const others = [
      /** @type {HTMLImageElement} */ (image).currentSrc ?? "",
      ...Touchstone.lazy.map((name) => image.getAttribute(name) ?? ""),
      ...setOf(image.getAttribute("srcset")),
      ...setOf(image.getAttribute("data-srcset")),
      ...sources.flatMap((source) => setOf(source.getAttribute("srcset"))),
    ];
    const isPlaceholder = src.startsWith("data:");
    const all = isPlaceholder ? [...others, src] : [src, ...others];
    return [...new Set(all)].filter(Boolean).slice(0, MOST_ADDRESSES);
  }

  /** @param {Element} image @param {string} base @returns {Classified | null} */
  function picture(image, base) {
    /** @type {Classified | null} */
    let first = null;
    const src = image.getAttribute("src") ?? "";
    if (/^\.{0,2}\/[^/]/.test(src) && !image.hasAttribute("srcset") && image.closest("picture") === null) {
      return Touchstone.classify.image(src, base); // by far the most: the page's own picture, and no other of it
    }
    for (const address of pictureAddresses(image)) {
      if (address.length > LONGEST_DATA) continue;
      const what = Touchstone.classify.image(address, base);
      if (what?.provider) return what;
      first ??= what;
    }
    return first;
  }

  /** @param {string} style CSS text @param {string} base @returns {Classified | null} a platform's picture among its addresses */
  function background(style, base) {
    for (const [, , address = ""] of style.slice(0, LONGEST_SET).matchAll(/url\(\s*(["']?)(.+?)\1\s*\)/g)) {
      const what = Touchstone.classify.image(address, base);
      if (what?.provider) return what;
    }
    return null;
  }

  /** @param {string | null} address @param {string} base @returns {Classified | null} */
  const leads = (address, base) => (address ? Touchstone.classify.link(address, base) : null);

  /**
   * @param {Element} element
   * @param {string} base the page's own address
   * @returns {Classified | null} what to ask about this element
   */
  function spot(element, base) {
    if (isPicture(element)) return roomOf(element) === 0 ? null : picture(element, base);
    if (element.localName === "a") return leads(element.getAttribute("href"), base);
    const embedded = element.getAttribute("data-share-badge-id");
    if (embedded !== null) {
      return UUID.test(embedded)
        ? Touchstone.classify.link(`https://www.credly.com/badges/${embedded.toLowerCase()}`, base)
        : null;
    }
    const named = ["href", "src", "data", "data-src"].map((name) => element.getAttribute(name));
    return leads(named.find(Boolean) ?? null, base);
  }

  Touchstone.spot = { spot, picture, background, roomOf, isPicture, setOf };
}

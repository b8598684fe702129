// @ts-check
// Links on a page that lead beside an award: to a badge's class, to its picture, to a page for its owner's eyes, or to
// wherever an entry of the site says that its credential is. Looked for only when the reader asks to hold the page
// against their wallet.
{
  const MOST = 100;

  /** @param {Document} page @param {Site} site @returns {{page: string, links: {url: string, context: Context | null}[]}} each once */
  function linksIn(page, site) {
    const { dom } = Touchstone;
    const base = String(dom.of(page, "baseURI"));
    const statedIn = site.statedIn(page);
    /** @type {Map<string, {url: string, context: Context | null}>} */
    const found = new Map();
    for (const link of dom.all(page, "a[href]")) {
      const url = urlAt(link, base, site);
      if (!url || found.has(url) || found.size === MOST) continue;
      found.set(url, { url, context: statedIn([link], [], link) });
    }
    return { page: page.location.origin + page.location.pathname, links: [...found.values()] };
  }

  /** @param {Element} link @param {string} base @param {Site} site @returns {string | null} */
  function urlAt(link, base, site) {
    const { classify } = Touchstone;
    const href = link.getAttribute("href") ?? "";
    const what = classify.astray(href, base);
    if (what) return site.holds(link, { ...what, kind: "award" }) ? what.url : null;
    return site.shows?.(link) && !classify.link(href, base) ? classify.plain(href, base) : null;
  }

  Touchstone.astray = { linksIn };
}

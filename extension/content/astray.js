// @ts-check
// Links on a page that lead beside an award: to a badge's class, to its picture, to a page for its owner's eyes. Looked
// for only when the reader asks to hold the page against their wallet.
{
  const MOST = 100;

  /** @param {Document} page @param {Site} site @returns {{page: string, links: {url: string, context: Context | null}[]}} each once */
  function linksIn(page, site) {
    const { classify, dom } = Touchstone;
    const base = String(dom.of(page, "baseURI"));
    const statedIn = site.statedIn(page);
    /** @type {Map<string, {url: string, context: Context | null}>} */
    const found = new Map();
    for (const link of dom.all(page, "a[href]")) {
      const what = classify.astray(link.getAttribute("href") ?? "", base);
      if (!what || found.has(what.url) || found.size === MOST || !site.holds(link, { ...what, kind: "award" })) continue;
      found.set(what.url, { url: what.url, context: statedIn([link], [], link) });
    }
    return { page: page.location.origin + page.location.pathname, links: [...found.values()] };
  }

  Touchstone.astray = { linksIn };
}

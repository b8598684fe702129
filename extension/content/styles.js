// @ts-check
// Pictures of platforms that a page's own style sheets draw behind its elements. What a sheet says is read once; asking
// the browser how each element is drawn would force the page to lay out.
{
  const MOST_RULES = 4000;
  const MOST_FOUND = 50;
  const STEP = 64;

  /** @param {StyleSheetList} sheets @returns {CSSStyleSheet[]} those that this page may read */
  const readable = (sheets) =>
    [...sheets].filter((sheet) => {
      try {
        return sheet.cssRules.length > 0;
      } catch (problem) {
        if (problem instanceof DOMException) return false; // another host's
        throw problem;
      }
    });

  /** @type {WeakMap<CSSStyleSheet, {count: number, found: {selector: string, what: Classified}[]}>} */
  const read = new WeakMap();

  /** @param {CSSStyleSheet} sheet @param {string} base @returns {Generator<void, {selector: string, what: Classified}[]>} */
  function* backgroundsIn(sheet, base) {
    const known = read.get(sheet);
    const rules = sheet.cssRules;
    if (known?.count === rules.length) return known.found;
    const found = [];
    const waiting = [...rules].slice(0, MOST_RULES);
    let left = MOST_RULES;
    for (let rule = waiting.shift(); rule && left > 0; rule = waiting.shift(), left--) {
      if (left % STEP === 0) yield;
      const { cssRules, style, selectorText } = /** @type {any} */ (rule);
      if (cssRules?.length) waiting.push(...[...cssRules].slice(0, left));
      const drawn = style?.backgroundImage;
      if (!selectorText || !drawn?.includes("url(")) continue;
      const what = Touchstone.spot.background(drawn, sheet.href ?? base);
      if (what && found.length < MOST_FOUND) found.push({ selector: String(selectorText), what });
    }
    read.set(sheet, { count: rules.length, found });
    return found;
  }

  /** @param {Tree} tree @param {(element: Element) => boolean} holds @returns {Generator<void, Place[]>} */
  function* placesIn(tree, holds) {
    if (!("styleSheets" in tree)) return [];
    const { dom } = Touchstone;
    const isShadow = "host" in tree;
    const base = String(dom.of(dom.pageOf(tree), "baseURI"));
    const sheets = isShadow ? tree.styleSheets : dom.of(/** @type {Document} */ (tree), "styleSheets");
    const places = [];
    for (const sheet of readable(sheets)) {
      for (const { selector, what } of yield* backgroundsIn(sheet, base)) {
        if (!isPlain(tree, selector)) continue;
        const elements = dom.all(tree, selector).slice(0, MOST_FOUND).filter(holds);
        places.push(...elements.map((element) => ({ ...what, element, link: null })));
        yield;
      }
    }
    return places;
  }

  /** @param {Tree} tree @param {string} selector @returns {boolean} whether it can be asked for outside a sheet */
  function isPlain(tree, selector) {
    try {
      return Touchstone.dom.all(tree, `:is(${selector}):not(*)`).length === 0;
    } catch (problem) {
      if (problem instanceof DOMException) return false; // such as a nested one
      throw problem;
    }
  }

  Touchstone.styles = { placesIn };
}

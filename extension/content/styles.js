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

  /**
   * @param {Tree} root
   * @param {Site["holds"]} holds
   * @returns {Generator<void, Place[]>} the elements in it that a sheet of its tree draws one behind
   */
  function* placesIn(root, holds) {
    const { dom } = Touchstone;
    const page = dom.pageOf(root);
    const tree = /** @type {Tree} */ (dom.elementOf(root)?.getRootNode() ?? root);
    if (dom.elementOf(tree)) return []; // not in the page any more
    const sheets = tree === page ? dom.of(page, "styleSheets") : /** @type {ShadowRoot} */ (tree).styleSheets;
    const places = [];
    for (const sheet of readable(sheets ?? [])) {
      for (const { selector, what } of yield* backgroundsIn(sheet, String(dom.of(page, "baseURI")))) {
        const elements = drawn(root, selector).filter((element) => holds(element, what));
        places.push(...elements.map((element) => ({ ...what, element, link: null })));
        yield;
      }
    }
    return places;
  }

  /** @param {Tree} root @param {string} selector of a sheet @returns {Element[]} */
  function drawn(root, selector) {
    const asked = selector.replace(/::?(?:before|after)/g, "");
    try {
      const element = Touchstone.dom.elementOf(root);
      return [...(element?.matches(asked) ? [element] : []), ...Touchstone.dom.all(root, asked)].slice(0, MOST_FOUND);
    } catch (problem) {
      if (problem instanceof DOMException) return []; // only a sheet can ask so
      throw problem;
    }
  }

  Touchstone.styles = { placesIn };
}

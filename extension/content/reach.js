//# allFunctionsCalledOnLoad
// @ts-check
// How far a look goes beyond the page's own tree: into open shadow roots, and into frames of the page's own origin, which
// is as far as a click on the toolbar lets anybody look.
{
  const MOST_DEEP = 6;
  const MOST_TREES = 300;
  const STEP = 256; // elements between two looks at the clock

  /** @param {Element} frame @returns {Document | null} what it shows, where it is of the page's own origin */
  const pageIn = (frame) =>
    frame.localName === "iframe" ? /** @type {HTMLIFrameElement} */ (frame).contentDocument : null;

  /** @param {Tree} root @returns {Generator<void, ShadowRoot[]>} the open shadow roots in it, not those in these */
  function* shadowsIn(root) {
    const own = /** @type {Element} */ (root).shadowRoot;
    const found = own ? [own] : [];
    const walker = Touchstone.dom.walk(root);
    let left = STEP;
    for (let node = walker.nextNode(); node && found.length < MOST_TREES; node = walker.nextNode()) {
      const shadow = /** @type {Element} */ (node).shadowRoot;
      if (shadow) found.push(shadow);
      if (--left > 0) continue;
      left = STEP;
      yield;
    }
    return found;
  }

  /**
   * @param {Tree} root
   * @param {boolean} isDeep whether shadow roots are sought: no selector finds them, so every element is asked for its own
   * @returns {Generator<void, (Document | ShadowRoot)[]>} every tree below it; itself left out
   */
  function* treesIn(root, isDeep) {
    /** @type {Set<Document | ShadowRoot>} */
    const trees = new Set();
    /** @type {{tree: Tree, depth: number}[]} */
    const waiting = [{ tree: root, depth: 0 }];
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const frames = Touchstone.dom.all(next.tree, "iframe");
      const element = Touchstone.dom.elementOf(next.tree);
      if (element) frames.push(element);
      const shadows = isDeep ? yield* shadowsIn(next.tree) : [];
      for (const tree of [...shadows, ...frames.map(pageIn)]) {
        if (!tree || trees.has(tree) || trees.size >= MOST_TREES) continue;
        trees.add(tree);
        if (next.depth + 1 < MOST_DEEP) waiting.push({ tree, depth: next.depth + 1 });
      }
    }
    return [...trees];
  }

  Touchstone.reach = { pageIn, treesIn };
}

//# allFunctionsCalledOnLoad
// @ts-check
// How far a look goes beyond the page's own tree: into open shadow roots, and into frames of the page's own origin, which
// is as far as a click on the toolbar lets anybody look.
{
  const MOST_DEEP = 6;
  const MOST_TREES = 300;
  const MOST_HOSTS = 2000; // of one kind
  const STEP = 128; // elements between two looks at the clock
  const EMPTY = ["div:empty", "section:empty", "span:empty", "main:empty", "aside:empty", "article:empty", "body:empty"];

  /** @param {Element} frame @returns {Document | null} what it shows, where it is of the page's own origin */
  const pageIn = (frame) =>
    frame.localName === "iframe" ? /** @type {HTMLIFrameElement} */ (frame).contentDocument : null;

  /**
   * @param {Tree} root
   * @returns {Generator<void, Iterable<Element>>} the elements in it that may have a shadow root. No selector finds those
   *   that do, and merely to touch each of 40,000 elements costs a page 50 ms and more; so these are custom elements, and
   *   elements with nothing of their own to show.
   */
  function* hostsIn(root) {
    const own = Touchstone.dom.elementOf(root);
    yield;
    const hosts = [...(own ? [own] : []), ...Touchstone.dom.customIn(root)];
    for (const selector of EMPTY) {
      yield;
      hosts.push(...Touchstone.dom.all(root, selector).slice(0, MOST_HOSTS));
    }
    return hosts;
  }

  /** @param {Tree} root @returns {Generator<void, ShadowRoot[]>} the open shadow roots in it, not those in these */
  function* shadowsIn(root) {
    const found = [];
    let left = STEP;
    for (const host of yield* hostsIn(root)) {
      if (host.shadowRoot && found.length < MOST_TREES) found.push(host.shadowRoot);
      if (--left > 0) continue;
      left = STEP;
      yield;
    }
    return found;
  }

  /**
   * @param {Tree} root
   * @param {boolean} isDeep whether shadow roots are sought too, which takes longer
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

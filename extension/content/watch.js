// @ts-check
// Hears of what a page changes after it was looked through, in every tree that was reached. It only queues: thousands of
// changes are one later look.
{
  const PAUSE = 250; // ms between a change and the look at it, so that what comes together is looked at together
  const HUGE = 1000; // changed places from which on the whole page is looked at anew
  const SEEN = {
    childList: true,
    subtree: true,
    attributeFilter: ["src", "srcset", "href", "data", "style", "data-src", "data-canonical-src", "data-share-badge-id"],
  };

  /**
   * @param {(roots: Element[] | null, changed: Set<Element>) => Promise<void>} onChange what was added, or null for very
   *   much; and whose attributes are others now
   */
  function createWatch(onChange) {
    /** @type {WeakSet<Node>} */
    const watched = new WeakSet();
    /** @type {Set<Element>} */
    let added = new Set();
    /** @type {Set<Element>} */
    let changed = new Set();
    let isGone = false;
    let timer = 0;
    let isOn = false;

    const take = async () => {
      timer = 0;
      if (!isOn || (added.size === 0 && changed.size === 0 && !isGone)) return;
      const roots = added.size + changed.size > HUGE ? null : [...new Set([...added, ...changed])].filter(outermost(added));
      const touched = changed;
      [added, changed, isGone] = [new Set(), new Set(), false];
      await onChange(roots, touched);
    };
    const soon = () => {
      timer ||= setTimeout(take, PAUSE);
    };

    const observer = new MutationObserver((records) => {
      for (const { type, target, addedNodes, removedNodes } of records) {
        if (type === "attributes") changed.add(/** @type {Element} */ (target));
        else if (added.size <= HUGE) for (const node of addedNodes) if (node.nodeType === 1) added.add(/** @type {Element} */ (node));
        isGone ||= removedNodes.length > 0;
      }
      soon();
    });
    Touchstone.signal.addEventListener("abort", () => {
      isOn = false;
      observer.disconnect();
      clearTimeout(timer);
    });

    return {
      /** @param {Tree[]} trees */
      add(trees) {
        isOn = true;
        for (const tree of trees) {
          if (watched.has(tree) || Touchstone.dom.elementOf(tree)) continue;
          watched.add(tree);
          observer.observe(tree, SEEN);
          const loaded = (/** @type {Event} */ { target }) => {
            const frame = /** @type {Element} */ (target);
            if (frame.localName !== "iframe") return;
            added.add(frame);
            soon();
          };
          tree.addEventListener("load", loaded, { capture: true, passive: true, signal: Touchstone.signal });
        }
      },
      stop() {
        isOn = false;
        [added, changed, isGone] = [new Set(), new Set(), false];
      },
    };
  }

  /** @param {Set<Element>} added @returns {(element: Element) => boolean} whether nothing else that was added holds it */
  const outermost = (added) => (element) => {
    for (let [above, steps] = [Touchstone.dom.above(element), 0]; above && steps < 64; steps++, above = Touchstone.dom.above(above)) {
      if (added.has(above)) return false;
    }
    return true;
  };

  Touchstone.createWatch = createWatch;
}

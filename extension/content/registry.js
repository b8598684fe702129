//# allFunctionsCalledOnLoad
// @ts-check
// Remembers what was found in this page, one entry an award, so that everything is asked about once however often the
// page is looked through and however many of its addresses stand there, and so that a verdict finds all the places that
// show the badge.
{
  const MOST = 500;
  const MOST_PLACES = 40; // of one award

  /** @returns {Registry} */
  function createRegistry() {
    /** @type {Map<string, Entry>} by what is the same for all addresses of one award */
    const entries = new Map();
    /** @type {Map<string, Entry>} */
    const byKey = new Map();
    /** @type {WeakMap<Element, Entry>} */
    const at = new WeakMap();
    let next = 1;

    /** @param {Element} element @param {Set<Entry>} moved */
    const detach = (element, moved) => {
      const entry = at.get(element);
      if (!entry) return;
      at.delete(element);
      entry.elements = entry.elements.filter((one) => one !== element);
      moved.add(entry);
    };

    /** @param {Place} place @param {Entry[]} fresh @param {Set<Entry>} moved */
    const add = (place, fresh, moved) => {
      const name = place.same ?? place.url;
      let entry = entries.get(name);
      if (!entry) {
        if (entries.size >= MOST) return;
        entry = { key: `b${next++}`, place, elements: [], claims: [] };
        entries.set(name, entry);
        byKey.set(entry.key, entry);
        fresh.push(entry);
      }
      if (place.claim) entry.claims.push(place.claim);
      if (place.shows) entry.claims.push({ image: place.shows });
      const { element } = place;
      if (!element || at.get(element) === entry || entry.elements.length >= MOST_PLACES) return;
      detach(element, moved);
      at.set(element, entry);
      entry.elements.push(element);
      moved.add(entry);
    };

    /** @param {Set<Entry>} moved */
    const forgetGone = (moved) => {
      for (const entry of entries.values()) {
        for (const element of entry.elements) if (!element.isConnected) detach(element, moved);
      }
    };

    /**
     * @param {Entry[]} found
     * @param {Document} page
     * @param {Site} site
     * @returns {Generator<void, Candidate[]>}
     */
    function* candidates(found, page, site) {
      if (found.length === 0) return [];
      const stated = site.statedIn(page);
      const made = [];
      for (const entry of found) {
        const { key, elements, place, claims } = entry;
        const { url, kind, provider } = place;
        const context = stated(elements, claims, place.link);
        const label = context?.claims?.find(({ title }) => title)?.title ?? Touchstone.find.labelOf(place, page);
        entry.candidate = { key, url, kind, provider, label, context };
        made.push(entry.candidate);
        if (made.length % 8 === 0) yield;
      }
      return made;
    }

    /**
     * @param {Document} page
     * @param {{site: Site, roots?: Tree[] | null, changed?: Iterable<Element>, isDeep?: boolean}} what `roots` are looked
     *   through, or the whole page; attributes of `changed` are no longer what they were; with `isDeep`, also for what takes long to find: shadow roots, backgrounds, and elements that hardly any page has
     */
    function* look(page, { site, roots = null, changed = [], isDeep = true }) {
      /** @type {Set<Entry>} */
      const moved = new Set();
      /** @type {Entry[]} */
      const fresh = [];
      forgetGone(moved);
      for (const element of changed) {
        detach(element, moved);
        for (const inner of element.localName === "a" ? Touchstone.dom.all(element, "img") : []) detach(inner, moved);
      }
      const places = roots === null ? [...Touchstone.find.own(page), ...Touchstone.linked.placesIn(page)] : [];
      /** @type {Set<Tree>} */
      const trees = new Set();
      for (const root of roots ?? [page]) {
        if (root !== page && !root.isConnected) continue;
        trees.add(root);
        for (const tree of yield* Touchstone.reach.treesIn(root, isDeep)) trees.add(tree);
      }
      for (const tree of trees) {
        places.push(...(yield* Touchstone.find.scan(tree, { most: MOST - places.length, holds: site.holds, isDeep })));
        if (isDeep) places.push(...(yield* Touchstone.styles.placesIn(tree, site.holds)));
      }
      for (const place of places) add(place, fresh, moved);
      yield;
      const made = yield* candidates(fresh, page, site);
      const others = [...moved].filter((entry) => !fresh.includes(entry));
      return { fresh: made, moved: others.map(({ key }) => key), trees: [...trees] };
    }

    return {
      look,
      all: () => [...byKey.values()].flatMap(({ candidate }) => candidate ?? []),
      clear() {
        const keys = [...byKey.keys()];
        for (const { elements } of entries.values()) for (const element of elements) at.delete(element);
        entries.clear();
        byKey.clear();
        return keys;
      },
      elements: (key) => byKey.get(key)?.elements ?? [],
      address: (key) => byKey.get(key)?.place.url ?? null,
    };
  }

  Touchstone.createRegistry = createRegistry;
}

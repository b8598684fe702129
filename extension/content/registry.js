// @ts-check
// Remembers what was found in this page, one entry an address, so that everything is asked about once however often the
// page is looked through, and so that a verdict finds all the places that show the badge.
{
  const MOST = 500;

  /** @returns {Registry} */
  function createRegistry() {
    /** @type {Map<string, Entry>} by address */
    const entries = new Map();
    /** @type {Map<string, Entry>} */
    const byKey = new Map();

    /** @param {Entry[]} found @param {Document} page @returns {Candidate[]} */
    const candidates = (found, page) => {
      if (found.length === 0) return [];
      const stated = Touchstone.context.statedIn(page);
      return found.map(({ key, elements, place }) => {
        const { url, kind, provider } = place;
        return { key, url, kind, provider, label: Touchstone.find.labelOf(place, page), context: stated(elements) };
      });
    };

    /** @param {Place[]} places @returns {{fresh: Entry[], moved: Entry[]}} */
    function update(places) {
      /** @type {Map<string, Place[]>} */
      const now = Map.groupBy(places, ({ url }) => url);
      const fresh = [];
      const moved = [];
      for (const [url, [first, ...others]] of now) {
        const elements = [first, ...others].flatMap((place) => (place?.element ? [place.element] : []));
        const entry = entries.get(url);
        if (entry) {
          const same = entry.elements.length === elements.length && entry.elements.every((e, i) => e === elements[i]);
          entry.elements = elements;
          if (!same) moved.push(entry);
        } else if (first && entries.size < MOST) {
          const added = { key: `b${entries.size + 1}`, place: first, elements };
          entries.set(url, added);
          byKey.set(added.key, added);
          fresh.push(added);
        }
      }
      return { fresh, moved };
    }

    return {
      look(page) {
        const { fresh, moved } = update(Touchstone.find.scan(page));
        return { fresh: candidates(fresh, page), moved: moved.map(({ key }) => key) };
      },
      all: (page) => candidates([...byKey.values()], page),
      elements: (key) => byKey.get(key)?.elements ?? [],
      address: (key) => byKey.get(key)?.place.url ?? null,
    };
  }

  Touchstone.createRegistry = createRegistry;
}

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

    /** @param {Entry} entry @param {(elements: Element[]) => Context | null} stated @returns {Candidate} */
    const candidateOf = ({ key, elements, place: { url, kind, provider, label } }, stated) => ({
      key,
      url,
      kind,
      provider,
      label,
      context: stated(elements),
    });

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
        const stated = fresh.length > 0 ? Touchstone.context.statedIn(page) : () => null;
        return { fresh: fresh.map((entry) => candidateOf(entry, stated)), moved: moved.map(({ key }) => key) };
      },
      all: (page) => {
        const stated = Touchstone.context.statedIn(page);
        return [...byKey.values()].map((entry) => candidateOf(entry, stated));
      },
      elements: (key) => byKey.get(key)?.elements ?? [],
      address: (key) => byKey.get(key)?.place.url ?? null,
    };
  }

  Touchstone.createRegistry = createRegistry;
}

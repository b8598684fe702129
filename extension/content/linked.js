//# allFunctionsCalledOnLoad
// @ts-check
// What a page says in JSON-LD for machines: a credential that stands there in full, or an award that it names with its
// address. Both are a stranger's words; the first is checked as any credential is, the second as any link.
{
  const MOST_SCRIPTS = 20;
  const LONGEST = 200_000; // characters of a script
  const MOST_NODES = 500;
  const MOST_DEEP = 8;
  const CREDENTIAL = /^(?:VerifiableCredential|OpenBadgeCredential|AchievementCredential|ClrCredential|Assertion)$/;
  const CONTEXT = /openbadge|\/credentials\/v\d|\/ns\/credentials|1edtech|imsglobal/i;

  /** @param {unknown} value @returns {unknown[]} */
  const list = (value) => (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]);
  /** @param {unknown} value @returns {value is Record<string, unknown>} */
  const isNode = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  /** @param {unknown} value @returns {string} */
  const word = (value) => {
    const [one] = list(value);
    const said = isNode(one) ? (one["name"] ?? one["@value"]) : one;
    return typeof said === "string" ? said.replace(/\s+/g, " ").trim().slice(0, 300) : "";
  };
  /** @param {Record<string, unknown>} node */
  const typesOf = (node) => [...list(node["@type"]), ...list(node["type"])].filter((type) => typeof type === "string");

  /** @param {Document} page @param {RegExp} about what must stand in it @returns {{script: Element, text: string, data: unknown}[]} */
  function scriptsIn(page, about) {
    const found = [];
    const scripts = Touchstone.dom
      .all(page, "script")
      .filter((script) => script.getAttribute("type") === "application/ld+json")
      .slice(0, MOST_SCRIPTS);
    for (const script of scripts) {
      const text = script.textContent ?? "";
      if (text.length > LONGEST || !about.test(text)) continue;
      try {
        found.push({ script, text, data: /** @type {unknown} */ (JSON.parse(text)) });
      } catch (problem) {
        if (!(problem instanceof SyntaxError)) throw problem; // a broken script states nothing
      }
    }
    return found;
  }

  /** @param {unknown} data @returns {Record<string, unknown>[]} every object in it, a credential's own inside left out */
  function nodesIn(data) {
    const nodes = [];
    const waiting = [{ value: data, depth: 0 }];
    for (let next = waiting.shift(); next && nodes.length < MOST_NODES; next = waiting.shift()) {
      const { value, depth } = next;
      if (Array.isArray(value)) waiting.push(...value.slice(0, MOST_NODES).map((one) => ({ value: one, depth: depth + 1 })));
      if (!isNode(value)) continue;
      nodes.push(value);
      if (depth < MOST_DEEP && !isCredential(value))
        waiting.push(...Object.values(value).map((one) => ({ value: one, depth: depth + 1 })));
    }
    return nodes;
  }

  /** @param {Record<string, unknown>} node @returns {boolean} whether it is a credential in full */
  const isCredential = (node) =>
    typesOf(node).some((type) => CREDENTIAL.test(String(type))) &&
    list(node["@context"]).some((context) => typeof context === "string" && CONTEXT.test(context));

  /** @param {Record<string, unknown>} node @returns {Claim} */
  function claimOf(node) {
    const said = {
      title: word(node["name"]),
      issuer: word(node["recognizedBy"]),
      issued: word(node["validFrom"] ?? node["dateCreated"] ?? node["datePublished"]),
      expires: word(node["expires"] ?? node["validThrough"]),
    };
    return Object.fromEntries(Object.entries(said).filter(([, value]) => value));
  }

  /**
   * @param {Record<string, unknown>} node
   * @param {string} text as it was found
   * @param {Element} script
   * @param {string} base
   * @returns {Place[]}
   */
  function placesOf(node, text, script, base) {
    const place = { element: null, link: script, label: word(node["name"]).slice(0, 120) };
    if (isCredential(node)) {
      const url = `data:application/ld+json,${encodeURIComponent(text)}`;
      return [{ ...place, provider: null, kind: "document", url }];
    }
    if (!typesOf(node).includes("EducationalOccupationalCredential")) return [];
    const addresses = ["url", "@id", "sameAs", "identifier"].flatMap((name) => list(node[name]));
    const named = addresses
      .map((one) => (typeof one === "string" ? Touchstone.classify.link(one, base) : null))
      .find((what) => what !== null);
    const claim = claimOf(node);
    return named ? [{ ...place, ...named, ...(Object.keys(claim).length > 0 ? { claim } : {}) }] : [];
  }

  /** @param {Document} page @returns {Place[]} they are nowhere to be seen, so that none gets a mark */
  function placesIn(page) {
    const base = String(Touchstone.dom.of(page, "baseURI"));
    return scriptsIn(page, /Credential|Assertion/).flatMap(({ script, text, data }) =>
      nodesIn(data).flatMap((node) => placesOf(node, node === data ? text.trim() : JSON.stringify(node), script, base)),
    );
  }

  Touchstone.linked = { scriptsIn, placesIn };
}

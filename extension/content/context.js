//# allFunctionsCalledOnLoad
// @ts-check
// What the page itself states, in machine-readable words, about the person it shows and about one badge: schema.org
// microdata and JSON-LD, and the h-card microformat. Nothing is guessed from prose, captions or alternative texts: a
// guess here could make a true badge look like somebody else's.
{
  const PERSON = '[itemtype$="schema.org/Person"], .h-card';
  const CREDENTIAL = '[itemtype$="schema.org/EducationalOccupationalCredential"]';
  // Somebody else's words on the page; Badgr marks its own badges as a quotation.
  const QUOTED = "blockquote:not(.badgr-badge), .gmail_quote";
  // Outlook's line above a message that was answered or handed on: all that follows is quoted.
  const ANSWERED = ["divRplyFwdMsg", "x_divRplyFwdMsg", "x_x_divRplyFwdMsg"];
  // One of these stands in every page for which any of the above does.
  const MARKS = ["[itemtype]", ".h-card", "blockquote", ".gmail_quote"];
  const MAX_TEXT = 300;

  /** @param {string | null | undefined} text */
  const short = (text) => (text ?? "").replace(/\s+/g, " ").trim().slice(0, MAX_TEXT);
  /** @param {Element} element */
  const wordsOf = (element) =>
    short(element.getAttribute("content") ?? element.getAttribute("datetime") ?? element.textContent);
  /** @param {Element} element */
  const targetOf = (element) =>
    short(element.getAttribute("href") ?? element.getAttribute("content") ?? element.textContent);

  /**
   * @param {Element} scope
   * @param {string[]} names
   * @returns {Element[]} those properties of this very item, in page order
   */
  const properties = (scope, ...names) =>
    Touchstone.dom
      .all(scope, names.map((name) => `[itemprop~="${name}"]`).join(","))
      .filter((element) => Touchstone.dom.above(element)?.closest("[itemscope]") === scope);

  /** @param {Element} card @param {string} name @returns {Element[]} */
  const classed = (card, name) =>
    Touchstone.dom.all(card, `.${name}`).filter((element) => element.closest(".h-card") === card);

  /** @param {Element[]} elements */
  const words = (elements) => elements.map(wordsOf).filter(Boolean);
  /** @param {string[]} values */
  const addresses = (values) =>
    values.map((value) => value.replace(/^mailto:/i, "").split("?")[0] ?? "").filter(Boolean);
  /** @param {string[]} values */
  const links = (values) => values.filter((value) => /^https?:\/\//i.test(value));

  /** @param {Element} scope @returns {Stated} */
  function fromMarkup(scope) {
    if (scope.matches(".h-card")) {
      return {
        names: words(classed(scope, "p-name")),
        emails: addresses(classed(scope, "u-email").map(targetOf)),
        profiles: links(classed(scope, "u-url").map(targetOf)),
      };
    }
    return {
      names: words(properties(scope, "name")),
      emails: addresses(properties(scope, "email").map(targetOf)),
      profiles: links(properties(scope, "url", "sameAs").map(targetOf)),
    };
  }

  /** @param {unknown} value @returns {string[]} */
  const strings = (value) =>
    (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string" && item.length < MAX_TEXT);

  /**
   * @param {unknown} data
   * @returns {Record<string, unknown>[]} the people the page says it is about, not its authors
   */
  function peopleIn(data) {
    if (Array.isArray(data)) return data.flatMap(peopleIn);
    if (typeof data !== "object" || data === null) return [];
    const node = /** @type {Record<string, unknown>} */ (data);
    if ("@graph" in node) return peopleIn(node["@graph"]);
    const types = strings(node["@type"]);
    if (types.includes("ProfilePage")) return peopleIn(node["mainEntity"]);
    return types.includes("Person") ? [node] : [];
  }

  /** @param {Document} page @returns {Stated[]} */
  function fromScripts(page) {
    const people = [];
    for (const { data } of Touchstone.linked.scriptsIn(page, /Person/)) people.push(...peopleIn(data));
    return people.map((node) => ({
      names: strings(node["name"]),
      emails: addresses(strings(node["email"])),
      profiles: links([...strings(node["url"]), ...strings(node["sameAs"])]),
    }));
  }

  /**
   * @param {Document} page
   * @returns {Stated | null} the one person the page is about; null when it names none or several
   */
  function owner(page) {
    const scopes = [".h-card", "[itemtype]"]
      .flatMap((kind) => Touchstone.dom.all(page, kind)) // each by itself: the browser answers these at once
      .filter(
        (scope) =>
          scope.localName !== "form" &&
          scope.matches(PERSON) &&
          !scope.matches("[itemprop], .p-author") &&
          !Touchstone.dom.above(scope)?.closest(PERSON),
      );
    const people = [...scopes.map(fromMarkup), ...fromScripts(page)].filter(({ names }) => names.length > 0);
    const names = new Set(people.flatMap((person) => person.names.slice(0, 1)));
    return names.size === 1 ? (people[0] ?? null) : null;
  }

  /** @param {Element} element @param {Element | undefined} answered @returns {boolean} whether another person's words hold it */
  function isQuoted(element, answered) {
    const follows = answered && answered.compareDocumentPosition(element) & 4; // Node.DOCUMENT_POSITION_FOLLOWING
    return Boolean(Touchstone.dom.closest(element, QUOTED) || follows);
  }

  /** @param {Element} element @returns {Claim | null} */
  function claim(element) {
    const scope = Touchstone.dom.closest(element, CREDENTIAL);
    if (!scope) return null;
    const [title] = words(properties(scope, "name"));
    const [issued] = words(properties(scope, "validFrom", "dateCreated", "datePublished"));
    const [expires] = words(properties(scope, "expires", "validThrough"));
    const [body] = properties(scope, "recognizedBy");
    const [issuer] = words(body?.hasAttribute("itemscope") ? properties(body, "name") : body ? [body] : []);
    const said = Object.entries({ title, issuer, issued, expires }).filter(([, value]) => value);
    return said.length > 0 ? Object.fromEntries(said) : null;
  }

  /** @param {Document} page @returns {string} its address, without what may tell on the reader */
  const addressOf = ({ location: { origin, pathname } }) => origin + pathname;

  /**
   * @param {Document} page
   * @param {Stated | null} person
   * @param {Claim[]} claims
   * @returns {Context | null} what goes beside a question, if it is anything
   */
  function told(page, person, claims) {
    if (!person?.names.length && !person?.emails.length && claims.length === 0) return null;
    return { page: addressOf(page), ...(person ?? {}), ...(claims.length > 0 ? { claims } : {}) };
  }

  /**
   * @param {Document} page
   * @returns {(elements: Element[], claims?: Claim[]) => Context | null} what the page states beside a badge shown at
   *   `elements`, in markup or, as `claims`, elsewhere
   */
  function statedIn(page) {
    const onlyPerson = owner(page);
    const answered = ANSWERED.map((id) => Touchstone.dom.byId(page, id)).find((line) => line !== null);
    // Where a page has nothing of the kind, thousands of looks up its tree are spared.
    const isMarked = answered !== undefined || MARKS.some((mark) => Touchstone.dom.list(page, mark).length > 0);
    return (elements, claims = []) => {
      if (!isMarked && elements.every((element) => element.getRootNode() === page)) return told(page, onlyPerson, claims);
      const card = elements.map((element) => Touchstone.dom.closest(element, PERSON)).find(Boolean);
      const person = card ? fromMarkup(card) : elements.some((element) => isQuoted(element, answered)) ? null : onlyPerson;
      return told(page, person, [...elements.map(claim).filter((said) => said !== null), ...claims]);
    };
  }

  Touchstone.context = { statedIn, peopleIn, told };
}

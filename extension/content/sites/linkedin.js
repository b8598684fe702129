// @ts-check
// LinkedIn's profiles. Its class names change with every release, so that nothing hangs on one: an entry is found by where
// its link truly leads, and read by what kind of words its lines are. Its pictures are the issuers' logos, never badges.
{
  const PROFILE = /^\/in\/([^/]+)/;
  const CERTIFICATES = /^\/in\/[^/]+\/details\/certifications/;
  const ELSEWHERE = 'aside, [id^="msg-overlay"], [role="dialog"][aria-label*="essag"]';
  const BORDER = "section, main, body, html, ul, ol, [role=list]";
  const MOST_UP = 9;
  const MOST_LINES = 40;
  // A few words and a number: in any language, below a title and an issuer, that is the credential's own.
  const NUMBER = /^(?:\S+[\s:]+){1,6}([A-Za-z0-9][\w\-/.]{5,119})$/;
  // The words of the link, the id and the end, in the languages most profiles are read in. Where none fits, the order of
  // the lines tells.
  const WORDS = {
    show: /^(?:(?:show|see|view) credential|(?:zertifikat|(?:berechtigungs)?nachweis) (?:anzeigen|ansehen)|(?:mostrar|ver) (?:la )?credencial|(?:afficher|voir) (?:le |la |l.)?(?:certificat|identifiant|justificatif|reference)|(?:mostra|visualizza|vedi) (?:credenziale|credenziali|attestato)|(?:exibir|mostrar|ver) credencial|(?:toon|bekijk) (?:credential|referentie|certificaat)|(?:عرض|اظهار|إظهار) (?:بيانات )?(?:ال)?(?:اعتماد|شهاده|شهادة)|資格情報を(?:表示|見る)|显示证书|查看证书|(?:poka|zobacz)\S* \S+)/,
    id: /^(?:credential id|(?:zertifikats|nachweis|berechtigungsnachweis)[\s-]?id|(?:id|identificador) de la credencial|(?:id|identifiant) d\S* (?:la |l.)?(?:certification|certificat|reference|diplome)|identifiant du (?:certificat|justificatif)|id credenziale|(?:codigo|id) da credencial|credential-?id|معرف (?:ال)?(?:اعتماد|شهاده|شهادة)|資格情報id|证书编号)\s*:?\s*/,
    ends: /expir|gultig bis|lauft ab|ablauf|vencim|vence|caduc|valida hasta|valid until|scad|verval|geldig tot|صلاحيه|صلاحية|ينتهي|تنتهي|انتهاء|有効期限|到期|만료|wygas|истекает/,
    heading: /(?:licen[cs]\S*|lizenz\S*|bescheinigung\S*|التراخيص|資格|许可)|certifi|zertifi|شهاد/,
  };

  /** @param {Element} element */
  const isOurs = (element) => Touchstone.dom.closest(element, ELSEWHERE) === null;

  /** @param {Element} block @returns {Generator<{line: string, holder: Element}>} its text, one line for each element that has words of its own */
  function* linesIn(block) {
    const walker = Touchstone.dom.pageOf(block).createTreeWalker(block, 4); // NodeFilter.SHOW_TEXT
    let holder = /** @type {Element | null} */ (null);
    let line = "";
    for (let node = walker.nextNode(); ; node = walker.nextNode()) {
      const parent = node?.parentElement ?? null;
      if (parent !== holder || !node) {
        const said = line.replace(/\s+/g, " ").trim();
        if (holder && said && !/^(?:script|style|template|code)$/.test(holder.localName)) yield { line: said, holder };
        [holder, line] = [parent, ""];
      }
      if (!node) return;
      line += (node.nodeValue ?? "").slice(0, 600);
    }
  }

  /** @param {Element} block @returns {number} how many different awards links in it lead to */
  function awardsIn(block) {
    const base = String(Touchstone.dom.of(Touchstone.dom.pageOf(block), "baseURI"));
    const names = Touchstone.dom.all(block, "a[href]").flatMap((link) => {
      const what = Touchstone.classify.link(link.getAttribute("href") ?? "", base);
      return what ? [what.same ?? what.url] : [];
    });
    return new Set(names).size;
  }

  /** @param {Element} link @returns {Element | null} the smallest block around a link that reads like an entry */
  function entryOf(link) {
    /** @type {Element | null} */
    let best = null;
    for (let [block, steps] = [Touchstone.dom.above(link), 0]; block && steps < MOST_UP; steps++) {
      if (block.matches(BORDER) || awardsIn(block) > 1) return best;
      const lines = read(block, link);
      if (lines.words.length >= 2) best = block;
      if (best && lines.dates.length + (lines.id ? 1 : 0) > 0) return block;
      if (best && block.matches("li, [role=listitem]")) return block;
      block = Touchstone.dom.above(block);
    }
    return best;
  }

  /** @param {Element} block @param {Element} link */
  function read(block, link) {
    const language = String(Touchstone.dom.of(Touchstone.dom.pageOf(block), "documentElement").lang || "en");
    const seen = new Set();
    /** @type {{words: string[], dates: {month: string, isEnd: boolean}[], id: string}} */
    const said = { words: [], dates: [], id: "" };
    let isEnd = false;
    for (const { line, holder } of linesIn(block)) {
      if (seen.has(line)) continue; // each is there twice: to be seen, and to be read aloud
      if (seen.add(line).size > MOST_LINES) break;
      const folded = Touchstone.dates.fold(line);
      const isLink = holder.closest("a, button") !== null && holder.closest("h1, h2, h3, h4, [role=heading]") === null;
      if (WORDS.show.test(folded) || (isLink && link.contains(holder))) continue;
      const months = Touchstone.dates.monthsIn(line, language);
      const isNumber = WORDS.id.test(folded) || (said.words.length >= 2 && months.length === 0);
      const id = isNumber ? NUMBER.exec(line)?.[1] : undefined;
      if (id && /\d/.test(id)) {
        said.id ||= id;
        continue;
      }
      const ends = WORDS.ends.test(folded);
      if (months.length === 0) {
        if (ends) isEnd = true;
        said.words.push(line.slice(0, 300));
        continue;
      }
      const isDated = said.words.length >= 2 || months.length > 1 || line.length < 60;
      if (!isDated) {
        said.words.push(line.slice(0, 300));
        continue;
      }
      months.forEach((month, order) => said.dates.push({ month, isEnd: order > 0 || (months.length === 1 && (ends || isEnd)) }));
      isEnd = false;
    }
    return said;
  }

  /** @param {Element} link @returns {Claim | null} what the profile says of the badge that this leads to */
  function claimAt(link) {
    const block = entryOf(link);
    if (!block) return null;
    const { words, dates, id } = read(block, link);
    const [title, issuer] = words;
    const issued = dates.find(({ isEnd }) => !isEnd)?.month;
    const expires = dates.find(({ isEnd }) => isEnd)?.month;
    if (!issued && !expires && !id && !block.matches("li, [role=listitem]")) return null;
    const said = Object.entries({ title, issuer, issued, expires, id }).filter(([, value]) => value);
    return Object.fromEntries(said);
  }

  /** @param {Document} page @returns {Stated | null} whose profile it is */
  function owner(page) {
    const slug = PROFILE.exec(page.location.pathname)?.[1];
    if (!slug) return null;
    const { dom } = Touchstone;
    const heads = dom.all(page, "main h1, h1").map((one) => dom.textOf(one, 100));
    const titled = String(dom.of(page, "title"))
      .replace(/^\(\d+\+?\)\s*/, "")
      .match(/^(.{2,80}?)\s+(?:[-\u2013\u2014|].*)?[|\-\u2013]\s*LinkedIn/)?.[1];
    const isName = (/** @type {string | undefined} */ text) =>
      text !== undefined && text.length > 1 && !WORDS.heading.test(Touchstone.dates.fold(text));
    const name = heads.find(isName) ?? (isName(titled) ? titled : undefined);
    return { names: name ? [name] : [], emails: [], profiles: [`${page.location.origin}/in/${slug}`] };
  }

  /** @param {Document} page */
  function statedIn(page) {
    const person = owner(page);
    return (/** @type {Element[]} */ elements, /** @type {Claim[]} */ claims = [], /** @type {Element | null} */ link = null) => {
      const places = [...elements, ...(link ? [link] : [])];
      const said = places.map(claimAt).find((one) => one !== null) ?? null;
      // Posts by others stand on a profile too: only an entry is the profile's own word about its owner.
      return Touchstone.context.told(page, said ? person : null, [...(said ? [said] : []), ...claims]);
    };
  }

  /** @param {Document} page @param {number} count @returns {boolean} whether entries are to be seen whose links cannot be */
  function isChanged(page, count) {
    if (count > 0 || !PROFILE.test(page.location.pathname)) return false;
    if (owner(page)?.names.length === 0) return true;
    const { dom } = Touchstone;
    const shown = dom
      .all(page, "a, button, [role=link], [role=button]")
      .filter((one) => WORDS.show.test(Touchstone.dates.fold(dom.textOf(one, 60))) && isOurs(one));
    const base = String(dom.of(page, "baseURI"));
    const leads = shown.some((one) => {
      const plain = Touchstone.classify.plain(one.getAttribute("href") ?? "", base);
      return plain !== null && !/^https:\/\/(?:[\w-]+\.)*linkedin\.com\/(?!learning\/)/.test(plain);
    });
    if (shown.length > 0) return !leads;
    const heads = dom.all(page, "h1, h2, h3, [role=heading]").map((one) => Touchstone.dates.fold(dom.textOf(one, 100)));
    return CERTIFICATES.test(page.location.pathname) && !heads.some((text) => WORDS.heading.test(text));
  }

  Touchstone.sites.all.unshift({
    name: "linkedin",
    label: "LinkedIn",
    marks: false, // its terms forbid inserting anything
    isAt: ({ hostname }) => /(?:^|\.)linkedin\.com$/.test(hostname),
    holds: (element, { kind, provider }) => kind === "award" && provider !== null && element.localName !== "img" && isOurs(element),
    statedIn,
    shows: (link) => WORDS.show.test(Touchstone.dates.fold(Touchstone.dom.textOf(link, 60))) && isOurs(link),
    isChanged,
  });
}

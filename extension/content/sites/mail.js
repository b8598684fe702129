// @ts-check
// What the two mail sites have in common: what is quoted or handed on belongs to whoever wrote it, as far as the quotation
// says who that was, and else to nobody; never to the sender of the message around it.
{
  const QUOTE = '[class*="gmail_quote"], blockquote:not(.badgr-badge), [id^="OLK_SRC_BODY"], [class*="gmail_extra"]';
  const ANSWERED = '[id$="divRplyFwdMsg"], [id$="appendonsend"]';
  const NAMED = /^\s*(?:[^:<>]{1,30}:\s*)?["']?([^<>"'@:]{2,80}?)["']?\s*<\s*([^<>\s@]+@[^<>\s]+)\s*>/;
  const PLAIN = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/;

  /** @param {string} text such as `Name <address>` @returns {Stated | null} */
  function personIn(text) {
    const named = NAMED.exec(text);
    if (named) return { names: [(named[1] ?? "").trim()], emails: [named[2] ?? ""], profiles: [] };
    const plain = PLAIN.exec(text)?.[0];
    return plain ? { names: [], emails: [plain], profiles: [] } : null;
  }

  /** @param {Element} quote @returns {Stated | null} whose words it says it holds */
  function quoted(quote) {
    const { dom } = Touchstone;
    const own = [quote, dom.above(quote)].flatMap((one) => (one ? dom.all(one, '[class*="gmail_attr"]') : []));
    const line = own.find((one) => one.compareDocumentPosition(quote) & 4 || quote.contains(one));
    if (!line) return null;
    const mail = dom.all(line, 'a[href^="mailto:"]')[0]?.getAttribute("href")?.slice(7).split("?")[0];
    const name = dom.textOf(dom.all(line, '[class*="gmail_sendername"]')[0], 80);
    if (mail || name) return { names: name ? [name] : [], emails: mail ? [mail] : [], profiles: [] };
    return personIn(dom.textOf(line, 300));
  }

  /** @param {Element} line above a message that is answered or handed on @returns {Stated | null} */
  function answered(line) {
    const { dom } = Touchstone;
    const mail = dom.all(line, 'a[href^="mailto:"]')[0]?.getAttribute("href")?.slice(7).split("?")[0];
    const said = personIn(dom.textOf(line, 300));
    return said ?? (mail ? { names: [], emails: [mail], profiles: [] } : null);
  }

  /**
   * @param {Element} element
   * @param {Element} message around it
   * @returns {Stated | null | undefined} whose quoted words hold it; null: nobody can tell; undefined: they are the sender's own
   */
  function quotedAt(element, message) {
    const above = Touchstone.dom.all(message, ANSWERED).filter((line) => line.compareDocumentPosition(element) & 4);
    const quote = Touchstone.dom.closest(element, QUOTE);
    const nearest = above.at(-1);
    if (quote && message.contains(quote)) return nearest && quote.contains(nearest) ? answered(nearest) : quoted(quote);
    return nearest ? answered(nearest) : undefined;
  }

  /**
   * @param {Document} page
   * @param {(element: Element) => Element | null} messageAt
   * @param {(message: Element) => Stated | null} senderOf
   */
  const statedBy = (page, messageAt, senderOf) => {
    /** @type {Map<Element, Stated | null>} */
    const senders = new Map();
    return (/** @type {Element[]} */ elements, /** @type {Claim[]} */ claims = []) => {
      const [element] = elements;
      const message = element ? messageAt(element) : null;
      if (!element || !message) return Touchstone.context.told(page, null, claims);
      if (!senders.has(message)) senders.set(message, senderOf(message));
      const other = quotedAt(element, message);
      const context = Touchstone.context.told(page, other === undefined ? (senders.get(message) ?? null) : other, claims);
      return context && { ...context, page: `${page.location.origin}/` }; // the rest of it names the message
    };
  };

  Touchstone.mail = { personIn, statedBy };
}

// @ts-check
// Outlook on the web. A message's body is a document of its own to screen readers; its sender stands above it, as a name
// with the address in angle brackets, in text or in a title.
{
  const BODY = '[role="document"]';
  const MOST_UP = 10;
  const OWN_PICTURES = /^https:\/\/(?:[\w-]+\.)*(?:office\.net|office\.com|office365\.com|outlook\.com|live\.com|cloud\.microsoft)\//;

  /** @param {Element} element */
  const messageAt = (element) => Touchstone.dom.closest(element, BODY);

  /** @param {Element} message @returns {Stated | null} */
  function senderOf(message) {
    const { dom } = Touchstone;
    for (let [around, steps] = [dom.above(message), 0]; around && steps < MOST_UP; steps++, around = dom.above(around)) {
      if (dom.all(around, BODY).length > 1) return null; // the header of another message begins here
      for (const one of dom.all(around, "span, button, div, h1, h2, h3, h4, [title], [aria-label]").slice(0, 400)) {
        if (one.contains(message) || message.contains(one)) continue;
        if (!(one.compareDocumentPosition(message) & 4)) break; // Node.DOCUMENT_POSITION_FOLLOWING
        const said = [dom.textOf(one, 200), one.getAttribute("title"), one.getAttribute("aria-label")];
        const sender = said.map((text) => (text?.includes("<") ? Touchstone.mail.personIn(text) : null)).find(Boolean);
        if (sender) return sender;
      }
    }
    return null;
  }

  Touchstone.sites.all.unshift({
    name: "outlook",
    label: "Outlook",
    marks: true,
    isAt: ({ hostname }) => /^outlook\.(?:live\.com|office\.com|office365\.com|cloud\.microsoft)$/.test(hostname),
    holds: (element, { url, provider }) =>
      messageAt(element) !== null && (provider !== null || (!OWN_PICTURES.test(url) && !url.startsWith("data:"))),
    statedIn: (page) => Touchstone.mail.statedBy(page, messageAt, senderOf),
    isChanged: (page, count) =>
      count === 0 && /\/id\/[\w%-]{8,}/.test(page.location.pathname) && Touchstone.dom.all(page, BODY).length === 0,
  });
}

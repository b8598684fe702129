// @ts-check
// Gmail on the web. Its own class names are scrambled; what stays are the messages' ids, the sender's address in an
// attribute, and the classes that mail programs write into mails.
{
  const MESSAGE = "[data-message-id], [data-legacy-message-id]";
  const OWN_PICTURES = /^https:\/\/(?:mail\.google\.com|[\w-]+\.googleusercontent\.com|[\w.-]+\.gstatic\.com)\//;

  /** @param {Element} element */
  const messageAt = (element) => Touchstone.dom.closest(element, MESSAGE);

  /** @param {Element} message @returns {Stated | null} */
  function senderOf(message) {
    const [sender] = Touchstone.dom.all(message, "[email][name], [email][data-hovercard-id]");
    const email = sender?.getAttribute("email") ?? "";
    if (!email.includes("@")) return null;
    const name = (sender?.getAttribute("name") || Touchstone.dom.textOf(sender, 80)).slice(0, 80);
    return { names: name && name !== email ? [name] : [], emails: [email], profiles: [] };
  }

  Touchstone.sites.all.unshift({
    name: "gmail",
    label: "Gmail",
    marks: true,
    isAt: ({ hostname }) => hostname === "mail.google.com",
    holds: (element, { url, provider }) =>
      messageAt(element) !== null && (provider !== null || (!OWN_PICTURES.test(url) && !url.startsWith("data:"))),
    statedIn: (page) => Touchstone.mail.statedBy(page, messageAt, senderOf),
    isChanged: (page, count) =>
      count === 0 &&
      /^#[^?]*\/[\w-]{16,}$/.test(page.location.hash) &&
      Touchstone.dom.all(page, MESSAGE).length === 0,
  });
}

// @ts-check
// GitHub: the text of profiles and READMEs. On a profile it is its owner's; a project's README is about nobody in
// particular, and a comment is its author's.
{
  const TEXT = "article, [itemprop=text], .markdown-body";
  const PROFILE = /^\/([\w-]+)\/?$/;
  const OWN_PICTURES = /^https:\/\/(?:avatars\d*\.githubusercontent\.com|github\.githubassets\.com|github\.com\/(?:images|identicons)\/)/;

  /** @param {Document} page @returns {Stated | null} */
  function owner(page) {
    const login = PROFILE.exec(page.location.pathname)?.[1];
    if (!login) return null;
    const { dom } = Touchstone;
    const card = dom.all(page, ".h-card, [itemtype$='schema.org/Person']").find(({ localName }) => localName !== "form");
    if (!card) return null;
    const name = dom.textOf(dom.all(card, '[itemprop="name"], .p-name')[0], 100);
    return { names: name ? [name] : [], emails: [], profiles: [`${page.location.origin}/${login}`] };
  }

  Touchstone.sites.all.unshift({
    name: "github",
    label: "GitHub",
    marks: true,
    isAt: ({ hostname }) => hostname === "github.com" || hostname === "gist.github.com",
    holds: (element, { url, provider }) =>
      provider !== null || (Touchstone.dom.closest(element, TEXT) !== null && !OWN_PICTURES.test(url)),
    statedIn(page) {
      const person = owner(page);
      return (_elements, claims = []) => Touchstone.context.told(page, person, claims);
    },
    isChanged: () => false,
  });
}

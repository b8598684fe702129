// @ts-check
// What an address is, as far as its text tells: cheap tests on the string first, since most addresses of most pages
// are nothing to us, then one parse. Pure; runs in node as well.
{
  const MAX_LENGTH = 8192;
  const MAX_WRAPPERS = 3;
  const IMAGE_THAT_CANNOT_BE_BAKED = /\.(?:jpe?g|gif|webp|avif|ico|bmp|mp4)$/i;

  const named = Touchstone.platforms
    .flatMap(({ hosts }) => hosts)
    .filter((host) => host !== "*")
    .map((host) => host.replace(/^\*\./, "").replaceAll(".", "(?:\\.|%2e)"));
  const MAYBE = new RegExp(
    [...new Set(named), "badge|assertion|credential|safelinks|google\\.com/url|googleusercontent|linkedin\\.com"].join(
      "|",
    ),
    "i",
  );

  /** @param {string} text @param {string} [base] @returns {URL | null} */
  function parse(text, base) {
    const url = URL.parse(text, base);
    return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : null;
  }

  /** @param {URL} url @returns {URL | null} what is wrapped in it; null when a wrapper holds nothing usable */
  function unwrap(url) {
    for (let step = 0; step <= MAX_WRAPPERS; step++) {
      const wrapper = Touchstone.wrappers.find(({ host, path }) => host.test(url.hostname) && path.test(url.pathname));
      if (!wrapper) return url;
      const inner = wrapper.parameter === "#" ? url.hash.slice(1) : (url.searchParams.get(wrapper.parameter) ?? "");
      const next = parse(inner);
      if (!next) return null;
      url = next;
    }
    return null;
  }

  /** @param {string} listed @param {string} host */
  const fits = (listed, host) =>
    listed === "*" || listed === host || (listed.startsWith("*.") && host.endsWith(listed.slice(1)));

  /** @param {URL} url @returns {{provider: string, kind: "award" | "picture"} | null} */
  function platformOf(url) {
    const host = url.hostname;
    const path = url.pathname.replace(/(?<=.)\/+$/, "");
    if (url.port !== "") return null;
    for (const { provider, hosts, award, picture, query } of Touchstone.platforms) {
      if (!hosts.some((listed) => fits(listed, host))) continue;
      if (award?.test(path) && (!query || query.test(url.search))) return { provider, kind: "award" };
      if (picture?.test(path)) return { provider, kind: "picture" };
    }
    return null;
  }

  /** @param {URL} url the address without what tells on the reader or the learner */
  function clean(url) {
    for (const name of [...url.searchParams.keys()]) {
      if (Touchstone.needless.test(name)) url.searchParams.delete(name);
    }
    url.pathname = url.pathname.replace(/\/[^/]*(?:@|%40)[^/]*$/i, "");
    url.hash = "";
    return url.href;
  }

  /**
   * @param {string} href as the page gives it
   * @param {string} base the page's own address
   * @returns {Classified | null} null: nothing to ask about
   */
  function link(href, base) {
    if (href.length > MAX_LENGTH || !MAYBE.test(href)) return null;
    const given = parse(href, base);
    const url = given && unwrap(given);
    if (!url) return null;
    const platform = platformOf(url);
    if (platform) return platform.kind === "award" ? { ...platform, url: clean(url) } : null;
    if (!Touchstone.documentPath.test(url.pathname)) return null;
    url.hash = "";
    return { provider: null, kind: "document", url: url.href };
  }

  /**
   * @param {string} src of a picture
   * @param {string} base the page's own address
   * @returns {Classified | null} null: it cannot carry a badge
   */
  function image(src, base) {
    if (/^data:image\/(?:png|svg\+xml)[;,]/i.test(src)) return { provider: null, kind: "image", url: src };
    if (src.length > MAX_LENGTH) return null;
    const given = parse(src, base);
    const url = given && unwrap(given);
    if (!url) return null;
    const platform = platformOf(url);
    if (platform) return { ...platform, url: clean(url) };
    if (IMAGE_THAT_CANNOT_BE_BAKED.test(url.pathname)) return null;
    url.hash = "";
    return { provider: null, kind: "image", url: url.href };
  }

  Touchstone.classify = { link, image };
}

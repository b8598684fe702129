// @ts-check
// What an address is, as far as its text tells: cheap tests on the string first, since most addresses of most pages
// are nothing to us, then one parse. Pure; runs in node as well.
{
  const MAX_LENGTH = 8192;
  const MAX_WRAPPERS = 5;
  /** @type {Set<Kind>} what of a platform may stand where a picture does */
  const OF_PICTURES = new Set(["award", "picture"]);
  const IMAGE_THAT_CANNOT_BE_BAKED = /\.(?:jpe?g|gif|webp|avif|ico|bmp|mp4)$/i;

  const named = Touchstone.platforms
    .flatMap(({ hosts }) => hosts)
    .filter((host) => host !== "*")
    .map((host) => host.replace(/^\*\./, "").replaceAll(".", "(?:\\.|%2e)"));
  const MAYBE = new RegExp(
    [...new Set(named), "badge|assertion|credential|safelinks|google\\.com/url|googleusercontent|linkedin\\.com|urldefense"].join(
      "|",
    ),
    "i",
  );

  /** @param {string} text @param {string} [base] @returns {URL | null} */
  function parse(text, base) {
    const url = URL.parse(text, base);
    return url && /^https?:$/.test(url.protocol) && !url.username && !url.password ? url : null;
  }

  /** @type {Record<string, (text: string) => string>} how an address may be written in a wrapper */
  const DECODED = {
    // Proofpoint's URL Defense 2
    proofpoint_2: (text) => {
      try {
        return decodeURIComponent(text.replaceAll("-", "%").replaceAll("_", "/"));
      } catch {
        return "";
      }
    },
  };

  /** @param {Wrapper} wrapper @param {URL} url @returns {string} the part that is the true address */
  function inside({ path, parameter, coded }, url) {
    if (parameter === "#") return url.hash.slice(1);
    if (parameter.startsWith("{")) return path.exec(url.pathname)?.groups?.["target"] ?? "";
    const given = url.searchParams.getAll(parameter);
    const text = given.length === 1 ? (given[0] ?? "") : "";
    return coded ? (DECODED[coded]?.(text) ?? "") : text;
  }

  /** @param {URL} url @returns {URL | null} what is wrapped in it; null when a wrapper holds nothing usable */
  function unwrap(url) {
    for (let step = 0; step <= MAX_WRAPPERS; step++) {
      const wrappers = Touchstone.wrappers.filter(({ host, path }) => host.test(url.hostname) && path.test(url.pathname));
      const wrapper = wrappers.find((one) => inside(one, url) !== "") ?? wrappers[0];
      if (!wrapper) return url;
      const next = parse(inside(wrapper, url));
      if (!next) return null;
      url = next;
    }
    return null;
  }

  /** @param {string} listed @param {string} host */
  const fits = (listed, host) =>
    listed === "*" || listed === host || (listed.startsWith("*.") && host.replace(/^[a-z\d-]+/, "*") === listed);

  /** @param {URL} url @returns {{provider: string, kind: Kind} | null} */
  function platformOf(url) {
    const host = url.hostname;
    const path = url.pathname.replace(/(?<=.)\/+$/, "");
    if (url.port !== "") return null;
    const found = Touchstone.platforms.find(
      (one) =>
        one.hosts.some((listed) => fits(listed, host)) &&
        one.path.test(path) &&
        Object.entries(one.query ?? {}).every(([name, value]) => {
          const given = url.searchParams.getAll(name);
          return given.length === 1 && value.test(given[0] ?? "");
        }),
    );
    return found ? { provider: found.provider, kind: found.kind } : null;
  }

  /** @param {URL} url the address without what says where its reader came from */
  function withoutNeedless(url) {
    for (const name of [...url.searchParams.keys()]) {
      if (Touchstone.needless.test(name)) url.searchParams.delete(name);
    }
    url.hash = "";
    return url.href;
  }

  /** @param {URL} url the address without what tells on the reader or the learner */
  function clean(url) {
    url.pathname = url.pathname.replace(/\/[^/]*(?:@|%40)[^/]*$/i, "");
    return withoutNeedless(url);
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
    if (platform) return OF_PICTURES.has(platform.kind) ? { ...platform, url: clean(url) } : null;
    if (IMAGE_THAT_CANNOT_BE_BAKED.test(url.pathname)) return null;
    url.hash = "";
    return { provider: null, kind: "image", url: url.href };
  }

  /**
   * @param {string} href of any link
   * @param {string} base the page's own address
   * @returns {string | null} what it leads to, without wrappers and without what tells on its reader; null: nowhere
   */
  function plain(href, base) {
    const given = href.length > MAX_LENGTH ? null : parse(href, base);
    const url = given && unwrap(given);
    return url && (platformOf(url) ? clean(url) : withoutNeedless(url));
  }

  Touchstone.classify = { link, image, plain };
}

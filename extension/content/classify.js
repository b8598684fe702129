//# allFunctionsCalledOnLoad
// @ts-check
// What an address is, as far as its text tells: cheap tests on the string first, since most addresses of most pages
// are nothing to us, then one parse. Pure; runs in node as well.
{
  const MAX_LENGTH = 8192;
  const MAX_WRAPPERS = 5;
  /** @type {Set<Kind>} what of a platform may stand where a picture does */
  const OF_PICTURES = new Set(["award", "picture"]);
  /** @type {Set<Kind>} what of a platform is beside an award */
  const BESIDE = new Set(["template", "picture", "private"]);
  const IMAGE_THAT_CANNOT_BE_BAKED = /\.(?:jpe?g|gif|webp|avif|ico|bmp|mp4)$/i;
  // A picture of the page's own server, written so plainly that its whole address needs no parser.
  const PLAIN_PICTURE = /^\/(?![/_])[\w/-]*\w\.(?:png|svg)$/i;
  const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
  // The names under which all wrappers are, since hardly any address is one of theirs.
  const WRAPS = new Set("linkedin.com google.com googleusercontent.com outlook.com badgecheck.io proofpoint.com urldefense.com".split(" "));

  /** @type {Map<string, Platform[]>} by host, in the order in which they are tried; `*` stands for any host */
  const byHost = new Map();
  for (const platform of Touchstone.platforms) {
    for (const host of platform.hosts) byHost.set(host, [...(byHost.get(host) ?? []), platform]);
  }

  const NAMES = [...byHost.keys()].filter((host) => host !== "*").map((host) => host.split(".").slice(-2).join("."));
  // One expression for the names of all platforms and wrappers, and for what a badge's data on any host has in its path.
  const MAYBE = new RegExp(
    [...new Set([...NAMES, ...WRAPS, "badge", "assertion", "credential"])].map((name) => name.replace(".", "(?:\\.|%2e)")).join("|"),
    "i",
  );
  // What the paths of all platforms that are on any host have in them.
  const BADGES = /\/badges\/[a-z_]+\.php/i;

  /** @param {string} host @returns {string} with `*` for its first label */
  const starred = (host) => `*${host.slice(Math.max(host.indexOf("."), 0))}`;
  /** @param {string} host @returns {string} its last two labels */
  const nameOf = (host) => host.slice(host.lastIndexOf(".", host.lastIndexOf(".") - 1) + 1);

  /** @param {string} text @param {string} [base] @returns {URL | null} */
  function parse(text, base) {
    const url = URL.parse(text, base);
    if (!url || !/^https?:/.test(url.href)) return null;
    return url.href.includes("@") && (url.username || url.password) ? null : url;
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
      const { hostname, pathname } = url;
      if (!WRAPS.has(nameOf(hostname))) return url;
      const wrappers = Touchstone.wrappers.filter(({ host, path }) => host.test(hostname) && path.test(pathname));
      const wrapper = wrappers.find((one) => inside(one, url) !== "") ?? wrappers[0];
      if (!wrapper) return url;
      const next = parse(inside(wrapper, url));
      if (!next) return null;
      url = next;
    }
    return null;
  }

  /** @param {URL} url @returns {URL} the picture of which a site's own server hands out a smaller copy */
  function whole(url) {
    if (!url.pathname.startsWith("/_")) return url;
    for (const { path, parameters } of Touchstone.resizers) {
      const found = path.exec(url.pathname);
      if (!found) continue;
      const inner = found.groups?.["target"] ?? parameters.map((name) => url.searchParams.get(name)).find(Boolean);
      return (inner && parse(inner.replace(/^(?=[^/:]+\/)/, "/"), url.href)) || url;
    }
    return url;
  }

  /** @param {Platform} platform @param {URL} url @param {string} path @returns {Record<string, string> | null} its named parts */
  function partsOf(platform, url, path) {
    const found = platform.path.exec(path);
    if (!found) return null;
    /** @type {Record<string, string>} */
    const parts = { scheme: url.protocol.slice(0, -1), host: url.hostname, ...found.groups };
    for (const [name, value] of Object.entries(platform.query ?? {})) {
      const given = url.searchParams.getAll(name);
      if (given.length !== 1 || !value.test(given[0] ?? "")) return null;
      parts[name] = given[0] ?? "";
    }
    return parts;
  }

  /** @param {URL} url @returns {{provider: string, kind: Kind, same?: string} | null} */
  function platformOf(url) {
    const { hostname: host, pathname } = url;
    const own = byHost.get(host) ?? byHost.get(starred(host)) ?? [];
    const anywhere = BADGES.test(pathname) ? (byHost.get("*") ?? []) : [];
    if (own.length + anywhere.length === 0 || url.port !== "") return null;
    const path = pathname.replace(/(?<=.)\/+$/, "");
    for (const platform of anywhere.length > 0 ? [...own, ...anywhere] : own) {
      const parts = partsOf(platform, url, path);
      if (!parts) continue;
      const { provider, kind, same } = platform;
      if (!same) return { provider, kind };
      const filled = same.replace(/\{(\w+)\}/g, (_, name) => {
        const part = parts[name] ?? "";
        return UUID.test(part) ? part.toLowerCase() : part;
      });
      return { provider, kind, same: filled };
    }
    return null;
  }

  /** @param {URL} url the address without what says where its reader came from */
  function withoutNeedless(url) {
    /** @type {Set<string>} */
    const names = new Set();
    url.searchParams.forEach((_, name) => names.add(name)); // Firefox gives content scripts no iterator of them
    for (const name of names) if (Touchstone.needless.test(name)) url.searchParams.delete(name);
    url.hash = "";
    return url.href;
  }

  /** @param {URL} url the address without what tells on the reader or the learner */
  function clean(url) {
    url.pathname = url.pathname.replace(/\/[^/]*(?:@|%40)[^/]*$/i, "");
    return withoutNeedless(url);
  }

  /** @param {string} host @returns {boolean} whether platforms or wrappers are there */
  const isKnown = (host) => byHost.has(host) || byHost.has(starred(host)) || WRAPS.has(nameOf(host));

  let home = { base: "", origin: "null", isKnown: false };
  /** @param {string} base @returns {{origin: string, isKnown: boolean}} `isKnown`: its relative links may be a platform's own */
  function homeOf(base) {
    if (base !== home.base) {
      const url = URL.parse(base);
      home = { base, origin: url?.origin ?? "null", isKnown: isKnown(url?.hostname ?? "") };
    }
    return home;
  }

  /**
   * @param {string} href as the page gives it
   * @param {string} base the page's own address
   * @returns {boolean} whether it is worth a second look; told from the text alone, for thousands of links
   */
  const maybe = (href, base) =>
    href.length <= MAX_LENGTH && (MAYBE.test(href) || (!href.includes("//") && homeOf(base).isKnown));

  /**
   * @param {string} href as the page gives it
   * @param {string} base the page's own address
   * @returns {Classified | null} null: nothing to ask about
   */
  function link(href, base) {
    if (!maybe(href, base)) return null;
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
   * @param {string} href as the page gives it
   * @param {string} base the page's own address
   * @returns {Classified | null} what a platform has there that is no award though a link to one may have been meant
   */
  function astray(href, base) {
    const given = maybe(href, base) ? parse(href, base) : null;
    const url = given && unwrap(given);
    const platform = url && platformOf(url);
    return platform && BESIDE.has(platform.kind) ? { ...platform, url: clean(url) } : null;
  }

  /**
   * @param {string} src of a picture
   * @param {string} base the page's own address
   * @returns {Classified | null} null: it cannot carry a badge
   */
  function image(src, base) {
    if (/^data:image\/(?:png|svg\+xml)[;,]/i.test(src)) return { provider: null, kind: "image", url: src };
    if (src.length > MAX_LENGTH) return null;
    const { origin, isKnown } = homeOf(base);
    if (PLAIN_PICTURE.test(src) && !isKnown && origin !== "null") {
      return { provider: null, kind: "image", url: origin + src };
    }
    const given = parse(src, base);
    const url = given && unwrap(whole(given));
    if (!url) return null;
    const platform = platformOf(url);
    if (platform) return OF_PICTURES.has(platform.kind) ? { ...platform, url: clean(url) } : null;
    if (IMAGE_THAT_CANNOT_BE_BAKED.test(url.pathname)) return null;
    if (url.href.includes("#")) url.hash = "";
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

  Touchstone.classify = { isPlatform: (base) => homeOf(base).isKnown, maybe, link, image, plain, astray };
}

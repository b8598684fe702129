//# allFunctionsCalledOnLoad
// @ts-check
// What runs in a page, and only after somebody asked for it there: answers the background's questions, asks for
// verdicts on what the page adds later, and draws the marks it is told to. It knows neither the server nor its token.
if (!Touchstone.started) {
  Touchstone.started = true;
  const PAUSES = [0, 300, 1000, 3000]; // ms before each try
  const SECOND_LOOK = 800; // ms after which a site that seems to have changed is looked at again

  const { dom, work, signal } = Touchstone;
  const site = Touchstone.sites.at(location);
  const registry = Touchstone.createRegistry();
  /** @type {Map<string, Drawing>} */
  const drawings = new Map();
  /** @type {Marks | null} */
  let marks = null;
  let asked = "";

  /** @param {object} message */
  const tell = (message) => {
    if (!Touchstone.alive()) return Touchstone.stop();
    browser.runtime.sendMessage(message).catch(() => {}); // nobody listens while the extension is being replaced
  };

  /**
   * Hand in what was found after the first look, which the background may still be writing down.
   * @param {Candidate[]} candidates
   */
  const handIn = async (candidates) => {
    const page = asked;
    for (const pause of candidates.length > 0 ? PAUSES : []) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (!Touchstone.alive()) return Touchstone.stop();
      if (asked !== page) return;
      const answer = await browser.runtime.sendMessage({ type: "page.found", candidates }).catch(() => undefined);
      if (answer?.value === true) return;
    }
  };

  /** @returns {string} what tells one page from another: some sites name theirs behind the `#` */
  const here = () => (/^#!|\//.test(location.hash) ? location.href : location.href.split("#")[0]) ?? "";

  /** @returns {boolean} whether the page asks to be left alone */
  const isOff = () =>
    dom
      .all(document, "meta[name][content]")
      .some((tag) => /^touchstone$/i.test(tag.getAttribute("name") ?? "") && /^\s*off\s*$/i.test(tag.getAttribute("content") ?? ""));

  /** @param {string} key */
  const draw = (key) => {
    const drawing = drawings.get(key);
    marks?.hide(key);
    if (drawing) marks?.show(key, drawing, registry.elements(key));
  };

  /** @param {Tree[] | null} roots @param {Iterable<Element>} [changed] @returns {Promise<Candidate[]>} */
  const look = async (roots, changed = []) => {
    const isDeep = roots !== null;
    const found = await work.run(() => registry.look(document, { site, roots, changed, isDeep }));
    if (!found) return [];
    watch.add(found.trees);
    found.moved.forEach(draw);
    marks?.refresh();
    return found.fresh;
  };

  /** What takes long to find waits until the first answer is under way. */
  const deepen = async () => {
    await handIn(await look([document]));
  };

  /** Forget what was found: it was another page's, though in the same document. */
  const turn = () => {
    for (const key of registry.clear()) marks?.hide(key);
    drawings.clear();
  };

  const watch = Touchstone.createWatch(async (roots, changed) => {
    if (!Touchstone.alive()) return Touchstone.stop();
    if (here() !== asked || isOff()) {
      turn(); // nobody asked about this one
      watch.stop();
      return tell({ type: "page.turned" });
    }
    const candidates = await look(roots, changed);
    if (roots === null) void deepen();
    await handIn(candidates);
  });

  /** @param {{marks?: string[]}} message sites where marks are wanted although the site's terms forbid them */
  const find = async ({ marks: wanted = [] }) => {
    if (here() !== asked) turn();
    asked = here();
    const told = { host: location.host, site: site.name };
    if (isOff()) return { ...told, off: true, candidates: [] };
    if (site.marks || wanted.includes(site.name)) marks ??= Touchstone.createMarks((key) => tell({ type: "page.open", key }));
    await look(null);
    if (site.isChanged(document, registry.all().length)) {
      await new Promise((resolve) => setTimeout(resolve, SECOND_LOOK)); // it may still be loading
      await look(null);
    }
    setTimeout(deepen, 0);
    const candidates = registry.all();
    const changed = site.isChanged(document, candidates.length) ? { changed: site.label } : {};
    return { ...told, ...changed, candidates };
  };

  /** @type {Record<string, (message: any) => unknown>} */
  const answers = {
    "page.find": find,
    "page.there": () => true,
    "page.address": ({ key }) => registry.address(key),
    "page.picture": ({ key }) => Touchstone.thumbnailOf(registry.elements(key)),
    "page.reveal": ({ key }) => registry.elements(key)[0]?.scrollIntoView({ block: "center" }),
    "page.astray": () => (here() === asked && !isOff() ? Touchstone.astray.linksIn(document, site) : null),
    "page.mark": ({ key, drawing }) => {
      drawing ? drawings.set(key, drawing) : drawings.delete(key);
      draw(key);
    },
    "page.stop": () => Touchstone.stop(),
  };

  /** @type {(message: any, sender: chrome.runtime.MessageSender) => Promise<unknown> | undefined} */
  const listener = (message, sender) => {
    const type = String(message?.type);
    if (sender.id !== browser.runtime.id || !Object.hasOwn(answers, type) || signal.aborted) return undefined;
    return Promise.resolve(answers[type]?.(message)).then((value) => value ?? null);
  };
  browser.runtime.onMessage.addListener(listener);
  signal.addEventListener("abort", () => {
    if (browser.runtime?.id) browser.runtime.onMessage.removeListener(listener);
  });
  // Put here because the reader said so for this whole site, and not by a click just now: the background knows which.
  tell({ type: "page.ready" });
}

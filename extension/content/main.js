// @ts-check
// What runs in a page, and only after somebody asked for it there: answers the background's questions, asks for
// verdicts on what the page adds later, and draws the marks it is told to. It knows neither the server nor its token.
if (!Touchstone.started) {
  Touchstone.started = true;
  const PAUSE = 400; // ms at least between two looks at a page that keeps changing

  const registry = Touchstone.createRegistry();
  /** @type {Map<string, Drawing>} */
  const drawings = new Map();
  const marks = Touchstone.unmarked.test(location.hostname)
    ? null
    : Touchstone.createMarks((key) => tell({ type: "page.open", key }));

  /** @param {object} message */
  const tell = (message) => {
    if (!Touchstone.alive()) return Touchstone.stop();
    browser.runtime.sendMessage(message).catch(() => {}); // nobody listens while the extension is being replaced
  };

  /** @param {string} key */
  const draw = (key) => {
    const drawing = drawings.get(key);
    marks?.hide(key);
    if (drawing) marks?.show(key, drawing, registry.elements(key));
  };

  const look = () => {
    const { fresh, moved } = registry.look(document);
    moved.forEach(draw);
    marks?.refresh();
    return fresh;
  };

  /** @type {Record<string, (message: any) => unknown>} */
  const answers = {
    "page.find": () => {
      look();
      return { host: location.host, candidates: registry.all(document) };
    },
    "page.address": ({ key }) => registry.address(key),
    "page.picture": ({ key }) => Touchstone.thumbnailOf(registry.elements(key)),
    "page.reveal": ({ key }) => registry.elements(key)[0]?.scrollIntoView({ block: "center" }),
    "page.mark": ({ key, drawing }) => {
      drawing ? drawings.set(key, drawing) : drawings.delete(key);
      draw(key);
    },
  };

  /** @type {(message: any, sender: chrome.runtime.MessageSender) => Promise<unknown> | undefined} */
  const listener = (message, sender) => {
    const answer = sender.id === browser.runtime.id ? answers[message?.type] : undefined;
    return answer && Promise.resolve(answer(message) ?? null);
  };
  browser.runtime.onMessage.addListener(listener);

  let timer = 0;
  const watcher = new MutationObserver(() => {
    timer ||= setTimeout(() => {
      timer = 0;
      if (!Touchstone.alive()) return Touchstone.stop();
      const candidates = look();
      if (candidates.length > 0) tell({ type: "page.found", candidates });
    }, PAUSE);
  });
  watcher.observe(document, { childList: true, subtree: true, attributeFilter: ["src", "href"] });
  Touchstone.signal.addEventListener("abort", () => {
    watcher.disconnect();
    clearTimeout(timer);
    if (browser.runtime?.id) browser.runtime.onMessage.removeListener(listener);
  });
}

// @ts-check
// The layer that the marks lie in: a single element in the browser's top layer, with a closed shadow root. Nothing on it
// tells what it is, and no node of the page is moved, wrapped or changed. What a page does to it is undone a few times; a
// page that goes on wins, and the marks are given up: the panel has the verdicts anyway.
{
  const MOST_FIGHTS = 12;

  /** @returns {string} a name that no page's style sheet can have foreseen */
  function anyName() {
    const numbers = crypto.getRandomValues(new Uint8Array(9));
    const letters = [...numbers].map((number) => String.fromCharCode(97 + (number % 26)));
    return `${letters.slice(0, 4).join("")}-${letters.slice(4).join("")}`;
  }

  /** @param {string} style of what lies in it @returns {{root: HTMLElement, show(): void}} */
  function createLayer(style) {
    const { dom, signal } = Touchstone;
    const host = /** @type {HTMLElement} */ (dom.make(anyName()));
    host.popover = "manual";
    const shadow = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    shadow.adoptedStyleSheets = [sheet];
    const root = /** @type {HTMLElement} */ (dom.make("div"));
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", "Touchstone");
    shadow.append(root);

    let fights = 0;
    let isShown = false;
    const put = () => {
      if (!host.isConnected) dom.of(document, "documentElement").append(host);
      if (!host.matches(":popover-open")) host.showPopover();
      watcher.takeRecords(); // of what was done here
    };
    const giveUp = () => {
      isShown = false;
      watcher.disconnect();
      host.remove();
    };
    /** Undo what the page did to it, if it did anything. */
    const restore = () => {
      if (!isShown || signal.aborted) return;
      const strange = [...host.attributes].filter(({ name, value }) => name !== "popover" || value !== "manual");
      if (strange.length === 0 && host.isConnected && host.matches(":popover-open")) return;
      if (++fights > MOST_FIGHTS) return giveUp();
      for (const { name } of strange) host.removeAttribute(name);
      host.popover = "manual";
      put();
    };
    const watcher = new MutationObserver(restore);
    host.addEventListener("toggle", restore, { signal });
    signal.addEventListener("abort", giveUp);

    return {
      root,
      show() {
        if (isShown || fights > MOST_FIGHTS) return;
        isShown = true;
        put();
        watcher.observe(host, { attributes: true });
        watcher.observe(dom.of(document, "documentElement"), { childList: true });
      },
    };
  }

  Touchstone.createLayer = createLayer;
}

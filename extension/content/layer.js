// @ts-check
// The layer that the marks lie in: a single element in the browser's top layer, with a closed shadow root. No node of the
// page is moved, wrapped or changed, and the layer is gone when the signal aborts.
{
  const MOST_RETURNS = 5; // a page that keeps removing it wins: we do not fight it
  const STYLE = {
    all: "initial",
    position: "absolute",
    inset: "0 auto auto 0",
    width: "0",
    height: "0",
    overflow: "visible",
    border: "0",
    padding: "0",
    margin: "0",
    background: "none",
  };

  /** @param {string} style of what lies in it @returns {{root: ShadowRoot, show(): void}} */
  function createLayer(style) {
    const host = document.createElement("div");
    host.popover = "manual";
    for (const [name, value] of Object.entries(STYLE)) host.style.setProperty(name, value, "important");
    host.setAttribute("role", "group");
    host.setAttribute("aria-label", "Touchstone");
    const root = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    root.adoptedStyleSheets = [sheet];
    Touchstone.signal.addEventListener("abort", () => host.remove());

    let returns = 0;
    return {
      root,
      show() {
        if (host.isConnected || returns > MOST_RETURNS) return;
        returns += 1;
        document.documentElement.append(host);
        host.showPopover();
      },
    };
  }

  Touchstone.createLayer = createLayer;
}

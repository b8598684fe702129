// @ts-check
// Draws one small mark beside each badge, above the page and apart from it: a single host element in the top layer with a
// closed shadow root. No node of the page is moved, wrapped or changed, and the host is gone when the signal aborts.
// A page can still imitate or cover a mark, so that a mark says where to look; the verdict is read in the popup.
{
  const SVG = "http://www.w3.org/2000/svg";
  const SIZE = 24; // px, the least that a finger hits
  const SMALL = 18; // px, beside words; it still answers to the full size
  const MOST_RETURNS = 5; // a page that keeps removing the host wins: we do not fight it
  const SHEET = `
    :host { all: initial; }
    button {
      all: initial; box-sizing: border-box; position: absolute; top: 0; left: 0; height: ${SIZE}px; min-width: ${SIZE}px;
      padding: 2px; border-radius: ${SIZE / 2}px; display: inline-flex; flex-direction: row-reverse; align-items: center; cursor: pointer;
      color: var(--light); background: #fff; --paper: #fff; direction: ltr;
      box-shadow: 0 0 0 1px rgb(0 0 0 / 12%), 0 1px 4px rgb(0 0 0 / 24%);
      font: 600 13px/20px system-ui, sans-serif; white-space: nowrap; animation: appear 120ms ease-out;
    }
    button[hidden] { display: none; }
    button.inline { height: ${SMALL}px; min-width: ${SMALL}px; padding: 1px; border-radius: ${SMALL / 2}px; font-size: 12px; line-height: 16px; }
    button.inline::after { content: ""; position: absolute; inset: ${(SMALL - SIZE) / 2}px; }
    button.inline svg { width: 16px; height: 16px; }
    svg { width: 20px; height: 20px; flex: none; display: block; }
    span { display: none; padding: 0 4px 0 8px; }
    button:hover, button:focus-visible { z-index: 1; }
    button:hover span, button:focus-visible span { display: inline; }
    button:focus-visible { outline: 2px solid var(--light); outline-offset: 2px; }
    @keyframes appear { from { opacity: 0; } }
    @media (prefers-reduced-motion: reduce) { button { animation: none; } }
    @media (prefers-color-scheme: dark) {
      button { color: var(--dark); background: #1b1d21; --paper: #1b1d21; box-shadow: 0 0 0 1px rgb(255 255 255 / 20%), 0 1px 4px rgb(0 0 0 / 50%); }
      button:focus-visible { outline-color: var(--dark); }
    }
    @media (forced-colors: active) {
      button { color: ButtonText; background: ButtonFace; border: 1px solid ButtonText; padding: 1px; --paper: ButtonFace; }
      button:focus-visible { outline-color: Highlight; }
    }
    @media print { button { display: none; } }`;

  /** @param {Drawing} drawing @param {(event: MouseEvent) => void} onClick */
  function buttonFor(drawing, onClick) {
    const button = document.createElement("button");
    button.type = "button";
    button.setAttribute("aria-label", drawing.name);
    button.style.setProperty("--light", drawing.light);
    button.style.setProperty("--dark", drawing.dark);
    const picture = document.createElementNS(SVG, "svg");
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    for (const [tag, attributes] of drawing.shape) {
      const part = document.createElementNS(SVG, tag);
      for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
      picture.append(part);
    }
    const word = document.createElement("span");
    word.textContent = drawing.word;
    button.append(picture, word);
    button.addEventListener("click", onClick, { signal: Touchstone.signal });
    return button;
  }

  /** @param {(key: string) => void} onOpen @returns {Marks} */
  function createMarks(onOpen) {
    const { signal } = Touchstone;
    const host = document.createElement("div");
    host.popover = "manual";
    const style = "all:initial!important;position:absolute!important;inset:0 auto auto 0!important;width:0!important;height:0!important;overflow:visible!important;border:0!important;padding:0!important;margin:0!important;background:none!important;";
    host.setAttribute("style", style);
    host.setAttribute("role", "group");
    host.setAttribute("aria-label", "Touchstone");
    const root = host.attachShadow({ mode: "closed" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(SHEET);
    root.adoptedStyleSheets = [sheet];

    /** @type {Map<Element, {visible: boolean, buttons: Map<string, HTMLButtonElement>}>} */
    const spots = new Map();
    let returns = 0;
    let frame = 0;

    const attach = () => {
      if (host.isConnected || returns > MOST_RETURNS) return;
      returns += 1;
      document.documentElement.append(host);
      host.showPopover();
    };

    const place = () => {
      frame = 0;
      if (signal.aborted || spots.size === 0) return;
      attach();
      const room = document.documentElement.clientWidth;
      const layout = [...spots].map(([element, spot]) => ({
        spot,
        box: spot.visible && element.isConnected ? (Array.from(element.getClientRects()).at(-1) ?? null) : null,
        isPicture: element.matches("img, iframe, object, embed, [data-share-badge-id]"),
      }));
      for (const { spot, box, isPicture } of layout) {
        [...spot.buttons.values()].forEach((button, order) => {
          button.hidden = box === null;
          if (box === null) return;
          const over = isPicture ? SIZE / 3 : SMALL / 2; // how far it stands out of the corner
          const right = box.right + over - order * (SIZE + 2);
          const top = box.top - over;
          button.classList.toggle("inline", !isPicture);
          const x = Math.min(Math.max(right, SIZE), room);
          const y = Math.max(top + scrollY, 0);
          button.style.transform = `translate(${Math.round(x + scrollX)}px, ${Math.round(y)}px) translateX(-100%)`;
        });
      }
    };
    const soon = () => {
      frame ||= requestAnimationFrame(place);
    };

    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const spot = spots.get(target);
        if (spot) spot.visible = isIntersecting;
      }
      soon();
    });
    const sized = new ResizeObserver(soon);
    sized.observe(document.documentElement);
    addEventListener("scroll", soon, { capture: true, passive: true, signal });
    addEventListener("resize", soon, { passive: true, signal });
    signal.addEventListener("abort", () => {
      seen.disconnect();
      sized.disconnect();
      host.remove();
    });

    return {
      show(key, drawing, elements) {
        for (const element of elements) {
          const spot = spots.get(element) ?? { visible: false, buttons: new Map() };
          spot.buttons.get(key)?.remove();
          const button = buttonFor(drawing, (event) => event.isTrusted && onOpen(key));
          button.hidden = true;
          spot.buttons.set(key, button);
          root.append(button);
          if (spots.has(element)) continue;
          spots.set(element, spot);
          seen.observe(element);
          sized.observe(element);
        }
        soon();
      },
      hide(key) {
        for (const [element, { buttons }] of spots) {
          buttons.get(key)?.remove();
          buttons.delete(key);
          if (buttons.size > 0) continue;
          spots.delete(element);
          seen.unobserve(element);
          sized.unobserve(element);
        }
      },
      refresh: soon,
    };
  }

  Touchstone.createMarks = createMarks;
}

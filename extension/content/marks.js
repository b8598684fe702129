// @ts-check
// Keeps a mark beside each badge that is to be seen, wherever the page moves it. A page can still imitate or cover a mark,
// so that a mark says where to look; the verdict is read in the panel.
{
  const PICTURES = "img, iframe, object, embed, [data-share-badge-id]";
  const MOST = 60; // at once
  const AROUND = "100%"; // of a screen, within which marks are ready before they are scrolled to

  /** @param {Element[]} order in page order @param {Element} element @returns {number} where it belongs in `order` */
  function positionIn(order, element) {
    let [low, high] = [0, order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = order[middle];
      if (other && other.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** @param {Element} element @returns {DOMRect | null} in the window, also out of a frame in it */
  function boxOf(element) {
    const own = Array.from(element.getClientRects()).at(-1);
    if (!own) return null;
    let { x, y } = own;
    for (let frame = frameOf(element), steps = 0; frame && steps < 8; frame = frameOf(frame), steps++) {
      const box = frame.getBoundingClientRect();
      x += box.x + frame.clientLeft;
      y += box.y + frame.clientTop;
    }
    return new DOMRect(x, y, own.width, own.height);
  }

  /** @param {Element} element @returns {Element | null} what shows its document */
  const frameOf = (element) => Touchstone.dom.pageOf(element).defaultView?.frameElement ?? null;

  /** @param {(key: string) => void} onOpen @returns {Marks} */
  function createMarks(onOpen) {
    const { signal, markButton } = Touchstone;
    const layer = Touchstone.createLayer(markButton.style);
    /** @type {Map<Element, {visible: boolean, drawings: Map<string, Drawing>, buttons: Map<string, HTMLButtonElement>}>} */
    const spots = new Map();
    /** @type {Element[]} the same elements in page order, which is the order in which Tab reaches the marks */
    const order = [];
    let frame = 0;

    /** @param {Element} element @param {Element | null} before the next mark's place */
    const create = (element, before) => {
      const spot = spots.get(element);
      for (const [key, drawing] of spot?.drawings ?? []) {
        if (spot?.buttons.has(key)) continue;
        const button = markButton.create(drawing, () => onOpen(key));
        spot?.buttons.set(key, button);
        layer.root.insertBefore(button, before);
      }
    };
    /** @param {Map<string, HTMLButtonElement>} buttons */
    const drop = (buttons) => {
      for (const button of buttons.values()) button.remove();
      buttons.clear();
    };

    /** Make the marks of what is to be seen, and no others. */
    const fill = () => {
      let left = MOST;
      /** @type {Element | null} */
      let before = null;
      const shown = new Set(order.filter((element) => spots.get(element)?.visible && left-- > 0));
      for (const element of order.toReversed()) {
        const spot = spots.get(element);
        if (!spot) continue;
        const isHeld = [...spot.buttons.values()].some((button) => button.matches(":focus"));
        if (shown.has(element)) create(element, before);
        else if (!isHeld) drop(spot.buttons);
        before = spot.buttons.values().next().value ?? before;
      }
    };

    const place = () => {
      frame = 0;
      if (signal.aborted || spots.size === 0) return;
      layer.show();
      fill();
      // All boxes are read before any mark is moved, so that the page is laid out once.
      const layout = [...spots]
        .filter(([, { buttons }]) => buttons.size > 0)
        .map(([element, { visible, buttons }]) => ({
          buttons,
          box: visible && element.isConnected ? boxOf(element) : null,
          isPicture: element.matches(PICTURES),
        }));
      for (const { buttons, box, isPicture } of layout) {
        [...buttons.values()].forEach((button, order) => markButton.place(button, { box, isPicture, order }));
      }
    };
    const soon = () => {
      frame ||= requestAnimationFrame(place);
    };
    const seen = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const spot = spots.get(target);
          if (spot) spot.visible = isIntersecting;
        }
        soon();
      },
      { rootMargin: AROUND },
    );
    const sized = new ResizeObserver(soon);
    sized.observe(Touchstone.dom.of(document, "documentElement"));
    addEventListener("scroll", soon, { capture: true, passive: true, signal });
    addEventListener("resize", soon, { passive: true, signal });
    signal.addEventListener("abort", () => {
      seen.disconnect();
      sized.disconnect();
    });

    /** @param {Element} element */
    const spotFor = (element) => {
      const known = spots.get(element);
      if (known) return known;
      const spot = { visible: false, drawings: new Map(), buttons: new Map() };
      spots.set(element, spot);
      order.splice(positionIn(order, element), 0, element);
      seen.observe(element);
      sized.observe(element);
      return spot;
    };
    /** @param {Element} element */
    const forget = (element) => {
      spots.delete(element);
      order.splice(order.indexOf(element), 1);
      seen.unobserve(element);
      sized.unobserve(element);
    };

    return {
      show(key, drawing, elements) {
        for (const element of elements) {
          const { drawings, buttons } = spotFor(element);
          drawings.set(key, drawing);
          buttons.get(key)?.remove();
          buttons.delete(key);
        }
        soon();
      },
      hide(key) {
        for (const [element, { drawings, buttons }] of [...spots]) {
          buttons.get(key)?.remove();
          buttons.delete(key);
          if (drawings.delete(key) && drawings.size === 0) forget(element);
        }
      },
      refresh: soon,
    };
  }

  Touchstone.createMarks = createMarks;
}

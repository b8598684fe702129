// @ts-check
// Keeps one mark beside each badge, wherever the page moves it. A page can still imitate or cover a mark, so that a mark
// says where to look; the verdict is read in the popup.
{
  const PICTURES = "img, iframe, object, embed, [data-share-badge-id]";

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

  /**
   * Everything of the page counts as visible, however far down, so that Tab reaches its mark; what is not drawn, or is
   * scrolled out of a box of its own, does not.
   * @param {(element: Element, isVisible: boolean) => void} onChange
   */
  const watchVisibility = (onChange) =>
    new IntersectionObserver(
      (entries) => entries.forEach(({ target, isIntersecting }) => onChange(target, isIntersecting)),
      { rootMargin: "1000000px" },
    );

  /** @param {(key: string) => void} onOpen @returns {Marks} */
  function createMarks(onOpen) {
    const { signal, markButton } = Touchstone;
    const layer = Touchstone.createLayer(markButton.style);
    /** @type {Map<Element, {visible: boolean, buttons: Map<string, HTMLButtonElement>}>} */
    const spots = new Map();
    /** @type {Element[]} the same elements in page order, which is the order in which Tab reaches the marks */
    const order = [];
    let frame = 0;

    const place = () => {
      frame = 0;
      if (signal.aborted || spots.size === 0) return;
      layer.show();
      // All boxes are read before any mark is moved, so that the page is laid out once.
      const layout = [...spots].map(([element, { visible, buttons }]) => ({
        buttons,
        box: visible && element.isConnected ? (Array.from(element.getClientRects()).at(-1) ?? null) : null,
        isPicture: element.matches(PICTURES),
      }));
      for (const { buttons, box, isPicture } of layout) {
        [...buttons.values()].forEach((button, order) => markButton.place(button, { box, isPicture, order }));
      }
    };
    const soon = () => {
      frame ||= requestAnimationFrame(place);
    };
    const seen = watchVisibility((element, visible) => {
      const spot = spots.get(element);
      if (spot) spot.visible = visible;
      soon();
    });
    const sized = new ResizeObserver(soon);
    sized.observe(document.documentElement);
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
      const spot = { visible: false, buttons: new Map() };
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
          const { buttons } = spotFor(element);
          const button = markButton.create(drawing, () => onOpen(key));
          const next = order[order.indexOf(element) + 1];
          buttons.get(key)?.remove();
          buttons.set(key, button);
          layer.root.insertBefore(button, (next && spots.get(next)?.buttons.values().next().value) ?? null);
        }
        soon();
      },
      hide(key) {
        for (const [element, { buttons }] of [...spots]) {
          buttons.get(key)?.remove();
          buttons.delete(key);
          if (buttons.size === 0) forget(element);
        }
      },
      refresh: soon,
    };
  }

  Touchstone.createMarks = createMarks;
}

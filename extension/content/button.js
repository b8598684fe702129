// @ts-check
// One mark: a real button with its verdict's shape and a full accessible name, and the style of all marks. Colours follow
// the browser's theme; a paper of its own lies below the shape, so that it can be read on any page.
{
  const SVG = "http://www.w3.org/2000/svg";
  const SIZE = 24; // px, the least that a finger hits
  const SMALL = 18; // px, beside words; it still answers to the full size
  const STYLE = `
    :host {
      all: initial !important; display: block !important; position: absolute !important; inset: 0 auto auto 0 !important;
      width: 0 !important; height: 0 !important; overflow: visible !important;
    }
    button {
      all: initial; position: absolute; top: 0; left: 0; box-sizing: border-box;
      display: inline-flex; flex-direction: row-reverse; align-items: center;
      height: ${SIZE}px; min-width: ${SIZE}px; padding: 2px; border-radius: ${SIZE / 2}px;
      color: var(--light); background: #fff; --paper: #fff; cursor: pointer; direction: ltr;
      box-shadow: 0 0 0 1px rgb(0 0 0 / 12%), 0 1px 4px rgb(0 0 0 / 24%);
      font: 600 13px/20px system-ui, sans-serif; white-space: nowrap; animation: appear 120ms ease-out;
    }
    button[hidden] { display: none; }
    button.inline {
      height: ${SMALL}px; min-width: ${SMALL}px; padding: 1px; border-radius: ${SMALL / 2}px;
      font-size: 12px; line-height: 16px;
    }
    button.inline::after { content: ""; position: absolute; inset: ${(SMALL - SIZE) / 2}px; }
    svg { width: 20px; height: 20px; flex: none; display: block; }
    button.inline svg { width: 16px; height: 16px; }
    span { display: none; padding: 0 4px 0 8px; }
    button:hover, button:focus-visible { z-index: 1; }
    button:hover span, button:focus-visible span { display: inline; }
    button:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
    @keyframes appear { from { opacity: 0; } }
    @media (prefers-reduced-motion: reduce) { button { animation: none; } }
    @media (prefers-color-scheme: dark) {
      button {
        color: var(--dark); background: #1b1d21; --paper: #1b1d21;
        box-shadow: 0 0 0 1px rgb(255 255 255 / 20%), 0 1px 4px rgb(0 0 0 / 50%);
      }
    }
    @media (forced-colors: active) {
      button { color: ButtonText; background: ButtonFace; --paper: ButtonFace; padding: 1px; border: 1px solid; }
      button:focus-visible { outline-color: Highlight; }
    }
    @media print { button { display: none; } }`;

  /** @param {ShapePart[]} shape */
  function pictureOf(shape) {
    const picture = Touchstone.dom.make("svg", SVG);
    picture.setAttribute("viewBox", "0 0 24 24");
    picture.setAttribute("aria-hidden", "true");
    for (const [tag, attributes] of shape) {
      const part = Touchstone.dom.make(tag, SVG);
      for (const [name, value] of Object.entries(attributes)) part.setAttribute(name, value);
      picture.append(part);
    }
    return picture;
  }

  /** @param {Drawing} drawing @param {() => void} onClick of a person, not of the page's scripts */
  function create(drawing, onClick) {
    const button = /** @type {HTMLButtonElement} */ (Touchstone.dom.make("button"));
    button.type = "button";
    button.hidden = true; // until it has its place
    button.setAttribute("aria-label", drawing.name);
    button.style.setProperty("--light", drawing.light);
    button.style.setProperty("--dark", drawing.dark);
    const word = Touchstone.dom.make("span");
    word.textContent = drawing.word;
    button.append(pictureOf(drawing.shape), word);
    button.addEventListener("click", (event) => event.isTrusted && onClick(), { signal: Touchstone.signal });
    return button;
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {{box: DOMRect | null, isPicture: boolean, order: number}} where `box` is the badge's, in the window; null
   *   hides the mark; `order` counts the marks at the same badge
   */
  function place(button, { box, isPicture, order }) {
    button.hidden = box === null;
    if (box === null) return;
    button.classList.toggle("inline", !isPicture);
    // How far it stands out of the upper right corner; beyond the last letter of words.
    const [aside, above] = isPicture ? [SIZE / 3, SIZE / 3] : [SMALL - 4, SMALL / 2];
    const right = box.right + aside - order * (SIZE + 2);
    const x = Math.min(Math.max(right, SIZE), innerWidth) + scrollX;
    const y = Math.max(box.top - above + scrollY, 0);
    button.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px) translateX(-100%)`;
  }

  Touchstone.markButton = { create, place, style: STYLE };
}

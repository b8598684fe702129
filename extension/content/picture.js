// @ts-check
// A small copy of a badge's picture for the popup, drawn from what the page already shows: no request is made for it.
{
  const SIDE = 80; // px: 40 in the popup, at twice the density

  /**
   * @param {Element[]} elements
   * @returns {string | null} a PNG as `data:` address; null where the page may not read the picture
   */
  function thumbnailOf(elements) {
    const image = /** @type {HTMLImageElement | undefined} */ (elements.find(({ localName }) => localName === "img"));
    if (!image?.complete || image.naturalWidth === 0) return null;
    const scale = SIDE / Math.max(image.naturalWidth, image.naturalHeight);
    const width = image.naturalWidth * scale;
    const height = image.naturalHeight * scale;
    const canvas = /** @type {HTMLCanvasElement} */ (Touchstone.dom.make("canvas"));
    canvas.width = SIDE;
    canvas.height = SIDE;
    try {
      canvas.getContext("2d")?.drawImage(image, (SIDE - width) / 2, (SIDE - height) / 2, width, height);
      return canvas.toDataURL("image/png");
    } catch (problem) {
      if (problem instanceof DOMException) return null; // another host's picture taints the canvas
      throw problem;
    }
  }

  Touchstone.thumbnailOf = thumbnailOf;
}

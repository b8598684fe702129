//# allFunctionsCalledOnLoad
// @ts-check
// The page's tree as the browser knows it. A page can hide a document's or a form's own members behind elements that it
// gives their names (`<img name="querySelectorAll">`), in our world too: so they are taken from the prototypes.
{
  const MOST_CUSTOM = 5000;
  const ours = globalThis.Document?.prototype; // not there in node, where nobody hides anything
  /** @param {string} name @returns {(node: any) => any} */
  const reader = (name) => {
    const get =
      ours &&
      (Object.getOwnPropertyDescriptor(ours, name) ?? Object.getOwnPropertyDescriptor(Node.prototype, name))?.get;
    return (node) => (get ? get.call(node) : node[name]);
  };
  const kindOf = reader("nodeType");
  const above = /** @type {(element: Element) => Element | null} */ (reader("parentElement"));
  const readers = {
    baseURI: reader("baseURI"),
    title: reader("title"),
    documentElement: reader("documentElement"),
    body: reader("body"),
    styleSheets: reader("styleSheets"),
  };

  /** @param {Tree} root @returns {root is Document} */
  const isDocument = (root) => kindOf(root) === 9;

  /** @param {Tree} root @returns {Document} */
  const pageOf = (root) => (isDocument(root) ? root : /** @type {Document} */ (root.ownerDocument));

  /** @param {Tree} root @param {string} selector @returns {Element[]} */
  const all = (root, selector) => Array.from(list(root, selector));

  /** @param {Tree} root @param {string} selector @returns {ArrayLike<Element>} the same, where there may be thousands */
  function list(root, selector) {
    if (!ours) return root.querySelectorAll(selector);
    const kind = kindOf(root);
    const { prototype } = kind === 9 ? Document : kind === 11 ? DocumentFragment : Element;
    return prototype.querySelectorAll.call(/** @type {any} */ (root), selector);
  }

  /** @param {Tree} root @returns {Element[]} the custom elements in it */
  function customIn(root) {
    const page = pageOf(root);
    const evaluate = ours?.evaluate;
    // No selector asks for a part of a tag's name, and XPath knows no shadow roots, which are small.
    if (!evaluate || kindOf(root) === 11) return all(root, "*").filter(({ localName }) => localName.includes("-"));
    const result = evaluate.call(page, ".//*[contains(local-name(), '-')]", root, null, 7); // ORDERED_NODE_SNAPSHOT_TYPE
    return Array.from({ length: Math.min(result.snapshotLength, MOST_CUSTOM) }, (_, number) =>
      /** @type {Element} */ (result.snapshotItem(number)),
    );
  }

  /** @param {Document} page @param {keyof typeof readers} name @returns {any} */
  const of = (page, name) => readers[name](page);

  /**
   * @param {Element} element
   * @param {string} selector
   * @returns {Element | null} the nearest around it, itself included, across the borders of shadow roots; never a form,
   *   whose members its fields can hide
   */
  function closest(element, selector) {
    for (let one = /** @type {Element | null} */ (element), steps = 0; one && steps < 8; steps++) {
      const found = one.closest(selector);
      if (found) return found.localName === "form" ? null : found;
      const root = one.getRootNode();
      one = kindOf(root) === 11 ? (/** @type {ShadowRoot} */ (root).host ?? null) : null;
    }
    return null;
  }

  /** @param {Element | null | undefined} element @param {number} [most] @returns {string} its text in one line */
  const textOf = (element, most = 300) =>
    (element?.textContent ?? "")
      .slice(0, 4 * most)
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, most);

  /** @param {string} name @param {string} [space] of names @returns {any} a new element */
  const make = (name, space = "http://www.w3.org/1999/xhtml") =>
    (ours ?? document).createElementNS.call(document, space, name);

  /** @param {Document} page @param {string} id @returns {Element | null} */
  const byId = (page, id) => (ours ?? page).getElementById.call(page, id);

  /** @param {Tree} root @returns {Element | null} */
  const elementOf = (root) => (kindOf(root) === 1 ? /** @type {Element} */ (root) : null);

  Touchstone.dom = { byId, elementOf, make, all, list, of, above, closest, customIn, pageOf, textOf };
}

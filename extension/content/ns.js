// @ts-check
// The one name this extension adds to its own isolated world of a page; the page itself cannot see it. Files here are
// classic scripts, injected in the order of background/inject.js; each adds one member to `Touchstone`. Injecting
// them again into a page they already run in changes nothing; after the extension was reloaded, the new ones replace
// the old.
{
  // Its own property only: an element that the page gives this name as its id shows through to us otherwise.
  const before = Object.hasOwn(globalThis, "Touchstone")
    ? /** @type {TouchstoneContent | undefined} */ (globalThis.Touchstone)
    : undefined;
  if (!before?.alive()) {
    before?.stop();
    const ending = new AbortController();
    const started = globalThis.browser?.runtime?.id;
    globalThis.Touchstone = /** @type {TouchstoneContent} */ ({
      signal: ending.signal,
      stop: () => ending.abort(),
      alive: () => !ending.signal.aborted && (started === undefined || browser.runtime?.id === started),
    });
  }
}

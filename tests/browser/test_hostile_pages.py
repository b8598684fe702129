"""Scripts of a hostile page can neither find us before we are asked in, nor read, forge, trigger or
outlast what we draw (`EXT-01`, `EXT-03`, `EXT-04`, `EXT-07`), nor break our looking by the names
they give their elements.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Browser, Browsers, until
from tests.browser.test_in_the_page import demo  # noqa: F401 a fixture
from tests.browser.test_sites import STATE, found, look_at, one, visiting
from tests.pages.page import Chance, MadePage, Planted
from tests.server.conftest import Served

pytestmark = pytest.mark.parametrize("theme", ["light"], indirect=True)

#: Names that show through to our world, on documents, windows and forms.
NAMES = (
    *("Touchstone", "querySelectorAll", "documentElement", "createElement", "createElementNS"),
    *("baseURI", "title", "body", "nodeType", "ownerDocument", "location", "styleSheets", "head"),
    *("getElementById", "evaluate", "createTreeWalker", "addEventListener", "browser", "chrome"),
)


def clobbering() -> MadePage:
    """A page whose elements have the names of what a script asks of a document."""
    award = f"https://www.credly.com/badges/{Chance(1).uuid()}"
    one_of_each = '<img name="{0}" id="{0}" alt=""><form name="{0}"></form>'
    named = "".join(one_of_each.format(name) for name in NAMES)
    fields = "".join(
        f'<input name="{name}">'
        for name in ("matches", "closest", "parentElement", "getAttribute", "querySelectorAll")
    )
    html = (
        f"<!doctype html><title>Names</title>{named}<form class='h-card' itemscope"
        f" itemtype='https://schema.org/Person'>{fields}<b class=p-name itemprop=name>Mira</b>"
        f'<a href="{award}">a badge</a></form>'
    )
    return MadePage("https://names.made-up.example/", html, (Planted(award),))


def test_names_break_nothing(browsers: Browsers, theme: str, tmp_path: Path) -> None:
    made = clobbering()
    with visiting(browsers, tmp_path, [made]) as browser:
        state = look_at(browser, made)
        assert set(found(state)) == {one(made.planted[0].award)}


def test_a_page_that_declines_is_left_alone(browsers: Browsers, theme: str, tmp_path: Path) -> None:
    award = f"https://www.credly.com/badges/{Chance(1).uuid()}"
    html = f'<!doctype html><meta name="Touchstone" content="off"><a href="{award}">a badge</a>'
    made = MadePage("https://declines.made-up.example/", html)
    with visiting(browsers, tmp_path, [made]) as browser:
        state = look_at(browser, made)
        assert state["items"] == []
        assert state["trouble"]["code"] == "opted_out"


def test_a_storm_is_capped(browsers: Browsers, theme: str, tmp_path: Path) -> None:
    pictures = "".join(
        f'<img loading="lazy" width="99" height="99" src="/badge-{number}.png">'
        for number in range(10_000)
    )
    html = f'<!doctype html><img src="/a.png" alt="{"x" * 1_000_000}">{pictures}'
    made = MadePage("https://storm.made-up.example/", html)
    with visiting(browsers, tmp_path, [made]) as browser:
        page = browser.context.new_page()
        state = look_at(browser, made, page)
        assert 0 < len(state["items"]) <= 500
        assert all(len(item["label"]) <= 300 for item in state["items"])
        page.evaluate(
            """() => {
                window.number = 0;
                new MutationObserver(() => {
                    if (number++ > 600) return;
                    const image = document.createElement("img");
                    image.loading = "lazy";
                    image.src = `/storm-${number}.png`;
                    document.body.append(image);
                }).observe(document.body, { childList: true });
                document.body.append("now");
            }"""
        )
        until(page, lambda: page.evaluate("number > 600"), "the storm did not end")
        page.wait_for_timeout(1500)
        state = browser.worker.evaluate(STATE, browser.tab_of(page))
        assert len(state["items"]) <= 500


LISTENED = """() => {
    window.heard = [];
    for (const kind of ["message", "click", "toggle", "beforetoggle"])
        addEventListener(kind, (event) => heard.push([kind, event.target === window]), true);
    const native = Element.prototype.attachShadow;
    window.shadows = 0;
    Element.prototype.attachShadow = function (...given) {
        shadows++;
        return native.apply(this, given);
    };
}"""
FOUND_HOST = (
    "[...document.documentElement.children].filter((e) => !['HEAD', 'BODY'].includes(e.tagName))"
)
#: The attributes of the marks' host, and how it is seen.
WHOLE = f"{FOUND_HOST}.flatMap((e) => [e.getAttributeNames(), getComputedStyle(e).opacity])"


@pytest.fixture
def marked(browser: Browser, server: Served, demo: Page) -> Page:  # noqa: F811
    """The demo page with its marks, listening to everything."""
    demo.evaluate(LISTENED)
    popup = browser.popup_for(demo)
    popup.get_by_role("textbox").fill(server.code)
    popup.get_by_role("textbox").press("Enter")
    popup.locator(".row").nth(13).wait_for()
    popup.close()
    browser.marks(demo, 14)
    return demo


def test_nothing_tells_what_it_is(browser: Browser, marked: Page) -> None:
    asked = "map((e) => [e.shadowRoot, e.getAttributeNames(), e.outerHTML])"
    told = marked.evaluate(f"{FOUND_HOST}.{asked}")
    ((shadow, attributes, html),) = told
    assert shadow is None
    assert attributes == ["popover"]
    assert "touchstone" not in html.lower()
    assert marked.evaluate("shadows") == 0, "our world attaches with a function of its own"
    assert marked.evaluate("'Touchstone' in window || 'browser' in window") is False
    resources = json.dumps(
        ["manifest.json", "content/main.js", "icons/icon-16.png", "popup/popup.html"]
    )
    assert marked.evaluate(
        f"""Promise.all({resources}.map((name) =>
            fetch("chrome-extension://{browser.id}/" + name).then(() => name, () => null)))"""
    ) == [None, None, None, None]


def test_what_is_done_to_the_marks_is_undone(browser: Browser, marked: Page) -> None:
    for harm in (
        "host.remove()",
        "host.hidePopover()",
        "host.style.cssText = 'display:none!important;opacity:0!important'",
        "host.hidden = true; host.setAttribute('aria-hidden', 'true'); host.inert = true",
        "host.removeAttribute('popover')",
        "document.head.append(Object.assign(document.createElement('style'), "
        "{textContent: 'html > :not(head, body) { display: none !important; '"
        " + 'opacity: 0 !important }'}))",
    ):
        marked.evaluate(f"() => {{ const host = {FOUND_HOST}[0]; {harm}; }}")
        marked.wait_for_timeout(200)
        until(marked, lambda: marked.evaluate(WHOLE) == [["popover"], "1"], harm)
        browser.marks(marked, 14)
        assert marked.evaluate(WHOLE) == [["popover"], "1"], harm


def test_a_page_that_goes_on_wins(browser: Browser, marked: Page) -> None:
    marked.evaluate(
        f"""() => {{
            window.removed = 0;
            new MutationObserver(() => {{
                for (const host of {FOUND_HOST}) {{ removed++; host.remove(); }}
            }}).observe(document.documentElement, {{ childList: true }});
            for (const host of {FOUND_HOST}) host.remove();
        }}"""
    )
    until(marked, lambda: marked.evaluate("removed") > 5, "it did not come back a few times")
    marked.wait_for_timeout(1500)
    removed = marked.evaluate("removed")
    assert removed < 40, "it came back a few times, and then no more"
    marked.wait_for_timeout(500)
    assert marked.evaluate("removed") == removed
    assert browser.marks(marked, 0) == []


def test_events_of_the_pages_making_do_nothing(browser: Browser, marked: Page) -> None:
    before = browser.worker.evaluate("chrome.storage.session.getKeys()")
    marked.evaluate(
        f"""() => {{
            const host = {FOUND_HOST}[0];
            for (const kind of ["click", "pointerdown", "pointerup", "keydown"]) {{
                host.dispatchEvent(new MouseEvent(kind, {{ bubbles: true, composed: true }}));
                document.body.dispatchEvent(new MouseEvent(kind, {{ bubbles: true }}));
            }}
            for (const type of ["page.find", "page.mark", "page.open", "server.forget"]) {{
                postMessage({{ type, key: "b1" }}, "*");
                dispatchEvent(new CustomEvent(type, {{ detail: {{ key: "b1" }} }}));
            }}
        }}"""
    )
    marked.wait_for_timeout(500)
    assert sorted(browser.worker.evaluate("chrome.storage.session.getKeys()")) == sorted(before)
    assert len(browser.marks(marked, 14)) == 14


def test_a_reload_of_the_extension_leaves_nothing_behind(browser: Browser, marked: Page) -> None:
    browser.worker.evaluate("setTimeout(() => chrome.runtime.reload(), 50)")
    marked.wait_for_timeout(1500)

    def is_left() -> bool:
        """Whether it went once something in the page moved."""
        marked.evaluate("document.body.append(document.createElement('p'))")
        marked.wait_for_timeout(1200)
        return bool(marked.evaluate(f"{FOUND_HOST}.length === 0"))

    until(marked, is_left, "what was drawn is still there")

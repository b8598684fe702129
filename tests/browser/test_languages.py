"""The extension's faces in other languages: long words fit, and Arabic runs right to left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browser, launched, shot
from tests.server.conftest import Served

BADGES = 14  # on the demo page, the linked one included
MINE = "mira.solano@portfolio.example"
RIGHT_TO_LEFT = {"ar"}

#: Where text is cut off, lies over other text, or makes the page wider than its window. A name may
#: be cut in its middle, and is whole on focus.
ILL_FITTING = """() => {
    const wrong = [];
    const page = document.documentElement;
    const beyond = page.scrollWidth - page.clientWidth;
    if (beyond > 0) wrong.push(`wider by ${beyond}`);
    const meant = ".cut, .unseen, .tile, [hidden], textarea, input";
    const isCut = (one) =>
        getComputedStyle(one).display !== "inline" && one.scrollWidth > one.clientWidth + 1;
    const lines = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const { currentNode: node } = walker;
        const text = node.data.trim();
        const parent = node.parentElement;
        if (!text || parent.closest(meant) || !parent.checkVisibility()) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        const block = parent.closest(".scroll");
        for (const box of range.getClientRects()) lines.push({ node, text, box, block });
        for (let one = parent; one !== document.body && one !== block; one = one.parentElement)
            if (isCut(one)) wrong.push(`cut off: ${text}`);
    }
    const shared = (a, b, from, to) => Math.min(a[to], b[to]) - Math.max(a[from], b[from]);
    const isOver = ({ box: a }, { box: b }) =>
        shared(a, b, "left", "right") > 2 && shared(a, b, "top", "bottom") > 6;
    for (const [at, one] of lines.entries())
        for (const other of lines.slice(at + 1))
            if (one.node !== other.node && one.block === other.block && isOver(one, other))
                wrong.push(`over one another: ${one.text} / ${other.text}`);
    return [...new Set(wrong)];
}"""


@pytest.fixture
def browser(chromium: str, theme: str, language: str, tmp_path: Path) -> Iterator[Browser]:
    """A Chromium in that language."""
    with launched(chromium, theme, tmp_path / "profile", language=language) as found:
        yield found


@pytest.fixture
def demo(browser: Browser, server: Served) -> Page:
    """The demo page, in a browser that was not connected yet."""
    page = browser.context.new_page()
    page.goto(f"{server.address}/demo")
    browser.use(server.address)
    return page


def _pair(browser: Browser, server: Served) -> None:
    token = server.pair(f"chrome-extension://{browser.id}")
    browser.keep(token=token, emails=[MINE], phrase="Blue heron, 42")


@pytest.mark.parametrize(
    ("language", "theme"),
    [
        ("de", "dark"),
        ("ar", "light"),
        ("es", "light"),
        ("fr", "light"),
    ],
)
def test_every_face_fits_and_runs_the_languages_way(
    browser: Browser, server: Served, demo: Page, language: str, theme: str
) -> None:
    def look(face: Page, name: str) -> None:
        root = face.locator("html")
        expect(root).to_have_attribute("lang", language)
        expect(root).to_have_attribute("dir", "rtl" if language in RIGHT_TO_LEFT else "ltr")
        shot(face, f"{language}-{name}-{theme}")
        assert face.evaluate(ILL_FITTING) == [], name

    face = browser.popup_for(demo)
    expect(face.locator("[data-state=unpaired]")).to_be_visible()
    look(face, "pairing")
    _pair(browser, server)
    face = browser.popup_for(demo)
    expect(face.locator(".row:enabled")).to_have_count(BADGES)
    look(face, "popup")
    face.locator(".row", has_text="Cloud Architecture Associate").first.click()
    expect(face.locator("details[data-question]")).to_have_count(5)
    look(face, "badge")
    face.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    look(face, "badge-opened")
    face.locator("article > .scroll").evaluate("(one) => one.scrollTo(0, 1000)")
    shot(face, f"{language}-badge-below-{theme}")
    for width in (360, 280):
        panel = browser.panel_for(demo, width)
        expect(panel.locator(".row:enabled")).to_have_count(BADGES)
        panel.locator(".handing summary").click()
        look(panel, f"panel-{width}")
    look(browser.options(), "options")
    browser.use("http://127.0.0.1:9")
    face = browser.popup_for(browser.context.new_page())
    expect(face.locator("[data-state]")).to_be_visible()
    look(face, "no-scan")

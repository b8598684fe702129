"""What looking through a very large page costs it, against the least that any look could cost."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import Browser, Browsers, until
from tests.browser.test_sites import look_at, visiting
from tests.pages import large

#: What the first look may cost, in bare queries for pictures and links of the same page.
MOST_QUERIES = 7
MOST_PASS = 8  # ms
LOADS = 12
#: What is asked of a machine that does other work as well, as one that runs all tests at once.
SLACK = 2
BARE = """(() => {
    const times = [];
    for (let turn = 0; turn < 21; turn++) {
        const start = performance.now();
        document.querySelectorAll("img,a[href]").length;
        times.push(performance.now() - start);
    }
    return times.sort((a, b) => a - b)[10];
})()"""


def in_our_world(browser: Browser, page: Page, expression: str) -> Any:  # noqa: ANN401 JSON
    """The value of `expression` where our content scripts run in `page`."""
    session = browser.context.new_cdp_session(page)
    contexts: list[dict[str, Any]] = []
    session.on("Runtime.executionContextCreated", lambda event: contexts.append(event["context"]))
    session.send("Runtime.enable")

    def ours() -> list[int]:
        return [one["id"] for one in contexts if one["origin"].startswith("chrome-extension://")]

    until(page, lambda: ours() != [], "our scripts have no place in the page")
    asked = {
        "expression": expression,
        "contextId": ours()[0],
        "returnByValue": True,
        "awaitPromise": True,
    }
    answer = session.send("Runtime.evaluate", asked)
    session.detach()
    assert "exceptionDetails" not in answer, answer["exceptionDetails"]
    return answer["result"].get("value")


def test_the_first_look(browsers: Browsers, tmp_path: Path) -> None:
    """The best of up to twelve loads, since what other programs take must not count as ours."""
    with visiting(browsers, tmp_path, [large.page()]) as browser:
        rows: list[dict[str, float]] = []
        while len(rows) < LOADS and not _is_within(rows):
            page = browser.context.new_page()
            state = look_at(browser, large.page(), page)
            assert len(state["items"]) == 500
            assert page.evaluate("document.querySelectorAll('*').length") > 40_000
            passes = in_our_world(browser, page, "Touchstone.work.passes")
            bare = in_our_world(browser, page, BARE)
            longest = max(one["longest"] for one in passes)
            rows.append({"bare": bare, "first": passes[0]["total"], "longest": longest})
            page.close()
        print(json.dumps(rows))  # noqa: T201 the figures
        assert _is_within(rows), rows


def _is_within(rows: list[dict[str, float]]) -> bool:
    if len(rows) < 2:
        return False
    least = {name: min(row[name] for row in rows) for name in rows[0]}
    slack = SLACK if os.getloadavg()[0] > (os.cpu_count() or 1) else 1
    return (
        least["first"] <= slack * MOST_QUERIES * least["bare"]
        and least["longest"] <= slack * MOST_PASS
    )

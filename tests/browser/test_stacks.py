"""Stacks, pathways and skills in a real browser: without scripts, in both themes, on a small screen
and by keyboard, as a learner would walk through them.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import shot
from tests.browser.opened import opened
from tests.browser.test_view import _axe
from tests.made import stacking
from tests.made.folder import as_json
from tests.server.conftest import Served
from tests.server.whole_web import started

both = pytest.mark.parametrize("theme", ["light", "dark"])
#: What all of the pages are asked for; the id of a stack stands in the list of them.
PAGES = ("/wallet/stacks", "/wallet/skills")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose wallet holds a transcript, a record and badges that count towards another."""
    documents = (stacking.record(), *stacking.college_badges().values())
    pasted = [{"credential": as_json(one).decode()} for one in documents]
    web = {**stacking.transcript_web(), **stacking.college_web()}
    with started(tmp_path_factory.mktemp("stacks"), web) as server:
        with server.client(server.pair()) as api:
            for asked in ({"url": stacking.TRANSCRIPT}, *pasted):
                assert api.post("/api/wallet/credentials", json=asked).status_code == 201
        yield server


@both
def test_a_stack_is_seen_and_followed(plain: Browser, served: Served, theme: str) -> None:
    with opened(plain, served, theme) as page:
        page.goto(f"{served.address}/wallet/stacks")
        shot(page, f"stacks-{theme}")
        page.get_by_role("link", name="Microsoft Learn transcript").click()
        expect(page.get_by_text("9 of 11 earned · 1 lapsed · 1 missing")).to_be_visible()
        picture = page.get_by_role("group", name="How Microsoft Learn transcript is made up")
        box = picture.get_by_role("link", name="Microsoft Certified: Lighthouse Operator, Expired")
        expect(box).to_be_visible()
        wanted = page.get_by_role("link", name="Connect a buoy, Missing").first
        expect(wanted).to_have_attribute("href", f"{stacking.LEARN}/training/modules/buoys")
        shot(page, f"stack-{theme}")
        box.click()
        expect(page.get_by_role("heading", name="Microsoft Learn transcript")).to_be_visible()


@both
def test_a_pathway_is_drawn_without_scripts(plain: Browser, served: Served, theme: str) -> None:
    with opened(plain, served, theme) as page:
        page.goto(f"{served.address}/wallet/stacks")
        page.get_by_label("Its goal").fill("Harbour master")
        page.get_by_role("button", name="Draw it").click()
        for name in ("Know the tides", "Run a radio", "Write a plan"):
            page.get_by_label("What it is").fill(name)
            page.get_by_role("button", name="Add the step").click()
        page.get_by_label("What it is").fill("Read a table")
        page.get_by_role("combobox", name="Counts towards").select_option("Know the tides")
        page.get_by_role("button", name="Add the step").click()
        steps = page.locator(".stacks")
        for step, badge in (("Run a radio", "Marine Radio"), ("Read a table", "Tide Tables")):
            steps.get_by_role("link", name=step).click()
            page.get_by_label("Find one of your badges").fill(badge.split()[0].lower())
            page.get_by_role("button", name="Find").click()
            page.get_by_role("button", name=f"Choose {badge}").click()
        row = steps.get_by_role("listitem")
        expect(row.filter(has_text="Run a radio")).to_contain_text("Expired on 31 January 2026")
        expect(row.filter(has_text="Read a table")).to_contain_text("counts towards Know the tides")
        shot(page, f"pathway-{theme}")
        steps.get_by_role("link", name="Read a table").click()
        shot(page, f"pathway-step-{theme}")
        page.get_by_role("button", name="Take it out").click()
        expect(row.filter(has_text="Read a table")).to_contain_text("Missing")
        steps.get_by_role("link", name="Know the tides").click()
        page.get_by_role("combobox", name="Counts towards").select_option("Read a table")
        page.get_by_role("button", name="Change", exact=True).click()
        expect(page.get_by_role("alert")).to_contain_text("can't count towards itself")
        page.get_by_role("button", name="Take this step out").click()
        expect(row.filter(has_text="Read a table")).to_contain_text("towards Harbour master")
        page.get_by_label("Its name").fill("Master of the harbour")
        page.get_by_role("button", name="Rename").click()
        page.get_by_role("link", name="See this one").click()
        expect(page.get_by_text("0 of 3 earned · 1 lapsed · 2 missing")).to_be_visible()
        page.get_by_role("link", name="Change this pathway").click()
        page.get_by_text("Delete this pathway").click()
        page.get_by_role("button", name="Delete it for good").click()
        expect(page.get_by_text("Master of the harbour")).to_have_count(0)


@both
def test_skills_lead_to_their_badges(plain: Browser, served: Served, theme: str) -> None:
    with opened(plain, served, theme) as page:
        page.goto(f"{served.address}/wallet/stacks")
        page.get_by_role("link", name="Skills").click()
        shot(page, f"skills-{theme}")
        page.get_by_label("Find a skill").fill("chart")
        page.get_by_role("button", name="Find").click()
        expect(page.get_by_role("status")).to_contain_text("1 of 4 skills")
        page.get_by_role("link", name="Tide Tables").click()
        expect(page.get_by_role("heading", name="Tide Tables")).to_be_visible()


def pages(page: Page, served: Served) -> Iterator[str]:
    """Every page of these, with a pathway among them."""
    page.get_by_label("Its goal").fill("Pilot")
    page.get_by_role("button", name="Draw it").click()
    expect(page.get_by_label("Its name")).to_have_value("Pilot")
    drawn = page.url
    yield drawn
    yield f"{drawn}/steps/goal"
    for path in PAGES:
        yield f"{served.address}{path}"
    page.goto(f"{served.address}/wallet/stacks")
    page.wait_for_load_state()
    yield from page.eval_on_selector_all(".stacks h2 a", "all => all.map((one) => one.href)")
    page.goto(drawn)
    page.get_by_text("Delete this pathway").click()
    page.get_by_role("button", name="Delete it for good").click()


@pytest.mark.parametrize(("theme", "width"), [("light", 360), ("dark", 1100)])
def test_pages_fit_and_axe_finds_nothing(
    plain: Browser, served: Served, theme: str, width: int
) -> None:
    with opened(plain, served, theme, width=width, scripts=True) as page:
        page.goto(f"{served.address}/wallet/stacks")
        for number, url in enumerate(pages(page, served)):
            page.goto(url)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, url
            shot(page, f"stacks-{width}-{number}")
            _axe(page)


def test_a_picture_is_walked_by_keyboard(plain: Browser, served: Served) -> None:
    with opened(plain, served, "light", scripts=True) as page:
        page.goto(f"{served.address}/wallet/stacks")
        page.get_by_role("link", name="Coastal Data Certificate").click()
        page.get_by_role("region", name="Picture of the stack").focus()
        names = []
        for _ in range(4):
            page.keyboard.press("Tab")
            label = page.evaluate("document.activeElement.querySelector('title').textContent")
            names.append(label.partition(",")[0])
        assert names[-1] == "Coastal Data Certificate"
        assert set(names[:-1]) == {"Tide Tables", "Gauge Keeping", "Marine Radio"}
        stroke = "getComputedStyle(document.activeElement.querySelector('rect')).strokeWidth"
        assert page.evaluate(stroke) == "3px"


def test_forced_colours_keep_shape_and_word(plain: Browser, served: Served) -> None:
    with opened(plain, served, "light", scripts=True) as page:
        page.goto(f"{served.address}/wallet/stacks")
        page.emulate_media(forced_colors="active")
        page.get_by_role("link", name="Coastal Data Certificate").click()
        expect(page.locator(".missing").first).to_be_visible()
        shot(page, "stack-forced")
        dashes = "getComputedStyle(document.querySelector('.missing rect')).strokeDasharray"
        assert page.evaluate(dashes) == "6px, 4px"
        _axe(page)

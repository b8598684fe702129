"""The wallet looked through: filters and search over HTTP, on its pages and from the command; the
same in a file and in a PostgreSQL.
"""

import html
import json
import re
from collections.abc import Iterator

import httpx2
import pytest

from tests.bench.wallets import fill
from tests.server.owner import run
from tests.server.shelf import IMAGE, PATH, Shelf, shelf
from tests.server.stores import BOTH, NewStore, Store
from wallet_server.store.database import Database
from wallet_server.store.listing import Wanted, page

pytestmark = BOTH
NEWEST_FIRST = ["Community Garden", "First Aid", "Weaving for Zürich"]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, new_store: NewStore) -> Iterator[Shelf]:
    with shelf(new_store(tmp_path_factory.mktemp("shelf") / "data")) as found:
        yield found


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]*>", " ", page))


def listed(page: str) -> list[str]:
    """The names of the tiles of a page of the gallery, or of the lines of the timeline."""
    return [html.unescape(name) for name in re.findall(r'<bdi class="name">([^<]*)</bdi>', page)]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", NEWEST_FIRST),
        ("verdict=expired", ["First Aid"]),
        ("verdict=verified", ["Weaving for Zürich"]),
        ("verdict=nonsense", NEWEST_FIRST),
        ("issuer=Larkspur+Institute", ["First Aid"]),
        ("issuer=meadow-makers.example", ["Community Garden"]),
        ("issuer=Meadow+Makers", []),  # nobody vouches for that name
        ("kind=certificate", ["Weaving for Zürich"]),
        ("kind=badge&verdict=verified", []),
        ("tag=none+has+this", []),
        ("q=weaving", ["Weaving for Zürich"]),
        ("q=WEAV", ["Weaving for Zürich"]),
        ("q=zurich", ["Weaving for Zürich"]),
        ("q=Z%C3%9CRICH+weaving", ["Weaving for Zürich"]),
        ("q=aid+first", ["First Aid"]),
        ("q=present+panel", ["First Aid", "Weaving for Zürich"]),  # in the criteria
        ("q=eaving", []),
        ("q=weaving+aid", []),
        ("q=loom", ["Weaving for Zürich"]),  # a skill
        ("q=textile", ["Weaving for Zürich"]),  # an alignment
        ("q=piece+2", ["Weaving for Zürich"]),  # evidence
        ("q=Mira+Solano", ["Weaving for Zürich"]),
        ("q=%E5%B8%83%E6%8A%80", ["Weaving for Zürich"]),  # the middle of 织布技术
        ("q=%E6%8A%80%E5%B8%83", []),
        ("q=meadow-makers.example", ["Community Garden"]),
        ("q=garden&verdict=unvouched", ["Community Garden"]),
        ("q=garden&verdict=verified", []),
        ("q=+%2C+%21+", NEWEST_FIRST),  # nothing but signs asks for nothing
    ],
)
def test_badges_are_found_by_what_they_say_and_what_they_are(
    kept: Shelf, query: str, names: list[str]
) -> None:
    assert kept.names(query) == names
    page = kept.browser.get(f"/wallet?{query}").text
    assert listed(page) == names
    assert ("None of your 3 badges fits that." in text_of(page)) is not bool(names)


@pytest.mark.parametrize(
    "asked",
    ['"', "'", '" OR 1=1 --', "a* OR b*", "NEAR(a b)", "words:garden", "-garden", "(", "a:b & !c",
     "%", "_", "\\", "\x00", "\u202e", "🙂", "'; DROP TABLE cards; --", "a" * 3000, "b " * 500],
)  # fmt: skip
def test_whatever_is_typed_is_words_and_no_query(kept: Shelf, asked: str) -> None:
    answer = kept.browser.get("/wallet", params={"q": asked})
    assert answer.status_code == 200
    assert "49" not in answer.headers.get("content-type", "")
    for name in ("issuer", "kind", "tag", "before", "after", "verdict"):
        assert kept.browser.get("/wallet", params={name: asked[:2000]}).status_code == 200
        assert kept.browser.get("/wallet/timeline", params={name: asked[:2000]}).status_code == 200
    assert kept.names() == NEWEST_FIRST


def test_the_filters_offer_what_there_is_and_keep_what_was_chosen(kept: Shelf) -> None:
    page = kept.browser.get("/wallet?q=a&verdict=verified&kind=certificate").text
    for says in ("Riverside College (1)", "certificate (1)", "badge (2)", "All 3", "Expired 1"):
        assert says in " ".join(text_of(page).split())
    assert 'value="certificate" selected' in page
    assert 'name="q" value="a"' in page
    for link in re.findall(r'href="(/wallet\?[^"]*verdict=expired[^"]*)"', page):
        assert "kind=certificate" in link
        assert "q=a" in link


def test_every_picture_is_shown_small_and_none_that_is_not_there(kept: Shelf) -> None:
    page = kept.browser.get("/wallet").text
    sources = re.findall(r'<img src="([^"]+)"', page)
    assert len(sources) == 2, "one was baked, one was fetched for the gallery; the third has none"
    for source in sources:
        small = kept.browser.get(source)
        assert small.headers["content-type"] == "image/webp"
        assert small.content[8:12] == b"WEBP"
        assert "sandbox" in small.headers["content-security-policy"]
        with kept.served.client() as stranger:
            assert stranger.get(source).status_code == 403
    none = kept.browser.get(f"/wallet/{kept.ids['first aid']}/thumbnail")
    assert none.status_code == 404
    assert IMAGE not in page, "no page of ours loads from an issuer"


def test_the_timeline_goes_by_year_and_says_what_ends_next(kept: Shelf) -> None:
    page = kept.browser.get("/wallet/timeline").text
    text = " ".join(text_of(page).split())
    assert re.findall(r'<h2 id="[^"]*">([^<]*)</h2>', page) == ["What ends next", "2025"]
    assert listed(page) == [
        "Community Garden",
        "Community Garden",
        "First Aid",
        "Weaving for Zürich",
    ]
    assert "ends 3 May 2090" in text
    assert "until 1 September 2025" in text


def test_nothing_of_it_is_for_strangers(kept: Shelf) -> None:
    identifier = kept.ids["weaving"]
    with kept.served.client() as stranger:
        for path in ("", "/timeline", f"/{identifier}", f"/{identifier}/copies/1"):
            assert stranger.get(f"/wallet{path}").status_code == 403
        for does in ("note", "evidence", "delete", "delete-form"):
            given = {"key": (None, "x")}
            assert stranger.post(f"/wallet/{identifier}/{does}", files=given).status_code == 403
        for path in ("/api/wallet/cards", f"{PATH}/{identifier}/about"):
            assert stranger.get(path).status_code == 401


# --- many ---


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, new_store: NewStore) -> Store:
    """A wallet of 130 badges."""
    store = new_store(tmp_path_factory.mktemp("many") / "data")
    database = Database(store.where)
    fill(database, 130)
    database.close()
    return store


@pytest.fixture
def many(filled: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """It, as the wallet of every command."""
    monkeypatch.setenv("TOUCHSTONE_DATA", str(filled.data))
    for name, value in filled.environment.items():
        monkeypatch.setenv(name, value)
    return filled


def lines(*arguments: str) -> list[dict[str, object]]:
    result = run("wallet", "list", "--json", *arguments)
    assert result.exit_code in (0, 3), result.output
    return [json.loads(line) for line in result.output.splitlines()]


def test_pages_go_both_ways_and_leave_nothing_out(many: Store) -> None:
    database = Database(many.where)
    seen, before, backwards = [], None, []
    while True:
        one = page(database, Wanted(), before=before)
        assert one.count == 130
        seen += [card.number for card in one.cards]
        backwards.append(one)
        before = one.older
        if before is None:
            break
    assert seen == list(range(130, 0, -1))
    assert [len(one.cards) for one in backwards] == [48, 48, 34]
    assert backwards[0].newer is None
    again = page(database, Wanted(), after=backwards[2].newer)
    assert again == backwards[1]
    assert page(database, Wanted(), after=again.newer) == backwards[0]
    database.close()


def test_the_command_lists_by_the_same_filters(many: Store) -> None:
    assert [one["number"] for one in lines()] == list(range(130, 0, -1))
    assert [one["number"] for one in lines("--limit", "2")] == [130, 129]
    assert {one["verdict"] for one in lines("--verdict", "revoked")} == {"revoked"}
    found = lines("weav", "--kind", "badge")
    assert found
    assert all(str(one["name"]).startswith("Weaving") for one in found)
    assert all(one["tags"] == ["work"] for one in lines("--tag", "work"))
    assert lines("nothing", "says", "this") == []


def test_the_command_shows_a_table_and_says_when_there_is_nothing(many: Store) -> None:
    table = run("wallet", "list", "--issuer", "College 1")
    assert table.exit_code == 0
    assert "College 1" in table.output
    none = run("wallet", "list", "zebra")
    assert (none.exit_code, none.output) == (3, "No badge of yours fits that.\n")
    assert run("wallet", "list", "--verdict", "good").exit_code == 2


def test_an_empty_wallet_says_so(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in store.environment.items():
        monkeypatch.setenv(name, value)
    empty = run("wallet", "list", "--data", store.data)
    assert (empty.exit_code, "empty" in empty.output) == (3, True)


def test_a_badge_is_shown_and_labelled_by_the_beginning_of_its_id(many: Store) -> None:
    (card,) = lines("--limit", "1")
    start = str(card["lead"])[:8]
    told = run("wallet", "label", start, "--tag", "#Crafts", "--note", "Ask about it")
    assert (told.exit_code, told.output) == (0, "Tags: Crafts\nAsk about it\n")
    assert [one["lead"] for one in lines("crafts")] == [card["lead"]]
    assert run("wallet", "label", start, "--untag", "crafts").output.startswith("Tags: none")
    assert lines("--tag", "Crafts") == []
    long = run("wallet", "label", start, "--tag", "x" * 61)
    assert long.exit_code == 1
    assert "60 letters" in long.output
    assert run("wallet", "show", "zz").exit_code == 1
    every = run("wallet", "show", "")
    assert (every.exit_code, "More than one" in every.output) == (1, True)


def test_size_is_bounded(kept: Shelf) -> None:
    assert len(kept.names("size=1")) == 1
    for bad in ("0", "501", "x", "-1", "9" * 30):
        answer = kept.api.get(f"/api/wallet/cards?size={bad}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")


def test_the_interface_goes_from_page_to_page(kept: Shelf) -> None:
    first: httpx2.Response = kept.api.get("/api/wallet/cards?size=2")
    older = first.json()["older"]
    assert first.json()["count"] == 3
    rest = kept.api.get("/api/wallet/cards", params={"size": "2", "before": older}).json()
    assert [card["name"] for card in rest["cards"]] == NEWEST_FIRST[2:]
    assert rest["older"] is None

"""The same award as Open Badges 2.0, as 3.0, as a link and as a picture is one card; what only says
so is not, until its owner agrees; and no verdict is ever another for it.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image

from tests.bench.speed.processes import cpu_seconds
from tests.made import pictures, png
from tests.made.assertions import assertion_url
from tests.made.cases_credly import AWARD
from tests.made.cases_genuine import good
from tests.made.credentials import badge, by, entry, hashed_email
from tests.made.folder import Answer, Case, answered, as_json
from tests.made.issuers import HARBOUR, HOLDER_EMAIL, IMITATOR, MEADOW, RIVERSIDE, STRANGER_EMAIL
from tests.server.conftest import Served, start
from tests.server.one_award import (
    CASES,
    ENDED,
    GUILD_2,
    GUILD_3,
    INTACT,
    NAME,
    REVOKED,
    SHARED,
    Source,
    options_in,
    whole_web,
)
from tests.server.owner import run
from tests.server.stores import BOTH, NewStore, Store

PATH = "/api/wallet/credentials"
pytestmark = BOTH


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, new_store: NewStore) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("lineage")
    server = start(folder, *options_in(folder, whole_web()), store=new_store(folder / "data"))
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture
def api(paired: httpx2.Client) -> httpx2.Client:
    """The interface of an empty wallet whose owner is nobody yet."""
    for held in paired.get(PATH).json()["credentials"]:
        assert paired.delete(f"{PATH}/{held['id']}").status_code == 204
    paired.put("/api/wallet/owner", json={"identifiers": []})
    return paired


@pytest.fixture
def browser(served: Served, api: httpx2.Client) -> Iterator[httpx2.Client]:
    with served.client() as client:
        assert client.get(api.post("/api/wallet/open", json={}).json()["path"]).status_code == 303
        yield client


def kept(api: httpx2.Client, source: Source) -> dict[str, Any]:
    """What the wallet says when it keeps this: a case's source, bytes, an address, a document."""
    source = source.source if isinstance(source, Case) else source
    if isinstance(source, Mapping):
        source = as_json(source)
    if isinstance(source, bytes):
        answer = api.post(PATH, files={"file": ("badge", source)})
    else:
        answer = api.post(PATH, json={"url": source})
    assert answer.status_code in (200, 201), answer.text
    found: dict[str, Any] = answer.json()
    return found


def lineage(api: httpx2.Client, one: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"{PATH}/{one['id']}/lineage").json()
    return found


def forms(api: httpx2.Client, one: Mapping[str, Any]) -> list[str]:
    return [form["id"] for form in lineage(api, one)["forms"]]


def leading(api: httpx2.Client, one: Mapping[str, Any]) -> str:
    """The verdict that the card shows."""
    found: str = lineage(api, one)["forms"][0]["verdict"]
    return found


def suggested(api: httpx2.Client, one: Mapping[str, Any]) -> dict[str, str]:
    return {found["id"]: found["why"] for found in lineage(api, one)["suggestions"]}


def test_an_award_as_a_link_a_file_and_a_picture_is_one_card(api: httpx2.Client) -> None:
    link = kept(api, f"{AWARD}/public_url")
    old = kept(api, AWARD.replace("credly", "youracclaim"))
    file = kept(api, CASES["a-file-from-credly"])
    assert old["id"] == link["id"], "one answer, however it was asked for"
    assert link["report"]["credential"]["standard"] == "OB 2.0"
    assert file["report"]["credential"]["standard"] == "OB 3.0"
    found = lineage(api, file)
    assert [form["id"] for form in found["forms"]] == [link["id"], file["id"]]
    assert [form["why"] for form in found["forms"]] == [None, "address"]
    assert found["forms"][1]["container"] == "png"
    assert [copy["source"] for copy in found["forms"][0]["copies"]] == [
        f"{AWARD}/public_url",
        AWARD.replace("credly", "youracclaim"),
    ]
    assert found["suggestions"] == []
    assert found == lineage(api, link)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CASES["a-badge-at-badgr"], CASES["a-badge-at-a-dead-host-of-badgrs"]),
        (SHARED, SHARED.replace("/en-us/", "/de-de/")),
        (SHARED, "https://docs.microsoft.com/fr-fr/users/MiraSolano/credentials/0a0b0c0d0e0f0a0b"),
        (
            CASES["a-credential-at-accredible"],
            "https://credentials.nus.edu.sg/01b2c3d4-0000-4000-8000-00000000ac01",
        ),
        (CASES["signed-by-the-issuer"], CASES["signed-with-ed25519-signature-2020"]),
        (CASES["signed-by-the-issuer"], REVOKED),
        (CASES["an-award-at-credly"], CASES["a-file-from-credly"]),
        (GUILD_2, by(HARBOUR, GUILD_3)),
    ],
    ids=[
        *("badgr", "microsoft-languages", "microsoft-pages", "accredible", "suite", "status"),
        *("credly", "both-standards"),
    ],
)
def test_forms_of_one_award_find_each_other_in_either_order(
    api: httpx2.Client, one: Source, other: Source
) -> None:
    first, second = kept(api, one), kept(api, other)
    assert set(forms(api, first)) == {first["id"], second["id"]}
    assert forms(api, first) == forms(api, second)
    for each in (first, second):
        assert api.delete(f"{PATH}/{each['id']}").status_code == 204
    second, first = kept(api, other), kept(api, one)
    assert set(forms(api, first)) == {first["id"], second["id"]}


def test_a_link_that_does_not_answer_joins_by_its_address_alone(api: httpx2.Client) -> None:
    """Nobody claims anything by an address at which nothing could be read."""
    link = kept(api, SHARED)
    assert link["report"]["verdict"] == "unknown"
    again = kept(api, SHARED.replace("/en-us/", "/fr-fr/"))
    assert set(forms(api, again)) == {link["id"], again["id"]}


def _strangers() -> dict[str, bytes]:
    """What says that it is the award at Credly, or the college's badge, and is not."""
    mine = badge(MEADOW, "Water Quality Sampling", id=AWARD)
    file = json.loads(_unbaked(CASES["a-file-from-credly"]))
    borrowed = {**badge(MEADOW, "Water Quality Sampling"), "id": file["id"]}
    borrowed["credentialSubject"] = deepcopy(file["credentialSubject"])
    college = json.loads(CASES["signed-by-the-issuer"].source)
    same_id = badge(MEADOW, "Data Literacy", id=college["id"])
    named = {"id": MEADOW.did, "type": ["Profile"], "name": RIVERSIDE.name}
    return {
        "signed by another, with its address": as_json(by(MEADOW, mine)),
        "signed by another, with its id and all it says": as_json(by(MEADOW, borrowed)),
        "signed by another, with the college's id": as_json(by(MEADOW, same_id)),
        "signed by another, with the college's id and name": as_json(
            by(MEADOW, {**same_id, "issuer": named})
        ),
    }


def _unbaked(case: Case) -> bytes:
    assert isinstance(case.source, bytes)
    start_ = case.source.index(b'{\n "@context"')
    return case.source[start_ : case.source.rindex(b"}\n") + 1]


@pytest.mark.parametrize("name", list(_strangers()))
def test_what_another_signed_is_of_nobody_elses_award(api: httpx2.Client, name: str) -> None:
    good = [kept(api, CASES[one]) for one in ("an-award-at-credly", "signed-by-the-issuer")]
    before = [forms(api, one) for one in good]
    stranger = kept(api, _strangers()[name])
    assert forms(api, stranger) == [stranger["id"]]
    assert suggested(api, stranger) == {}
    assert [forms(api, one) for one in good] == before


def test_what_is_altered_or_imitates_joins_nothing(api: httpx2.Client) -> None:
    good = kept(api, CASES["signed-by-the-issuer"])
    for source in (
        CASES["a-changed-letter-in-the-name"],
        as_json(by(IMITATOR, badge(IMITATOR, "Data Literacy"))),
    ):
        bad = kept(api, source)
        assert bad["report"]["verdict"] in ("invalid", "impostor")
        assert forms(api, bad) == [bad["id"]]
        assert suggested(api, bad) == suggested(api, good) == {}
        for one, other in ((good, bad), (bad, good)):
            refused = api.post(f"{PATH}/{one['id']}/lineage", json={"same_as": other["id"]})
            assert (refused.status_code, refused.json()["error"]["code"]) == (409, "refused")
    assert forms(api, good) == [good["id"]]


def test_two_ids_in_one_standard_are_two_awards(api: httpx2.Client) -> None:
    """Each can be taken back for itself: a badge given out anew is not the one it replaces."""
    one = kept(api, by(HARBOUR, GUILD_3))
    other = kept(api, by(HARBOUR, {**GUILD_3, "id": "urn:uuid:another"}))
    assert forms(api, one) == [one["id"]]
    assert suggested(api, one) == {other["id"]: "title"}


def test_another_person_or_another_day_makes_another_award(api: httpx2.Client) -> None:
    first = kept(api, GUILD_2)
    about: dict[str, Any] = deepcopy(GUILD_3)
    about["credentialSubject"]["identifier"] = [hashed_email(STRANGER_EMAIL, "brine")]
    strange = kept(api, by(HARBOUR, {**about, "id": "urn:uuid:hers"}))
    later = kept(api, by(HARBOUR, {**GUILD_3, "validFrom": "2025-05-02T10:00:00Z"}))
    assert forms(api, first) == [first["id"]]
    assert later["id"] not in suggested(api, first)
    assert forms(api, strange) == [strange["id"]]


def test_hashes_of_one_address_are_known_to_be_one_person_by_the_owners_word(
    api: httpx2.Client,
) -> None:
    """Two hashes with different salts tell nothing of each other; who has the address can tell."""
    other = deepcopy(GUILD_3)
    other["credentialSubject"]["identifier"] = [hashed_email(salt="brackish")]
    first, second = kept(api, GUILD_2), kept(api, by(HARBOUR, other))
    assert forms(api, first) == [first["id"]]
    assert suggested(api, first) == {second["id"]: "title"}
    mine = {"identifiers": [{"kind": "email", "value": HOLDER_EMAIL}]}
    assert api.put("/api/wallet/owner", json=mine).json() == mine
    again = kept(api, by(HARBOUR, other))
    assert again["report"]["checks"][3]["code"] == "email_match"
    assert set(forms(api, first)) == {first["id"], second["id"]}
    assert lineage(api, first)["forms"][1]["why"] == "achievement"


def test_no_verdict_is_another_for_being_on_a_card(api: httpx2.Client) -> None:
    sources, alone = (INTACT, ENDED, REVOKED), []
    for source in sources:
        one = kept(api, source)
        alone.append(one["report"])
        assert api.delete(f"{PATH}/{one['id']}").status_code == 204
    together = [kept(api, source) for source in sources]
    assert len({frozenset(forms(api, one)) for one in together}) == 1
    for one, by_itself in zip(together, alone, strict=True):
        report = api.get(f"{PATH}/{one['id']}").json()["report"]
        for member in ("verdict", "headline", "assurance", "checks", "credential"):
            assert report[member] == by_itself[member]
    assert [report["verdict"] for report in alone] == ["verified", "expired", "revoked"]


def test_bad_news_leads_and_is_not_hidden_behind_a_copy_that_can_not_tell(
    api: httpx2.Client,
) -> None:
    good_one = kept(api, INTACT)
    assert leading(api, good_one) == "verified"
    ended = kept(api, ENDED)
    assert leading(api, good_one) == "expired"
    taken = kept(api, REVOKED)
    assert leading(api, good_one) == "revoked"
    assert api.delete(f"{PATH}/{taken['id']}").status_code == 204
    newer = kept(api, by(RIVERSIDE, good(validFrom="2026-03-14T09:00:00Z")))
    assert leading(api, good_one) == "verified", "an issuer's newer word replaces its older one"
    assert set(forms(api, ended)) == {good_one["id"], ended["id"], newer["id"]}


def test_what_the_host_says_today_leads_before_what_was_once_signed(api: httpx2.Client) -> None:
    """A certification that was renewed is not expired for the file its holder still has."""
    about = {**GUILD_3, "validUntil": "2025-01-01T00:00:00Z"}
    file = kept(api, by(HARBOUR, about))
    link = kept(api, GUILD_2)
    assert set(forms(api, file)) == {file["id"], link["id"]}
    assert (file["report"]["verdict"], leading(api, file)) == ("expired", "verified")


def test_an_owners_word_joins_parts_and_is_remembered(api: httpx2.Client) -> None:
    good = kept(api, CASES["signed-by-the-issuer"])
    copy = kept(api, CASES["nothing-signs-it"])
    assert copy["report"]["verdict"] == "unknown"
    assert suggested(api, good) == {copy["id"]: "named_address"}
    path = f"{PATH}/{good['id']}/lineage"
    joined = api.post(path, json={"same_as": copy["id"]}).json()
    assert [form["verdict"] for form in joined["forms"]] == ["verified", "unknown"]
    assert joined["forms"][1]["why"] == "owner"
    assert joined["suggestions"] == []
    parted = api.delete(path).json()
    assert [form["id"] for form in parted["forms"]] == [good["id"]]
    assert parted["suggestions"] == []
    kept(api, CASES["nothing-signs-it"])
    kept(api, CASES["signed-by-the-issuer"])
    assert forms(api, copy) == [copy["id"]]
    assert api.delete(path).status_code == 409
    assert len(api.post(path, json={"same_as": copy["id"]}).json()["forms"]) == 2


def test_what_is_established_stays_parted_where_its_owner_says_so(api: httpx2.Client) -> None:
    one, other = kept(api, CASES["an-award-at-credly"]), kept(api, CASES["a-file-from-credly"])
    assert len(forms(api, one)) == 2
    api.delete(f"{PATH}/{other['id']}/lineage")
    kept(api, CASES["a-file-from-credly"])
    kept(api, CASES["an-award-at-credly"])
    assert forms(api, one) == [one["id"]]
    joined = api.post(f"{PATH}/{one['id']}/lineage", json={"same_as": other["id"]}).json()
    assert joined["forms"][1]["why"] == "address"


def test_a_suggestion_that_was_turned_down_does_not_come_again(api: httpx2.Client) -> None:
    good, copy = kept(api, CASES["signed-by-the-issuer"]), kept(api, CASES["nothing-signs-it"])
    path = f"{PATH}/{copy['id']}/lineage"
    assert api.post(path, json={"not_same_as": good["id"]}).json()["suggestions"] == []
    kept(api, CASES["nothing-signs-it"])
    assert suggested(api, good) == suggested(api, copy) == {}


def test_the_picture_of_a_badge_is_only_suggested(api: httpx2.Client) -> None:
    link, shown = kept(api, AWARD), kept(api, CASES["a-picture-at-credly"])
    assert forms(api, link) == [link["id"]]
    assert suggested(api, shown) == {link["id"]: "picture"}
    joined = api.post(f"{PATH}/{shown['id']}/lineage", json={"same_as": link["id"]}).json()
    assert [form["id"] for form in joined["forms"]] == [link["id"], shown["id"]]


def test_a_form_that_is_deleted_leaves_the_others(api: httpx2.Client) -> None:
    one, other = kept(api, CASES["an-award-at-credly"]), kept(api, CASES["a-file-from-credly"])
    assert api.delete(f"{PATH}/{one['id']}").status_code == 204
    assert forms(api, other) == [other["id"]]
    assert api.get(f"{PATH}/{one['id']}/lineage").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"same_as": 7}, 400),
        ({"same_as": "x", "not_same_as": "y"}, 400),
        ({"like": "x"}, 400),
        ({"same_as": "'; DROP TABLE cards; --"}, 404),
        ({"not_same_as": "0" * 32}, 404),
        ({"same_as": "\0"}, 404),
    ],
)
def test_a_word_that_makes_no_sense_is_refused(
    api: httpx2.Client, body: dict[str, object], status: int
) -> None:
    one = kept(api, AWARD)
    answer = api.post(f"{PATH}/{one['id']}/lineage", json=body)
    assert answer.status_code == status
    assert answer.json()["error"]["says"]
    itself = api.post(f"{PATH}/{one['id']}/lineage", json={"not_same_as": one["id"]})
    assert itself.status_code == 409


def test_the_page_joins_and_parts(api: httpx2.Client, browser: httpx2.Client) -> None:
    good, copy = kept(api, CASES["signed-by-the-issuer"]), kept(api, CASES["nothing-signs-it"])
    page = f"/wallet/{good['id']}"
    assert "Is this the same award?" in browser.get(page).text
    joined = sent(browser, page, "join", copy["id"])
    assert (joined.status_code, joined.headers["location"]) == (303, f"{page}#lineage")
    text = html.unescape(browser.get(page).text)
    assert "One award in 2 forms" in text
    assert "You put them together" in text
    assert "another form of it" not in text
    other = html.unescape(browser.get(f"/wallet/{copy['id']}").text)
    assert "The award shows in your wallet as" in other
    assert sent(browser, page, "part", copy["id"]).status_code == 303
    assert forms(api, good) == [good["id"]]
    address = f"{str(browser.base_url).rstrip('/')}/wallet/{copy['id']}?x=1#lineage"
    assert sent(browser, page, "join", address).status_code == 303
    assert len(forms(api, good)) == 2
    assert sent(browser, page, "apart", copy["id"]).status_code == 409
    wrong = sent(browser, page, "join", "<script>")
    assert wrong.status_code == 404
    assert "No badge of your wallet has that address" in wrong.text
    assert sent(browser, page, "nothing", copy["id"]).status_code == 404


def test_forms_of_others_join_nothing(api: httpx2.Client, browser: httpx2.Client) -> None:
    good, copy = kept(api, CASES["signed-by-the-issuer"]), kept(api, CASES["nothing-signs-it"])
    page = f"/wallet/{good['id']}"
    assert posted(browser, page, "join", copy["id"], "0" * 64).status_code == 403
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    key = key_of(browser, page)
    assert posted(browser, page, "join", copy["id"], key, **foreign).status_code == 403
    assert forms(api, good) == [good["id"]]


def test_the_command_says_and_does_the_same(
    served: Served, api: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in served.store.environment.items():
        monkeypatch.setenv(name, value)
    good, copy = kept(api, CASES["signed-by-the-issuer"]), kept(api, CASES["nothing-signs-it"])
    command = ["wallet", "lineage", good["id"], "--data", str(served.data)]
    assert "--same-as ID" in run(*command).output
    done = run(*command, "--same-as", copy["id"], "--json")
    assert json.loads(done.output) == lineage(api, good)
    assert "You put them together" in run(*command).output
    assert run(*command, "--part").exit_code == 0
    assert forms(api, good) == [good["id"]]
    assert "own already" in run(*command, "--part").output
    assert run(*command, "--part", "--same-as", copy["id"]).exit_code == 2
    assert run("wallet", "lineage", "x", "--data", str(served.data)).exit_code == 1
    assert run("wallet", "lineage", good["id"][:12], *command[3:]).exit_code == 0


def test_cards_that_are_joined_keep_the_tags_and_notes_of_both(api: httpx2.Client) -> None:
    labels = ({"tags": ["sea", "field"], "note": "First."}, {"tags": ["field"], "note": "Second."})
    both = [kept(api, CASES[name]) for name in ("signed-by-the-issuer", "nothing-signs-it")]
    for one, label in zip(both, labels, strict=True):
        assert api.post(f"{PATH}/{one['id']}/about", json=label).status_code == 200
    api.post(f"{PATH}/{both[1]['id']}/lineage", json={"same_as": both[0]["id"]})
    for one in both:
        about = api.get(f"{PATH}/{one['id']}/about").json()
        assert (sorted(about["tags"]), about["note"]) == (["field", "sea"], "First.\n\nSecond.")
    cards = api.get("/api/wallet/cards", params={"q": "second"}).json()["cards"]
    assert [card["lead"] for card in cards] == [both[0]["id"]]


def test_the_list_shows_a_card_once_and_by_what_leads_it(api: httpx2.Client) -> None:
    for source in (INTACT, ENDED, REVOKED):
        kept(api, source)
    (card,) = api.get("/api/wallet/cards").json()["cards"]
    assert card["verdict"] == "revoked"


def test_what_an_owner_puts_beside_brings_no_news_of_its_own(api: httpx2.Client) -> None:
    """Anybody can sign a badge, take it back, and have it put beside somebody's."""
    mine = kept(api, INTACT)
    strange = badge(MEADOW, "Data Literacy", credentialStatus=entry(MEADOW, 7))
    other = kept(api, by(MEADOW, strange))
    assert other["report"]["verdict"] == "revoked"
    joined = api.post(f"{PATH}/{other['id']}/lineage", json={"same_as": mine["id"]}).json()
    assert [form["verdict"] for form in joined["forms"]] == ["verified", "revoked"]
    (card,) = api.get("/api/wallet/cards").json()["cards"]
    assert (card["lead"], card["verdict"]) == (mine["id"], "verified")


def test_an_owner_may_join_any_number(api: httpx2.Client) -> None:
    names = ("an-award-at-credly", "signed-by-the-issuer", "nothing-signs-it")
    every = [kept(api, CASES[name]) for name in names]
    for one, other in combinations(every, 2):
        api.post(f"{PATH}/{one['id']}/lineage", json={"same_as": other["id"]})
    whole = frozenset(one["id"] for one in every)
    assert {frozenset(forms(api, one)) for one in every} == {whole}
    said = lineage(api, every[0])["forms"]
    assert [form["why"] for form in said if form["id"] == every[2]["id"]] == ["owner"]


def test_an_outage_parts_nothing_and_what_turns_bad_goes(tmp_path: Path, store: Store) -> None:
    """What its host no longer confirms stays where it was; what its host contradicts does not."""
    own = assertion_url(NAME)
    server = start(tmp_path, *options_in(tmp_path, whole_web()), store=store)
    with server.client(token := server.pair()) as client:
        file, link = kept(client, by(HARBOUR, GUILD_3)), kept(client, as_json(GUILD_2))
        assert leading(client, file) == "verified"
        both = {file["id"], link["id"]}
        assert set(forms(client, file)) == both
    assert server.stop() == ""
    gone = {**whole_web(), own: Answer(error="timeout")}
    server = start(tmp_path, *options_in(tmp_path, gone), store=store)
    with server.client(token) as client:
        assert kept(client, as_json(GUILD_2))["report"]["verdict"] == "unknown"
        assert forms(client, link) == [file["id"], link["id"]], "the file leads now"
    assert server.stop() == ""
    moved = {**whole_web(), own: answered({**GUILD_2, "id": f"{own}-2"})}
    server = start(tmp_path, *options_in(tmp_path, moved), store=store)
    with server.client(token) as client:
        assert kept(client, as_json(GUILD_2))["report"]["verdict"] == "invalid"
        assert (forms(client, link), forms(client, file)) == ([link["id"]], [file["id"]])
        assert suggested(client, file) == {}
    assert server.stop() == ""
    server = start(tmp_path, *options_in(tmp_path, whole_web()), store=store)
    with server.client(token) as client:
        kept(client, as_json(GUILD_2))
        assert set(forms(client, file)) == both
        for identifier in both:
            assert client.delete(f"{PATH}/{identifier}").status_code == 204
    assert server.stop() == ""
    assert store.rows("SELECT count(*) FROM lineage") == [(0,)]
    assert store.rows("SELECT count(*) FROM cards") == [(0,)]


def test_a_bare_picture_that_looks_like_a_kept_badges_is_suggested(
    tmp_path: Path, store: Store
) -> None:
    """A picture at the platform, without the badge in it that was baked into the file."""
    at = "https://api.badgr.io/public/assertions/Ma1deUp2Awa3rd4Iden5ti/image"
    plain = pictures.drawn(pictures.GUILD, "star", NAME)
    baked = png.with_chunk(plain, png.international(as_json(by(HARBOUR, GUILD_3))))
    buffer = BytesIO()
    Image.open(BytesIO(plain)).save(buffer, "PNG", compress_level=1)
    web = {**whole_web(), at: Answer(buffer.getvalue(), "image/png")}
    server = start(tmp_path, *options_in(tmp_path, web), store=store)
    with server.client(server.pair()) as client:
        whole, bare = kept(client, baked), kept(client, at)
        assert bare["report"]["checks"][0]["code"] == "picture_only"
        assert suggested(client, bare) == {whole["id"]: "look"}
        assert forms(client, bare) == [bare["id"]]
    assert server.stop() == ""


def key_of(browser: httpx2.Client, page: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f]{64})"', browser.get(page).text)
    assert found
    return found[1]


def sent(browser: httpx2.Client, page: str, does: str, other: str) -> httpx2.Response:
    """A form of the page, as a browser sends it."""
    return posted(browser, page, does, other, key_of(browser, page))


def posted(
    browser: httpx2.Client, page: str, does: str, other: str, key: str, **headers: str
) -> httpx2.Response:
    own = {"Origin": str(browser.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    parts = [("key", (None, key)), ("other", (None, other))]
    given = {**own, **{name.replace("_", "-"): value for name, value in headers.items()}}
    return browser.post(f"{page}/{does}", files=parts, headers=given)


def test_a_badge_that_names_a_crowd_costs_no_more_than_another(
    api: httpx2.Client, served: Served
) -> None:
    many = [hashed_email(f"{number}@crowd.example") for number in range(700)]
    crowd: dict[str, Any] = deepcopy(GUILD_3)
    crowd["credentialSubject"]["identifier"] = many
    one = kept(api, by(HARBOUR, crowd))
    other = kept(api, by(HARBOUR, {**crowd, "description": "Once more."}))
    spent = cpu_seconds(served.process.pid)
    assert set(forms(api, one)) == {one["id"], other["id"]}
    assert cpu_seconds(served.process.pid) - spent < 5

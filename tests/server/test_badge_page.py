"""The page of one badge: what it shows, what its owner writes on it, its bytes, and its end."""

import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.made import pictures
from tests.made.credentials import badge, by
from tests.made.folder import as_json
from tests.made.issuers import LARKSPUR, MEADOW, RIVERSIDE
from tests.server.conftest import options_for, start
from tests.server.made_up import BADGE, GOOD, ISSUER, write_web
from tests.server.owner import run
from tests.server.shelf import EVIDENCE, PATH, Shelf, shelf
from tests.server.stores import NewStore
from tests.server.test_gallery import text_of


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, new_store: NewStore) -> Iterator[Shelf]:
    with shelf(new_store(tmp_path_factory.mktemp("shelf") / "data")) as found:
        yield found


def said(page: str) -> str:
    return " ".join(text_of(page).split())


def test_it_says_what_the_badge_shows_beside_the_verdict(kept: Shelf) -> None:
    shows = {line["code"]: line for line in kept.about("weaving")["shows"]}
    assert all(shows[code]["is_there"] for code in shows if code != "endorsements")
    assert shows["assessed_by"]["says"] == "It says that “Larkspur Institute” assessed the work."
    assert shows["results"]["says"] == "Result: Final piece: 92."
    assert shows["effort"]["says"] == "It stands for 2.5 credits of learning."
    assert shows["evidence"]["links"] == list(EVIDENCE)
    assert shows["alignments"]["says"] == "It is aligned to “Manage textile work”."
    page = said(kept.page("weaving"))
    for line in shows.values():
        assert line["says"] in page
    bare = {line["code"]: line for line in kept.about("garden")["shows"]}
    assert [code for code in bare if bare[code]["is_there"]] == ["criteria"]
    assert bare["criteria"]["links"] == [f"{MEADOW.home}/garden"]


def test_what_a_badge_shows_has_no_part_in_its_verdict(kept: Shelf) -> None:
    """The same badge with nothing to show for itself comes out the same."""
    poor = badge(RIVERSIDE, "Joinery")
    poor["credentialSubject"]["achievement"]["criteria"] = {}
    rich = badge(RIVERSIDE, "Joinery")
    rich["credentialSubject"] |= {
        "creditsEarned": 30,
        "source": {"id": LARKSPUR.did, "type": ["Profile"], "name": LARKSPUR.name},
    }
    rich["evidence"] = [{"id": EVIDENCE[0], "type": ["Evidence"], "name": "A table"}]
    verdicts = set()
    for made in (poor, rich):
        text = as_json(by(RIVERSIDE, made)).decode()
        report = kept.api.post("/api/verify", json={"credential": text}).json()
        verdicts.add((report["verdict"], tuple(check["code"] for check in report["checks"])))
    assert len(verdicts) == 1


def test_the_european_models_hours_and_assessors_are_read(kept: Shelf) -> None:
    body = {"id": "urn:x:1", "type": "Organisation", "legalName": {"en": ["Dover College"]}}
    claim = {
        "specifiedBy": {"volumeOfLearning": "P2DT12H30M"},
        "provenBy": [{"awardedBy": {"awardingBody": [body]}}],
    }
    document = {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": "urn:credential:1",
        "type": ["VerifiableCredential", "EuropeanDigitalCredential"],
        "issuer": {"id": "urn:x:2", "legalName": {"en": "Dover College"}},
        "credentialSubject": {"type": "Person", "hasClaim": [claim]},
    }
    report = kept.api.post("/api/verify", json={"credential": json.dumps(document)}).json()
    assert report["credential"]["hours"] == 60.5
    assert report["credential"]["assessed_by"] == [
        {"url": None, "name": "Dover College", "text": None}
    ]
    document["credentialSubject"]["hasClaim"] = [claim, claim]  # type: ignore[index]
    report = kept.api.post("/api/verify", json={"credential": json.dumps(document)}).json()
    assert (report["credential"]["hours"], report["credential"]["assessed_by"]) == (None, [])


def test_evidence_is_tried_only_when_its_owner_asks(kept: Shelf) -> None:
    before = kept.page("weaving")
    assert "See whether they open" in before
    assert "is gone" not in before
    page = said(kept.send("weaving", "evidence").text)
    assert "✓ work.example answers" in page
    assert "✗ work.example is gone (it answers 404)" in page
    assert "? work.example did not open (no answer in time)" in page


def test_tags_and_a_note_are_kept_and_found(kept: Shelf) -> None:
    kept.label("first aid", note="", tags=[])
    answer = kept.send(
        "first aid", "note", tags=" Work, #renew soon,work,, ", note="Renew it\r\nin <b>May</b>"
    )
    assert answer.status_code == 303
    assert answer.headers["location"].endswith("#yours")
    about = kept.about("first aid")
    assert (about["tags"], about["note"]) == (["Work", "renew soon"], "Renew it\nin <b>May</b>")
    page = kept.page("first aid")
    assert 'value="Work, renew soon"' in page
    assert "<b>May" not in page
    assert kept.names("tag=renew+soon") == kept.names("q=renew+may") == ["First Aid"]
    assert "renew soon" in text_of(kept.browser.get("/wallet").text)
    kept.label("first aid", note="", tags=["later"])
    assert kept.names("q=renew") == [], "what was taken off is found no more"
    assert kept.label("first aid", tags=["kept"]).json()["note"] == ""


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"tags": "x" * 61}, "60 letters"),
        ({"tags": ",".join(map(str, range(51)))}, "50 tags"),
        ({"note": "y" * 10_001}, "10,000 letters"),
    ],
)
def test_too_much_is_said_so_and_nothing_typed_is_lost(
    kept: Shelf, fields: dict[str, str], says: str
) -> None:
    kept.label("garden", note="before", tags=["before"])
    answer = kept.send("garden", "note", **{"tags": "", "note": "", **fields})
    assert answer.status_code == 400
    assert says in text_of(answer.text)
    for typed in fields.values():
        assert typed in answer.text
    assert kept.about("garden")["note"] == "before"
    assert kept.label("garden", tags="no list").status_code == 400
    assert kept.label("garden", tags=["x" * 61]).status_code == 400
    assert kept.label("garden", note=3).status_code == 400
    kept.label("garden", note="", tags=[])


def test_a_form_counts_only_from_its_own_page(kept: Shelf) -> None:
    path = f"/wallet/{kept.ids['garden']}/delete"
    own = {"Origin": kept.served.address, "Sec-Fetch-Site": "same-origin"}
    for key, headers in (("x", own), ("", {}), ("x" * 64, {"Origin": "https://evil.example"})):
        answer = kept.browser.post(path, files={"key": (None, key)}, headers=headers)
        assert answer.status_code == 403
    assert "Community Garden" in kept.names()


def test_its_bytes_are_given_back_as_received(kept: Shelf) -> None:
    (copy,) = kept.about("weaving")["received"]
    page = kept.page("weaving")
    path = f"/wallet/{kept.ids['weaving']}/copies/{copy['number']}"
    assert path in page
    answer = kept.browser.get(path)
    assert len(answer.content) == copy["size"]
    assert answer.content.startswith(b"\x89PNG")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert "&#34;Weaving for Zürich&#34;" in page, "the credential itself is there to be read"
    other = f"/wallet/{kept.ids['garden']}/copies/{copy['number']}"
    assert kept.browser.get(other).status_code == 404, "a copy is its own credential's"


def test_what_cannot_be_seen_is_written_out(kept: Shelf) -> None:
    made = badge(MEADOW, "Plain\u202etext\u200b")
    kept.save("hidden", by(MEADOW, made))
    page = kept.page("hidden")
    assert "Plain\\u202etext\\u200b" in page
    assert "\u202e" not in text_of(page)
    kept.send("hidden", "delete")


def test_history_tells_of_each_check(kept: Shelf) -> None:
    history = kept.about("first aid")["history"]
    assert [one["verdict"] for one in history] == ["expired"]
    assert "Found" in said(kept.page("first aid"))


def test_a_badge_whose_host_died_still_tells_what_its_copy_proves(tmp_path: Path) -> None:
    """Kept while its host answered, looked at again when nothing of it does: with the button."""
    write_web(tmp_path / "web")
    served = start(tmp_path, *options_for(tmp_path))
    with served.client(served.pair()) as api:
        identifier = api.post(PATH, json={"url": GOOD}).json()["id"]
    assert served.stop() == ""
    dead = {str(url): {"error": "timeout"} for url in (GOOD, BADGE["id"], ISSUER["id"])}
    (tmp_path / "web" / "urls.json").write_text(json.dumps(dead), encoding="utf-8")
    served = start(tmp_path, *options_for(tmp_path))
    with served.client(served.pair()) as api, served.client() as browser:
        browser.get(served.wallet_link)
        opened = Shelf(served, api, browser, {"dead": identifier})
        before = said(opened.page("dead"))
        assert "Verified" in before
        assert "Gone since" not in before
        assert opened.send("dead", "look").status_code == 303
        page = said(opened.page("dead"))
        assert [one["verdict"] for one in opened.about("dead")["history"]] == [
            "unknown",
            "verified",
        ]
        assert "As it was when its issuer's word could last be read" in page
        assert opened.names("q=weav+cloth") == ["Weaving, first year"]
        (card,) = api.get("/api/wallet/cards?issuer=Example+College").json()["cards"]
        assert (card["verdict"], card["issued"]) == ("unknown", "2025-05-01T00:00:00Z")
    head = page[: page.index("Genuine?")]
    assert "Not established" in head
    assert re.search(r"Gone since [^;]+; verified on [^.]+ from this copy\.", head)
    assert page.startswith("Weaving, first year · Touchstone")
    assert served.stop() == ""


def test_the_command_shows_the_same(kept: Shelf) -> None:
    shown = run("wallet", "show", kept.ids["weaving"], "--data", kept.served.data)
    assert shown.exit_code == 0
    for says in ("Verified", "Genuine?", "2.5 credits", "Larkspur Institute"):
        assert says in shown.output
    plain = run("wallet", "show", kept.ids["weaving"], "--data", kept.served.data, "--json")
    assert json.loads(plain.output)["verdict"] == "verified"


def test_what_only_a_backup_tells_is_not_established(kept: Shelf) -> None:
    kept.save("told", by(RIVERSIDE, badge(RIVERSIDE, "Glazing")))
    identifier = kept.ids["told"]
    with closing(sqlite3.connect(kept.served.data / "wallet.sqlite3")) as file, file:
        file.execute("UPDATE checks SET origin = 'backup' WHERE credential_id = ?", [identifier])
    page = said(kept.page("told"))
    head = page[: page.index("What it shows")]
    assert "Not established" in head
    assert "A backup brought this" in head
    assert "Verified" not in head
    assert "Told by a backup" in page
    shown = run("wallet", "show", identifier, "--data", kept.served.data).output
    assert "Not established" in shown.splitlines()[0]
    kept.send("told", "delete")


def test_deleting_leaves_no_word_of_it(kept: Shelf) -> None:
    made = badge(MEADOW, "Xylographyish Engraving")
    kept.save("gone", by(MEADOW, made), pictures.drawn(pictures.MAKERS, "leaf", "Gone"))
    kept.label("gone", note="quixotically private", tags=["zymurgytag"])
    assert kept.names("q=xylographyish") == ["Xylographyish Engraving"]
    kept.browser.get("/wallet")
    answer = kept.send("gone", "delete")
    assert (answer.status_code, answer.headers["location"]) == (303, "/wallet")
    assert kept.browser.get(f"/wallet/{kept.ids['gone']}").status_code == 404
    assert kept.api.get(f"{PATH}/{kept.ids['gone']}/about").status_code == 404
    assert kept.names("q=xylographyish") == []
    with closing(sqlite3.connect(kept.served.data / "wallet.sqlite3")) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        for table in ("thumbnails", "copies", "checks"):
            query = f"SELECT count(*) FROM {table} WHERE credential_id = ?"  # noqa: S608
            assert file.execute(query, [kept.ids["gone"]]).fetchone() == (0,)
    left = Path(kept.served.data / "wallet.sqlite3").read_bytes().lower()
    for word in (b"xylographyish", b"quixotically", b"zymurgytag"):
        assert word not in left

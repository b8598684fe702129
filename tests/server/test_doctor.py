"""The profile doctor: a page with everything on it that can be wrong, held against a wallet; over
HTTP, on the server's own page and by the command.
"""

import csv
import io
import json
import quopri
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from msgspec import Struct

from tests.made import cvs, own_page, stacking
from tests.made.assertions import assertion_url
from tests.made.cases_credly import AWARD
from tests.made.cvs import Line
from tests.made.folder import Answer, as_json, write_web
from tests.made.issuers import HOLDER, HOLDER_EMAIL, issuer_list
from tests.pages.linkedin import LANGUAGES, LAYOUTS
from tests.server.conftest import Served, start
from tests.server.owner import run

PATH = "/api/wallet/doctor"
HERE = "https://portfolio.example/me"
ALL = "https://www.linkedin.com/in/mira-solano/details/certifications/"


class Kept(Struct):
    """The server with the learner's wallet, a paired program, and the wallet's ids by name."""

    served: Served
    api: httpx2.Client
    ids: dict[str, str]

    def examined(self, page: bytes, name: str = "page.html") -> dict[str, Any]:
        """What is found of a file."""
        return self.answered(files={"file": (name, page)})

    def answered(self, **given: Any) -> dict[str, Any]:  # noqa: ANN401 as the client takes it
        answer = self.api.post(PATH, **given)
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        return told

    @property
    def options(self) -> tuple[str, ...]:
        """By which the command knows the same."""
        folder = self.served.data.parent
        web = ("--documents", str(folder / "web"), "--trust", str(folder / "trust.json"))
        return (*web, "--no-default-trust", "--data", str(self.served.data))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    folder = tmp_path_factory.mktemp("doctor")
    web = {
        **stacking.transcript_web(),
        **own_page.web(),
        HERE: Answer(own_page.page(), "text/html"),
    }
    write_web(folder / "web", web)
    (folder / "trust.json").write_bytes(as_json(issuer_list()))
    options = ("--documents", str(folder / "web"), "--trust", str(folder / "trust.json"))
    served = start(folder, *options, "--no-default-trust")
    with served.client(served.pair()) as api:
        owner = [{"kind": "name", "value": HOLDER}, {"kind": "email", "value": HOLDER_EMAIL}]
        assert api.put("/api/wallet/owner", json={"identifiers": owner}).status_code == 200
        text = {"credential": as_json(own_page.LITERACY).decode()}
        ids = {}
        for asked in (*({"url": at} for at in own_page.KEPT), text):
            answer = api.post("/api/wallet/credentials", json=asked)
            assert answer.status_code == 201, answer.text
            ids[answer.json()["report"]["credential"]["name"]] = answer.json()["id"]
        yield Kept(served, api, ids)
    assert served.stop() == "", "the server complained"


def codes(told: dict[str, Any]) -> dict[str, str]:
    return {entry["title"]: entry["code"] for entry in told["entries"]}


def of(told: dict[str, Any], title: str) -> dict[str, Any]:
    (entry,) = (one for one in told["entries"] if one["title"] == title)
    found: dict[str, Any] = entry
    return found


WANTED = {entry.title: code for entry, code in own_page.ENTRIES.items()}


def snapshot(page: bytes) -> bytes:
    """A page as Chromium saves it in a single file, with a picture after it."""
    head = b"From: <Saved by Blink>\r\nSnapshot-Content-Location: " + ALL.encode()
    kind = b'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype="text/html";'
    border = b"----MultipartBoundary--x9----"
    part = b"Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return (
        head + b"\r\nSubject: Mira\r\n" + kind + b'\r\n\tboundary="' + border + b'"\r\n\r\n\r\n--'
        + border + b"\r\n" + part + quopri.encodestring(page).replace(b"\n", b"\r\n") + b"\r\n--"
        + border + b"\r\nContent-Type: image/png\r\n\r\nx\r\n--" + border + b"--\r\n"
    )  # fmt: skip


def test_a_page_saved_as_a_single_file_or_with_all_its_scripts(kept: Kept) -> None:
    scripts = b"<script>var a = '<a href=x>';</script><SVG><path/></svg>" * 15_000
    large = own_page.page().replace(b"</body>", scripts + b"<code>{}</code><svgx></body>")
    for content in (snapshot(own_page.page()), large):
        assert codes(kept.examined(content)) == WANTED


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_entry_of_a_saved_profile_has_its_finding(kept: Kept, layout: str) -> None:
    for words in LANGUAGES if layout == LAYOUTS[0] else LANGUAGES[:1]:
        told = kept.examined(own_page.page(layout, words))
        assert codes(told) == WANTED, words.language
        assert (told["site"], sum(told["counts"].values())) == ("linkedin", len(WANTED))
        assert [one["name"] for one in told["missing"]] == ["Weather Signals"]
        assert any("Show all" in note for note in told["notes"])


def test_each_has_its_mend_word_for_word(kept: Kept) -> None:
    told = kept.examined(own_page.page())
    wrong = of(told, own_page.SAMPLING)
    assert wrong["findings"][0]["link"] == AWARD
    assert wrong["credential"] == kept.ids[own_page.SAMPLING]
    (title, date) = of(told, "Expert Chart Reading")["findings"]
    assert title["says"] == "LinkedIn says “Expert Chart Reading”; the badge says “Chart Reading”."
    assert title["mend"] == "On LinkedIn, change “Name” to “Chart Reading”."
    assert date["mend"] == "On LinkedIn, change “Issue date” to “May 2024”."
    assert of(told, "Tide Modelling")["findings"][0]["link"] == own_page.RENEWED
    assert "Issued in error" in of(told, "Open Data")["findings"][0]["says"]
    moved, lost = of(told, "Knots"), of(told, "Old Ropes")
    assert moved["findings"][0]["link"] == assertion_url("Knots")
    assert (lost["findings"][0]["link"], lost["credential"]) == (None, None)
    assert "mend" in lost["findings"][0]
    (named,) = (one for one in told["entries"] if one["index"] is None)
    (lacking,) = told["missing"]
    assert lacking["link"] == assertion_url("Weather Signals")
    assert "name=Weather%20Signals&" in lacking["add"]
    assert lacking["hand_on"] == f"/wallet/{kept.ids['Weather Signals']}/hand-on"
    assert (named["title"], named["credential"]) == ("Data Literacy", kept.ids["Data Literacy"])


def test_what_the_wallet_lacks_is_offered_where_it_holds(kept: Kept) -> None:
    told = kept.examined(own_page.page())
    offered = {one["title"]: one["keep"] for one in told["entries"] if one["keep"]}
    assert offered == {"Sea Rescue": assertion_url("Sea Rescue")}


def test_an_outage_makes_no_link_dead(kept: Kept) -> None:
    (finding,) = of(kept.examined(own_page.page()), "Harbour Radio")["findings"]
    assert finding["code"] == "not_established"
    assert "did not answer in time" in finding["says"]


def export() -> bytes:
    """LinkedIn's own list of the same entries."""
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(("Name", "Url", "Authority", "Started On", "Finished On", "License Number"))
    for one in own_page.ENTRIES:
        started = {5: "May 2024", 9: "Sep 2027", 12: "Dec 2025"}[one.issued or 5]
        rows.writerow((one.title, one.award or "", one.issuer, started, "", ""))
    return file.getvalue().encode()


def test_linkedins_export_says_the_same(kept: Kept) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Certifications.csv", export())
        archive.writestr("Profile.csv", "First Name,Last Name\n")
    for content, name in ((export(), "Certifications.csv"), (packed.getvalue(), "export.zip")):
        told = kept.examined(content, name)
        assert codes(told) == WANTED
        assert told["notes"] == []  # it is all of them


def test_a_page_anywhere_says_the_same_in_its_own_words(kept: Kept) -> None:
    listed = [entry for entry in own_page.ENTRIES if entry.award]
    lines = (
        Line(HOLDER),
        Line(HOLDER_EMAIL),
        *(Line(f"{one.title}, {one.issuer}", one.award) for one in listed),
        Line("Data Literacy"),
    )
    for content in (cvs.pdf(lines), cvs.html(lines)):
        told = kept.examined(content)
        assert told["site"] is None
        found = {one["at"] or one["title"]: one for one in told["entries"]}
        wanted = {one.award or one.title: code for one, code in own_page.ENTRIES.items()}
        assert {name: one["code"] for name, one in found.items()} == wanted
        (finding,) = found[assertion_url("Chart Reading")]["findings"]
        assert finding["mend"] == "Change “Expert Chart Reading” to “Chart Reading”."


def test_a_program_hands_over_what_it_found(kept: Kept) -> None:
    items = [
        {
            "url": one.award,
            "context": {
                "names": ["Jonas Feld"],
                "claims": [{"title": one.title, "issuer": one.issuer}],
            },
        }
        for one in own_page.ENTRIES
        if one.award
    ]
    told = kept.answered(json={"page": "https://www.linkedin.com/in/mira-solano", "items": items})
    found = {one["title"]: one["code"] for one in told["entries"]}
    assert found == {title: code for title, code in WANTED.items() if title != "Data Literacy"}
    assert [one["index"] for one in told["entries"]] == list(range(len(items)))
    assert {one["name"] for one in told["missing"]} == {"Weather Signals", "Data Literacy"}
    assert any("Jonas Feld" in note for note in told["notes"])
    assert any("Show all" in note for note in told["notes"])
    told = kept.answered(json={"page": ALL, "items": items[:1]})
    assert not any("Show all" in note for note in told["notes"])


def test_a_page_for_its_owners_eyes_is_no_link_for_readers(kept: Kept) -> None:
    private = AWARD.replace("/badges/", "/earner/earned/badge/")
    claims = [{"title": own_page.SAMPLING, "issuer": "Cedar Valley College"}]
    item = {"url": private, "context": {"claims": claims}}
    (entry,) = kept.answered(json={"page": ALL, "items": [item]})["entries"]
    (finding,) = entry["findings"]
    assert (finding["code"], finding["link"]) == ("wrong_link", AWARD)
    assert finding["mend"] == f"On LinkedIn, set “Credential URL” to {AWARD}"


def test_an_entry_that_leads_to_a_whole_record_is_not_told_to_change_its_name(kept: Kept) -> None:
    claims = [{"title": "Microsoft Certified: Tidal Data Associate", "issuer": "Microsoft"}]
    item = {"url": stacking.TRANSCRIPT, "context": {"claims": claims}}
    (entry,) = kept.answered(json={"page": ALL, "items": [item]})["entries"]
    assert [one["code"] for one in entry["findings"]] == ["fine"]


def test_a_page_by_its_address_or_as_a_tab_shows_it(kept: Kept) -> None:
    assert codes(kept.answered(json={"url": HERE})) == WANTED
    shown = {"url": ALL, "html": own_page.page().decode()}
    told = kept.answered(json=shown)
    assert (codes(told), told["notes"]) == (WANTED, [])


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({"json": {"url": "https://portfolio.example/none"}}, 422, "unreachable"),
        ({"json": {"url": "ftp://portfolio.example"}}, 400, "source"),
        ({"json": {"page": "me", "items": []}}, 400, "page"),
        ({"json": {"page": HERE, "items": [1]}}, 400, "items"),
        ({"json": {"page": HERE, "items": [{"url": HERE}] * 501}}, 400, "items"),
        ({"json": {"page": HERE, "items": [{"url": "javascript:1"}]}}, 400, "source"),
        ({"json": {}}, 400, "source"),
        ({"files": {"file": ("a.png", b"\x89PNG\r\n\x1a\n")}}, 422, "not_a_badge"),
        ({"files": {"file": ("a.zip", b"PK\x03\x04rubbish")}}, 422, "malformed"),
        ({"files": {"file": ("a.pdf", b"%PDF-1.7 rubbish")}}, 422, "malformed"),
    ],
)
def test_what_is_no_page_is_told(kept: Kept, given: dict[str, Any], status: int, code: str) -> None:
    answer = kept.api.post(PATH, **given)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


def test_a_hostile_page_costs_no_more_than_another(kept: Kept) -> None:
    deep = b"<!doctype html><html><title>A | LinkedIn</title>" + b"<div>" * 20_000
    links = b"".join(
        b'<li><a href="https://www.credly.com/badges/%032x">x</a></li>' % n for n in range(5000)
    )
    wide = b"<!doctype html><html><body><ul>" + links.replace(b"badges/", b"org/a/badge/")
    told = kept.examined(wide)
    assert len(told["entries"]) == 200
    assert any("were not looked at" in note for note in told["notes"])
    answer = kept.api.post(PATH, files={"file": ("page.html", deep)})
    assert answer.status_code in (200, 422)
    script = b"<script>alert(1)</script>"
    titled = own_page.page().replace(b"Sea Rescue", b"Sea &lt;script&gt;alert(1)&lt;/script&gt;")
    page = opened(kept)(titled + script)
    assert "<script" not in page


def opened(kept: Kept) -> Any:  # noqa: ANN401 a function that sends the form
    """Sends the form of the server's page, as the browser of the learner does."""
    path = kept.api.post("/api/wallet/open", json={}).json()["path"]

    def send(content: bytes, **fields: str) -> str:
        with kept.served.client(Origin=kept.served.address) as browser:
            assert browser.get(path, follow_redirects=True).status_code == 200
            key = re.search(
                r'name="key" value="([0-9a-f]{64})"', browser.get("/wallet/doctor").text
            )
            assert key
            files = {"file": ("page.html", content)}
            answer = browser.post("/wallet/doctor", data={"key": key[1], **fields}, files=files)
            assert answer.status_code == (200 if content or fields.get("address") else 400)
            return answer.text

    return send


def test_only_who_opened_the_wallet_sees_the_page(kept: Kept) -> None:
    with kept.served.client() as stranger:
        assert stranger.get("/wallet/doctor").status_code == 403
        answer = stranger.post("/wallet/doctor", files={"file": ("a.html", own_page.page())})
        assert answer.status_code == 403
        assert stranger.post(PATH, json={"url": HERE}).status_code == 401


def test_the_command_says_the_same(kept: Kept, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(own_page.page())
    done = run("wallet", "doctor", tmp_path / "page.html", *kept.options)
    assert done.exit_code == 1
    for words in ("Dead link: Knots", "→ On LinkedIn, change “Name”", "Missing on the page:"):
        assert words in done.output
    good = cvs.html((Line("Charts"), Line("Chart Reading", assertion_url("Chart Reading"))))
    (tmp_path / "good.html").write_bytes(good)
    (tmp_path / "none.txt").write_text("nothing")
    done = run("wallet", "doctor", tmp_path / "none.txt", "--json", *kept.options)
    assert (done.exit_code, json.loads(done.output)["error"]["code"]) == (3, "not_a_badge")
    empty = (*kept.options[:-1], str(tmp_path / "empty"))
    done = run("wallet", "doctor", tmp_path / "good.html", *empty)
    assert done.exit_code == 0, done.output
    assert "Nothing to mend." in done.output
    assert "You have not told your wallet who you are" in done.output

"""Badges handed on as files: what stands in them, what is kept out, and that they are checked again
without the server that made them.
"""

import base64
import hashlib
import html
import io
import json
import re
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pypdf import PdfReader

from tests.made import pictures
from tests.made.credentials import badge
from tests.made.folder import as_json
from tests.made.issuers import MEADOW
from tests.made.signing import did_key, signed
from tests.server.conftest import Served
from tests.server.made_up import EXPIRED, GOOD, REVOKED, picture
from tests.server.owner import run
from verifier.containers import pdf, png
from wallet_server.printing import ATTACHED

PATH = "/api/wallet/credentials"
SHARES = "/api/wallet/shares"
FACE = pictures.drawn(pictures.MAKERS, "leaf", "Kept")
#: Names in scripts that a font of ours has, and in one that no machine's fonts are likely to.
FOREIGN, UNSEEN = "مقدمة 織物", '𓀀𓀁 "</script><img src=x onerror=alert(1)> #panic() $x$'
OWNER = "me.privately@owner.example"


def self_contained(name: str) -> bytes:
    """A badge whose key is in its issuer's id, so that no address is asked about it."""
    made = badge(MEADOW, "Loom")
    made["name"] = made["credentialSubject"]["achievement"]["name"] = name
    made["issuer"] = {"id": did_key("files"), "type": ["Profile"], "name": "Loom (College)"}
    return as_json(signed(made, "files"))


@pytest.fixture(scope="module")
def kept(paired: httpx2.Client) -> dict[str, tuple[str, bytes]]:
    """The id and the bytes of each badge in the wallet."""
    brought = {
        "good": png.bake(FACE, GOOD.encode(), b"openbadges"),
        "revoked": png.bake(FACE, REVOKED.encode(), b"openbadges"),
        "expired": EXPIRED.encode(),
        "foreign": self_contained(FOREIGN),
        "unseen": self_contained(UNSEEN),
    }
    ids = {}
    for name, content in brought.items():
        body = {"bytes": base64.b64encode(content).decode()}
        answer = paired.post(PATH, json=body)
        assert answer.status_code == 201, answer.text
        ids[name] = (answer.json()["id"], content)
    known = [{"kind": "email", "value": OWNER}]
    assert paired.put("/api/wallet/owner", json={"identifiers": known}).status_code == 200
    return ids


def made(
    paired: httpx2.Client,
    kept: dict[str, tuple[str, bytes]],
    kind: str,
    *names: str,
    **asked: object,
) -> bytes:
    body = {"badges": [kept[name][0] for name in names], **asked}
    answer = paired.post(f"{SHARES}/badges.{kind}", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"] == f'attachment; filename="badges.{kind}"'
    return answer.content


def checked(paired: httpx2.Client, content: bytes, **person: object) -> dict[str, Any]:
    """What a check of the file says of it, in the made-up web."""
    body = {"bytes": base64.b64encode(content).decode(), "context": person}
    report: dict[str, Any] = paired.post("/api/verify", json=body).json()
    return report


def test_a_page_holds_the_badges_byte_for_byte_and_is_checked_anew(
    paired: httpx2.Client, kept: dict[str, tuple[str, bytes]]
) -> None:
    names = ("good", "revoked", "foreign")
    page = made(paired, kept, "html", *names, name="Looms", shown={"name": "Ada Example"})
    text = page.decode()
    assert [word for word in ("Verified", "Revoked", "Intact, issuer not known") if word in text]
    assert OWNER not in text
    links = re.findall(r'<a download="badge-\d\.(\w+)" href="data:[^,]+;base64,([^"]+)"', text)
    assert [(form, base64.b64decode(held)) for form, held in links] == [
        ("png", kept["good"][1]),
        ("png", kept["revoked"][1]),
        ("json", kept["foreign"][1]),
    ]
    style = re.search(r"<style>(.*?)</style>", text, re.S)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src &#39;none&#39;; style-src &#39;sha256-{digest}&#39;; img-src data:" in text
    assert set(re.findall(r'src="([^:"]+):', text)) == {"data"}
    assert not re.search(r"<(?:link|form|iframe|object)|@import|url[(]", text)
    report = checked(paired, page)
    assert [one["verdict"] for one in report["bundle"]] == [
        "holder_unproven",
        "revoked",
        "unvouched",
    ]
    assert "compared with Ada Example, whom it names" in report["checks"][0]["says"]
    named = checked(paired, page, emails=["ada@example.org"], exact=True)
    assert named["bundle"][0]["verdict"] == "verified"


def test_its_receipts_are_replayed_by_another_installation(
    paired: httpx2.Client, kept: dict[str, tuple[str, bytes]], tmp_path: Path
) -> None:
    page = made(paired, kept, "html", "good", "revoked", "expired")
    whole, altered = tmp_path / "badges.html", tmp_path / "altered.html"
    whole.write_bytes(page)
    altered.write_bytes(page.replace(b'"verdict": "revoked"', b'"verdict": "verified"'))
    elsewhere = {"TOUCHSTONE_DATA": str(tmp_path / "other")}
    done = run("replay", "--json", whole, altered, environment=elsewhere)
    *told, refused = (json.loads(line) for line in done.stdout.splitlines())
    assert done.exit_code == 1
    assert [one["report"]["verdict"] for one in told] == ["verified", "revoked", "expired"]
    assert all(one["same"] and not one["own"] for one in told)
    assert told[0]["by"] in page.decode()
    assert refused["error"]["code"] == "receipt.altered"


def test_what_is_left_off_is_nowhere_in_the_file(
    paired: httpx2.Client, kept: dict[str, tuple[str, bytes]]
) -> None:
    asked = {"fields": ["criteria", "description"], "name": "Looms"}
    page = made(paired, kept, "html", "good", "foreign", **asked).decode()
    printed = made(paired, kept, "pdf", "good", "foreign", **asked)
    paper = "\n".join(one.extract_text() for one in PdfReader(io.BytesIO(printed)).pages)
    for text in (page, paper):
        said = " ".join(html.unescape(text).split())
        assert "Weave one metre of plain cloth." in said
        for hidden in ("assertions/1", "1 May 2025", "urn:uuid:", OWNER, "sha256$"):
            assert hidden not in said, hidden
        assert "can't be checked again" in said
    assert 'href="data:' not in page
    assert "<img" not in page
    assert "<script" not in page
    assert pdf.unbake(printed) == ()
    assert checked(paired, page.encode())["error"]["code"] == "not_a_badge"


def test_paper_carries_its_badge_and_archives_can_keep_it(
    paired: httpx2.Client, kept: dict[str, tuple[str, bytes]]
) -> None:
    answer = paired.get(f"{PATH}/{kept['good'][0]}/badges.pdf")
    assert answer.status_code == 200, answer.text
    reader = PdfReader(io.BytesIO(answer.content))
    assert pdf.unbake(answer.content) == (kept["good"][1],)
    assert pdf.reached(reader.root_object["/Lang"]) == "en"
    assert pdf.dictionary(reader.root_object["/MarkInfo"])["/Marked"]
    metadata = reader.xmp_metadata
    assert metadata
    assert metadata.pdfaid_part == "3"
    assert metadata.dc_title == {"x-default": "Weaving, first year"}
    text = reader.pages[0].extract_text()
    assert "Verified" in text
    assert len(reader.pages) == 1
    report = checked(paired, answer.content)
    assert (report["verdict"], report["credential"]["container"]) == ("verified", "pdf")
    several = made(paired, kept, "pdf", "good", "revoked", "foreign", shown={"name": "Ada Example"})
    report = checked(paired, several)
    assert [one["verdict"] for one in report["bundle"]] == [
        "holder_unproven",
        "revoked",
        "unvouched",
    ]


def test_letters_come_out_right_or_it_says_that_they_could_not(
    paired: httpx2.Client, kept: dict[str, tuple[str, bytes]]
) -> None:
    good = PdfReader(io.BytesIO(made(paired, kept, "pdf", "foreign")))
    assert "織物" in good.pages[0].extract_text()
    assert "empty boxes" not in good.pages[0].extract_text()
    bad = made(paired, kept, "pdf", "unseen")
    text = PdfReader(io.BytesIO(bad)).pages[0].extract_text()
    assert "empty boxes" in text
    assert "#panic() $x$" in text  # data, and never markup
    assert pdf.unbake(bad) == (kept["unseen"][1],)


def test_what_an_issuer_wrote_is_never_markup(
    paired: httpx2.Client, kept: dict[str, tuple[str, bytes]]
) -> None:
    page = made(paired, kept, "html", "unseen", name='"><b>', shown={"words": "<script>"}).decode()
    assert not re.search(r"<img src=x|<b>|<script>", page)
    assert page.count("</script>") == 1
    assert checked(paired, page.encode())["credential"]["name"] == UNSEEN


def test_a_badge_that_is_an_address_says_where_it_is(
    paired: httpx2.Client, kept: dict[str, tuple[str, bytes]]
) -> None:
    page = made(paired, kept, "html", "expired", "foreign")
    assert f'<a class="place" href="{EXPIRED}"'.encode() in page
    assert "can't be checked again" not in page.decode()
    assert [one["verdict"] for one in checked(paired, page)["bundle"]] == ["unvouched", "expired"]


def test_what_is_too_large_or_not_there_is_said(
    paired: httpx2.Client, kept: dict[str, tuple[str, bytes]]
) -> None:
    missing = paired.get(f"{PATH}/{'0' * 32}/badges.html")
    assert (missing.status_code, missing.json()["error"]["code"]) == (404, "file.gone")
    assert paired.get(f"{PATH}/{kept['good'][0]}/badges.exe").status_code == 404
    assert paired.get(f"{SHARES}/{'0' * 64}/badges.html").status_code == 404
    large = picture(self_contained("Large"), size=ATTACHED)
    identifier = paired.post(PATH, json={"bytes": base64.b64encode(large).decode()}).json()["id"]
    printed = paired.get(f"{PATH}/{identifier}/badges.pdf")
    assert (printed.status_code, printed.json()["error"]["code"]) == (409, "file.size")
    assert paired.get(f"{PATH}/{identifier}/badges.html").status_code == 200


def test_a_share_is_saved_as_a_file_too(
    served: Served, paired: httpx2.Client, kept: dict[str, tuple[str, bytes]]
) -> None:
    body = {"badges": [kept["good"][0]], "fields": ["recipient"], "name": "One"}
    share = paired.post(SHARES, json=body).json()
    page = paired.get(f"{SHARES}/{share['id']}/badges.html")
    assert "1 badge: One" in page.text
    assert share["link"].rpartition("/")[2] not in page.text
    with served.client() as stranger:
        assert stranger.get(f"/wallet/shares/{share['id']}/badges.html").status_code == 403
        assert stranger.get(f"/wallet/{kept['good'][0]}/badges.pdf").status_code == 403


def test_the_command_writes_the_file_and_makes_no_share(
    served: Served, paired: httpx2.Client, kept: dict[str, tuple[str, bytes]], tmp_path: Path
) -> None:
    before = paired.get(SHARES).json()
    identifier, content = kept["foreign"]
    file, data = tmp_path / "badges.html", ("--data", served.data)
    environment = served.store.environment
    done = run("wallet", "share", identifier, "--file", file, *data, environment=environment)
    assert done.exit_code == 0, done.output
    assert base64.b64encode(content) in file.read_bytes()
    assert paired.get(SHARES).json() == before
    again = run("wallet", "share", identifier, "--file", file, *data, environment=environment)
    assert again.exit_code == 1
    assert "is there already" in again.output
    other = run("wallet", "share", identifier, "--file", "a.doc", *data, environment=environment)
    assert other.exit_code == 2

"""Lists of people and badges, looked through over HTTP: how they are read, what comes back, and
that nothing stays of what is forgotten.
"""

import csv
import io
import json
import re
import time
from collections.abc import Mapping
from typing import Any

import httpx2
import pytest

from tests.made import cases_cvs, cvs, documents
from tests.made.issuers import HOLDER
from tests.server.conftest import Served
from tests.server.made_up import DOWN, EMAIL, EXPIRED, GOOD, HOST, REVOKED, picture
from tests.server.stores import BOTH
from wallet_server.store.schema import metadata
from wallet_server.sweeping.formulas import as_it_was
from wallet_server.sweeping.tables import OURS

LINKEDIN = "Name,Url,Authority,Started On,License Number\n"


def begun(client: httpx2.Client, *files: tuple[str, bytes], **columns: str) -> httpx2.Response:
    """What the server says to files; `columns` says what one is, from its name to its kind."""
    sent = [("files", (name, content)) for name, content in files]
    return client.post("/api/sweeps", files=sent, data={"columns": json.dumps(columns)})


def finished(client: httpx2.Client, identifier: str) -> dict[str, Any]:
    """The sweep once all of it was looked through."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        one: dict[str, Any] = client.get(f"/api/sweeps/{identifier}").json()
        if one["finished_at"] is not None:
            return one
        time.sleep(0.05)
    pytest.fail("the sweep did not come to its end")


def swept(client: httpx2.Client, *files: tuple[str, bytes], **columns: str) -> dict[str, Any]:
    """Everything that came of files, as JSON."""
    answer = begun(client, *files, **columns)
    assert answer.status_code == 201, answer.text
    finished(client, answer.json()["id"])
    whole: dict[str, Any] = client.get(f"/api/sweeps/{answer.json()['id']}/table.json").json()
    return whole


def words(whole: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Each row, and the verdict or the error that came of it."""
    return [
        (row["row"], row["report"].get("verdict") or row["report"]["error"]["code"])
        for row in whole["rows"]
    ]


def table(client: httpx2.Client, identifier: str) -> tuple[bytes, list[dict[str, str]]]:
    """The CSV, and its lines as any reader has them."""
    answer = client.get(f"/api/sweeps/{identifier}/table.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    text = answer.content.decode("utf-8-sig")
    sign = ";" if '";"' in text.splitlines()[0] else ","
    return answer.content, list(csv.DictReader(io.StringIO(text, newline=""), delimiter=sign))


@BOTH
def test_a_list_comes_back_with_every_row_once(paired: httpx2.Client) -> None:
    content = (
        "Candidate;E-Mail;Badge link 1;Badge link 2;Note\n"
        f"Ada;{EMAIL};{GOOD};{REVOKED};first\n"
        f"Bob;bob@example.org;{GOOD};;\n"
        "\n"
        f"Ada;{EMAIL};{GOOD};;the same again\n"
        f"Cy;;{EXPIRED} , {DOWN};;two in one cell\n"
        "Dee;;n/a;;\n"
        "Ed;;;;no link at all\n"
    ).encode()
    whole = swept(paired, ("people.csv", content))
    assert words(whole) == [
        ("row 2", "verified"),
        ("row 2", "revoked"),
        ("row 3", "not_theirs"),
        ("row 5", "verified"),
        ("row 6", "expired"),
        ("row 6", "unreachable"),
        ("row 7", "not_a_badge"),
        ("row 8", "not_a_badge"),
    ]
    assert [row["same_as"] for row in whole["rows"]] == [None, None, None, "row 2", *[None] * 4]
    assert "link: “Badge link 1”, “Badge link 2”" in whole["told"][0]
    assert "n/a" in whole["rows"][6]["report"]["error"]["says"]
    one = paired.get(f"/api/sweeps/{whole['id']}").json()
    assert (one["total"], one["ready"], one["seconds_left"]) == (8, 8, None)
    assert one["counts"]["verified"] == 2
    raw, lines = table(paired, whole["id"])
    assert raw.startswith('\ufeff"Candidate";"E-Mail"'.encode())  # as the list itself divides
    assert [line["Note"] for line in lines][:4] == ["first", "first", "", "the same again"]
    assert [line[f"{OURS}verdict"] for line in lines] == [word for _, word in words(whole)]
    assert lines[2][f"{OURS}recipient"] == "someone_else"
    paired.delete(f"/api/sweeps/{whole['id']}")


@BOTH
def test_the_table_is_sorted_and_filtered_by_its_address(
    served: Served, paired: httpx2.Client
) -> None:
    many = f"Pat,{GOOD}\n" * 150
    content = f"Name,Link\nzed,{EXPIRED}\nada,{REVOKED}\n{many}".encode()
    one = begun(paired, ("list.csv", content)).json()["id"]
    finished(paired, one)
    with served.client() as browser:
        browser.get(paired.post("/api/wallet/open", json={}).json()["path"])

        def first(query: str) -> list[str]:
            page = browser.get(f"/sweeps/{one}{query}")
            assert page.status_code == 200, query
            return re.findall(rf"/sweeps/{one}/rows/(\d+)\"", page.text)

        assert (first("")[:2], len(first(""))) == (["1", "2"], 100)
        assert first("?page=2")[-1] == "152"
        assert first("?sort=verdict")[:2] == ["2", "1"]
        assert first("?sort=verdict&down=1")[-1] == "102"
        assert first("?sort=person")[0] == "2"
        assert first("?sort=person&down=1")[0] == "1"
        assert first("?sort=expires")[0] == "1"
        assert first("?sort=expires&down=1")[0] == "1"
        assert first("?only=revoked") == ["2"]
        assert first(f"?only=nonsense&sort=x&page={'9' * 40}&down=2") == []
    paired.delete(f"/api/sweeps/{one}")


@pytest.mark.parametrize(
    ("content", "who", "email"),
    [
        (f"Vorname\tNachname\tE-Mail-Adresse\tNachweis\nAda\tLovelace\t{EMAIL}\t{GOOD}", 1, 1),
        (f"sep=|\r\nNom complet|Courriel|Lien du badge\r\nAda Lovelace|{EMAIL}|{GOOD}\r\n", 1, 1),
        (
            f'"الاسم الكامل","البريد الإلكتروني","رابط الشارة"\n"Ada Lovelace","{EMAIL}","{GOOD}"',
            1,
            1,
        ),
        (f"姓名,邮箱,网址\nAda Lovelace,{EMAIL},{GOOD}", 1, 1),
        (f"x,y,z\nAda Lovelace,{EMAIL},{GOOD}\nBob,b@x.org,{REVOKED}", 0, 0),
        (f"Ada Lovelace,{EMAIL},{GOOD}", 0, 1),
        (f"{GOOD}\n{REVOKED}\n", 0, 0),
    ],
    ids=["german", "french", "arabic", "chinese", "odd names", "no names", "links alone"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_lists_are_read_as_spreadsheets_write_them(
    paired: httpx2.Client, content: str, who: int, email: int, encoding: str
) -> None:
    if encoding != "utf-8" and not (who and email):
        return  # how columns are told by what is in them has nothing to do with the encoding
    answer = begun(paired, ("list.csv", content.encode(encoding)))
    assert answer.status_code == 201, answer.text
    identifier = answer.json()["id"]
    rows = paired.get(f"/api/sweeps/{identifier}/table.json").json()["rows"]
    assert rows[0]["source"] == GOOD
    assert rows[0]["asked"].get("names", []) == ["Ada Lovelace"] * who
    assert rows[0]["asked"].get("emails", []) == [EMAIL] * email
    assert paired.delete(f"/api/sweeps/{identifier}").status_code == 204


def test_an_address_that_may_be_anybodys_makes_nobody_a_stranger(paired: httpx2.Client) -> None:
    other = "bob@example.org"
    content = (
        f"Recruiter,E-Mail,Phone,Link\n{other},Ada <{EMAIL}>,n/a,{GOOD}\n{other},n/a,n/a,{GOOD}\n"
    ).encode()
    whole = swept(paired, ("list.csv", content))
    assert [row["asked"] for row in whole["rows"]] == [{"emails": [EMAIL], "exact": True}, {}]
    assert words(whole) == [("row 2", "verified"), ("row 3", "verified")]
    unnamed = swept(paired, ("list.csv", f"Bob Long,{other},{GOOD}\n".encode()))
    assert unnamed["rows"][0]["asked"]["exact"] is False
    assert words(unnamed) == [("row 1", "holder_unproven")]


def test_a_reader_says_what_a_column_is(paired: httpx2.Client) -> None:
    content = f"Who,Where\nAda Lovelace,{GOOD}\n".encode()
    whole = swept(paired, ("list.csv", content), Who="name", Where="link")
    assert whole["rows"][0]["asked"] == {"names": ["Ada Lovelace"], "exact": True}
    answer = begun(paired, ("list.csv", content), Whom="name")
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "columns_unknown")
    assert "“Who”, “Where”" in answer.json()["error"]["says"]
    assert begun(paired, ("list.csv", content), Who="boss").status_code == 422


def test_cells_are_no_formulas_and_read_back_as_they_stood(paired: httpx2.Client) -> None:
    cells = [
        *('=HYPERLINK("https://evil.example","x")', "@SUM(1)", "+cmd", "-1+1", "'=1", "''=1"),
        *(
            "\tx",
            "a\n=1+1",
            'say "=1"',
            "a;=1",
            "a,@b",
            " =1",
            "\uff1d1",
            "\ufeff=1",
            "\u200b\u2003@x",
            "plain",
            "it's",
            "",
        ),
    ]
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(["Name", "=Badge", "=1+1"])
    writer.writerows([f"{cell}", GOOD, cell] for cell in cells)
    given = target.getvalue().encode()
    whole = swept(paired, ("list.csv", given), **{"=Badge": "link"})
    raw, lines = table(paired, whole["id"])
    assert [as_it_was(line["'=1+1"]) for line in lines] == cells
    for line in lines:
        for cell in line.values():
            for sign in '\n;,"':
                for part in cell.split(sign):
                    assert not part.lstrip(" \ufeff\u200b\u2003").startswith(
                        ("=", "+", "-", "@", "\t", "\r")
                    ), cell
    again = swept(paired, ("back.csv", raw), **{"=Badge": "link"})
    assert [row["cells"] for row in again["rows"]] == [row["cells"] for row in whole["rows"]]
    assert not any(name.startswith(OURS) for row in again["rows"] for name in row["cells"])


def test_files_and_cvs_in_an_archive_are_rows_of_their_own(paired: httpx2.Client) -> None:
    packed = documents.archive(
        {
            "cvs/Mira.pdf": cvs.pdf(cases_cvs.CV),
            "badge.png": picture(GOOD.encode()),
            "notes.doc": b"nothing of the kind",
            "__MACOSX/._badge.png": b"dross",
            "people.csv": f"Name,Link\nAda,{GOOD}\n".encode(),
            "broken.csv": b'Name,Link\n"Ada',
        }
    )
    whole = swept(paired, ("everything.zip", packed))
    assert [row["row"] for row in whole["rows"]] == [
        *("cvs/Mira.pdf", "badge.png", "notes.doc", "people.csv, row 2", "broken.csv"),
    ]
    assert words(whole)[1:4] == [
        ("badge.png", "verified"),
        ("notes.doc", "not_a_badge"),
        ("people.csv, row 2", "holder_unproven"),
    ]
    assert "quotation" in whole["rows"][4]["report"]["error"]["says"]
    _, lines = table(paired, whole["id"])
    of_cv = [line for line in lines if line[f"{OURS}row"] == "cvs/Mira.pdf"]
    assert len(of_cv) == len(cases_cvs.LINES)
    assert {line[f"{OURS}person"] for line in of_cv} == {HOLDER}


def test_a_linkedin_export_is_about_its_member(paired: httpx2.Client) -> None:
    listed = f"{LINKEDIN}Weaving,{GOOD},Example College,May 2025,\nSewing,,Nobody,,1\n"
    packed = documents.archive(
        {
            "Certifications.csv": listed.encode(),
            "Profile.csv": b"First Name,Last Name,Headline\nAda,Lovelace,Weaver\n",
            "Email Addresses.csv": f"Email Address,Confirmed\n{EMAIL},Yes\n".encode(),
            "messages.csv": b"FROM,TO,CONTENT\na,b,https://example.org/secret\n",
        }
    )
    first, second = swept(paired, ("export.zip", packed))["rows"]
    assert (first["asked"]["names"], first["asked"]["emails"]) == (["Ada Lovelace"], [EMAIL])
    assert first["asked"]["claim"]["title"] == "Weaving"
    assert first["report"]["checks"][3]["code"] == "email_match"
    assert (second["source"], second["report"]["error"]["code"]) == ("", "not_a_badge")


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("list.csv", b"", "list_empty"),
        ("list.csv", b"\n \n", "list_empty"),
        ("list.csv", b'Name,Link\n"Ada', "list_damaged"),
        ("list.csv", b"a," * 300 + b"b\n", "list_size"),
        ("list.csv", b"Link\n" + b"https://a.example/badges/1\n" * 10_001, "list_size"),
        ("book.xlsx", documents.archive({"xl/workbook.xml": b"<x/>"}), "list_workbook"),
        ("x.zip", documents.archive({"../up.csv": b"Link\n"}), "zip_name"),
        ("x.zip", documents.archive({".hidden": b"x"}), "sweep_empty"),
    ],
    ids=["nothing", "blank", "damaged", "wide", "long", "a workbook", "a climber", "dross"],
)
def test_what_can_not_be_read_is_said_and_not_kept(
    paired: httpx2.Client, name: str, content: bytes, code: str
) -> None:
    before = len(paired.get("/api/sweeps").json()["sweeps"])
    answer = begun(paired, (name, content))
    assert answer.status_code in (400, 422), answer.text
    assert answer.json()["error"]["code"] == code
    assert len(paired.get("/api/sweeps").json()["sweeps"]) == before


@BOTH
def test_a_sweep_is_stopped_taken_up_and_asked_again(paired: httpx2.Client) -> None:
    whole = swept(paired, ("list.csv", f"Link\n{GOOD}\n{DOWN}\n{DOWN}\n".encode()))
    one = f"/api/sweeps/{whole['id']}"
    before = {row["place"]: row["checked_at"] for row in whole["rows"]}
    assert paired.post(f"{one}/again", json={}).status_code == 200
    assert finished(paired, whole["id"])["counts"] == {"verified": 1, "unreachable": 2}
    rows = paired.get(f"{one}/table.json").json()["rows"]
    assert rows[0]["checked_at"] == before[1]
    assert [row["same_as"] for row in rows] == [None, None, "row 3"]
    assert paired.post(f"{one}/stop", json={}).json()["stopped_at"] is None  # it is finished
    assert paired.post("/api/sweeps/none/stop", json={}).status_code == 404


@BOTH
def test_a_forgotten_sweep_leaves_nothing(served: Served, paired: httpx2.Client) -> None:
    for one in paired.get("/api/sweeps").json()["sweeps"]:
        paired.delete(f"/api/sweeps/{one['id']}")
    whole = swept(paired, ("list.csv", f"Name,Link\nZebedee Quill,{HOST}/nothing\n".encode()))
    assert words(whole)[0][1] == "unreachable"
    assert paired.delete(f"/api/sweeps/{whole['id']}").status_code == 204
    for one in metadata.tables:
        if one.startswith("sweep"):
            assert served.store.rows(f"SELECT * FROM {one}") == []  # noqa: S608
    if served.store.url is None:
        held = b"".join(one.read_bytes() for one in served.data.glob("wallet.sqlite3*"))
        assert b"Zebedee" not in held
    assert paired.get(f"/api/sweeps/{whole['id']}").status_code == 404
    assert paired.delete(f"/api/sweeps/{whole['id']}").status_code == 404

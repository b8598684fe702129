"""The owner's issuer lists through the command: kept as files, fetched from a server, in order."""

import json
import re
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.made.folder import as_json
from tests.made.issuers import MEADOW
from tests.server.owner import Serve, run
from tests.server.web import FakeWeb, answer

LIST = "https://lists.example/nursing.json"
ENTRY = {"id": MEADOW.did, "name": "The Makers", "policy": "trust"}


def made(name: str = "Makers", **members: object) -> dict[str, Any]:
    return {"name": name, "as_of": "2026-02-01", "scope": None, "issuers": [ENTRY], **members}


def trust(*arguments: str | Path) -> str:
    done = run("trust", *arguments)
    assert done.exit_code == 0, done.output
    return done.output


def verified(home: Path, *options: str | Path) -> tuple[str, dict[str, Any]]:
    """The verdict on the badge, and the answer to who issued it."""
    web = ("--documents", home / "web")
    done = run("verify", home / "badge.json", "--json", *web, *options)
    assert done.exit_code in (0, 1), done.output
    report = json.loads(done.output)
    return report["verdict"], report["checks"][2]


def put(home: Path, name: str, listed: object) -> Path:
    (home / name).write_bytes(as_json(listed))
    return home / name


def test_an_issuer_that_the_owner_allows_and_then_denies(home: Path) -> None:
    assert verified(home)[1]["code"] == "not_listed"
    trust("allow", "meadow-makers.example", "--name", "Meadow Makers")
    verdict, answered = verified(home, "--no-default-trust")
    assert (verdict, answered["code"]) == ("verified", "vouched")
    day = datetime.now(UTC).strftime("%-d %B %Y")
    assert answered["says"].startswith(f"“Your own list” ({day}) knows meadow-makers.example as")
    trust("deny", MEADOW.did, "--note", "Sold to me.")
    verdict, answered = verified(home, "--trust", put(home, "l.json", made()))
    assert (verdict, answered["code"]) == ("impostor", "denied")
    assert "“Sold to me.”" in answered["says"]
    trust("remove", MEADOW.did)
    assert verified(home)[0] == "verified"
    trust("remove", "meadow-makers.example")
    assert verified(home)[0] == "unvouched"


def test_a_domain_is_refused_with_all_below_it_and_allowed_alone(home: Path) -> None:
    trust("deny", "makers.example")
    assert verified(home)[1]["code"] == "not_listed"
    trust("allow", "www.meadow-makers.example")
    assert verified(home)[1]["code"] == "not_listed"


def test_the_owners_order_decides_the_name(home: Path) -> None:
    other = made("Others", issuers=[{**ENTRY, "name": "Meadow Co"}], as_of="2025-01-09")
    trust("add", put(home, "one.json", made()))
    trust("add", put(home, "two.json", other))
    assert verified(home)[1]["detail"]["name"] == "The Makers"
    trust("move", "Others", "1")
    answered = verified(home)[1]
    assert answered["detail"]["name"] == "Meadow Co"
    assert [one["name"] for one in answered["detail"]["lists"]] == ["Others", "Makers"]
    assert answered["detail"]["lists"][0] == {
        "name": "Others",
        "as_of": "2025-01-09",
        "scope": None,
        "policy": "trust",
        "called": "Meadow Co",
        "vouches": True,
    }
    given = put(home, "given.json", made("Given", issuers=[{**ENTRY, "name": "First"}]))
    assert verified(home, "--trust", given)[1]["detail"]["name"] == "First"
    shown = trust("list")
    assert re.search(r"1  Others.*\n +2  Makers", shown)
    assert "Touchstone's list" in shown


def test_the_owners_lists_go_before_the_shipped_ones(home: Path) -> None:
    college = "did:key:z6MksfP8fgyfeMdNkcFj9AzQA6Gy8ihdJ29n9hNSKwmCLVPJ"
    trust("allow", college, "--name", "A College")
    own = json.loads((home / "data" / "trust" / "own.json").read_bytes())
    assert own["issuers"] == [
        {"id": college, "name": "A College", "domains": [], "policy": "trust"}
    ]


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("makers.json", b"{", "makers.json"),
        ("makers.json", as_json(made(scope={"says": "nursing", "words": []})), "scope"),
        ("own.json", b'{"name": "Mine"}', "own.json"),
        ("order.json", b'{"lists": 7}', "order.json"),
        ("order.json", b'{"lists": [{"file": "../../x.json"}]}', "order.json"),
    ],
)
def test_a_damaged_file_is_a_sentence_and_no_verdict(
    home: Path, file: str, content: bytes, says: str
) -> None:
    trust("add", put(home, "one.json", made()))
    (home / "data" / "trust" / file).write_bytes(content)
    done = run("verify", home / "badge.json", "--documents", home / "web")
    assert done.exit_code == 2
    assert says in done.output
    assert "Traceback" not in done.output


def test_a_missing_file_is_said_and_can_be_left_out(home: Path) -> None:
    trust("add", put(home, "one.json", made()))
    (home / "data" / "trust" / "makers.json").unlink()
    done = run("verify", home / "badge.json", "--documents", home / "web")
    assert done.exit_code == 2
    assert "touchstone trust remove makers" in done.output
    assert run("trust", "list").exit_code == 1
    trust("remove", "makers")
    assert verified(home)[1]["code"] == "not_listed"


@pytest.mark.parametrize(
    "source",
    [
        *("http://lists.example/a.json", "https://user@lists.example/a.json", "ftp://x.example/a"),
        *("nothing.json", "badge.json"),
    ],
)
def test_what_is_no_list_is_refused(home: Path, source: str) -> None:
    done = run("trust", "add", source if "://" in source else home / source)
    assert done.exit_code == 1
    assert done.output.startswith("Error: ")
    assert "Traceback" not in done.output
    assert "You keep no lists" in trust("list")


@pytest.mark.parametrize("issuer", ["meadow", "http://meadow.example", "did:web:", "", "a b.c"])
def test_what_names_no_issuer_is_refused(home: Path, issuer: str) -> None:
    done = run("trust", "allow", issuer)
    assert done.exit_code == 1
    assert "is no issuer" in done.output
    assert not (home / "data").exists()


# --- fetched from a server ---


def added(url: str) -> None:
    trust("add", url)


def page(value: object) -> bytes:
    return answer(as_json(value), Content_Type="application/json")


def order(home: Path) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(
        (home / "data" / "trust" / "order.json").read_bytes()
    )["lists"]
    return listed


def aged(home: Path, days: int) -> None:
    """As if every list had been fetched `days` ago."""
    lists = order(home)
    for one in lists:
        one["fetched_at"] = (datetime.now(UTC) - timedelta(days=days)).strftime(
            "%Y-%m-%dT%H:%M:%SZ"
        )
    (home / "data" / "trust" / "order.json").write_text(json.dumps({"lists": lists}))


def test_a_list_from_a_server_counts_and_is_kept_with_its_date_and_hash(
    home: Path, serving: Serve
) -> None:
    web = FakeWeb({"/nursing.json": page(made(as_of=None))})
    serving(web, partial(added, LIST))
    (kept,) = order(home)
    assert (kept["url"], len(kept["sha256"])) == (LIST, 64)
    verdict, answered = verified(home)
    assert (verdict, answered["code"]) == ("verified", "vouched")
    today = datetime.now(UTC).strftime("%-d %B %Y")
    assert f"“Makers” ({today}) knows" in answered["says"]
    (request,) = web.requests
    assert b"\r\nCookie" not in request


def test_a_list_is_asked_for_again_after_a_day_and_counts_for_a_week(
    home: Path, serving: Serve
) -> None:
    web = FakeWeb({"/nursing.json": page(made())})

    def live() -> dict[str, Any]:
        done = run("verify", home / "badge.json", "--json")
        answered: dict[str, Any] = json.loads(done.stdout)["checks"][2]
        return answered

    def steps() -> None:
        trust("add", LIST)
        web.replies["/.well-known/did.json"] = answer(
            as_json(MEADOW.did_document()), Content_Type="application/did+json"
        )
        assert live()["code"] == "vouched"
        assert [one.count(b"nursing") for one in web.requests].count(1) == 1
        aged(home, 2)
        web.replies["/nursing.json"] = page(made("Makers anew"))
        assert "“Makers anew”" in live()["says"]
        aged(home, 2)
        web.replies["/nursing.json"] = answer(b"", "503 Service Unavailable")
        assert "“Makers anew”" in live()["says"]
        assert order(home)[0]["error"] == "it answers 503"
        aged(home, 8)
        answered = live()
        assert answered["code"] == "registry_unread"
        assert answered["detail"]["unread"] == ["Makers anew"]
        assert "“Makers anew” could not be read" in answered["says"]
        assert "too long ago to go by" in run("trust", "list").output
        web.replies["/nursing.json"] = page(made())
        trust("refresh")
        assert live()["code"] == "vouched"

    serving(web, steps)


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (answer(b"", "404 Not Found"), "it answers 404"),
        (answer(b"", "302 Found", Location="http://lists.example/b"), "away from https"),
        (answer(b" " * (2**20 + 1), Content_Type="application/json"), "larger than 1 MiB"),
    ],
)
def test_a_list_that_never_could_be_read_is_named_and_nothing_concluded(
    home: Path, serving: Serve, reply: bytes, says: str
) -> None:
    def steps() -> None:
        done = run("trust", "add", LIST)
        assert done.exit_code == 1
        assert says in done.output

    serving(FakeWeb({"/nursing.json": reply}), steps)
    verdict, answered = verified(home)
    assert (verdict, answered["code"]) == ("unvouched", "registry_unread")
    assert LIST in answered["says"]
    trust("allow", "meadow-makers.example")
    verdict, answered = verified(home)
    assert verdict == "verified"
    assert LIST in answered["says"], "a list that could not be read is named all the same"
    trust("remove", LIST)
    trust("remove", "meadow-makers.example")
    assert verified(home)[1]["code"] == "not_listed"


def test_an_answer_that_is_no_list_is_not_kept(home: Path, serving: Serve) -> None:
    def steps() -> None:
        done = run("trust", "add", LIST)
        assert done.exit_code == 1
        assert done.output.startswith("Error: ")

    serving(FakeWeb({"/nursing.json": page({"hello": "world"})}), steps)
    assert "You keep no lists" in trust("list")


def test_a_fetched_list_that_was_changed_on_disk_does_not_count(home: Path, serving: Serve) -> None:
    serving(FakeWeb({"/nursing.json": page(made())}), partial(added, LIST))
    file = home / "data" / "trust" / order(home)[0]["file"]
    file.write_bytes(as_json(made(issuers=[{**ENTRY, "name": "Somebody Else"}])))
    done = run("verify", home / "badge.json", "--documents", home / "web")
    assert done.exit_code == 2
    assert "SHA-256 differs" in done.output


def test_nothing_is_fetched_with_a_documents_folder(home: Path, serving: Serve) -> None:
    web = FakeWeb({"/nursing.json": page(made())})

    def steps() -> None:
        trust("add", LIST)
        aged(home, 3)
        assert verified(home)[1]["code"] == "vouched"
        aged(home, 9)
        assert verified(home)[1]["code"] == "registry_unread"

    serving(web, steps)
    assert len(web.requests) == 1


def test_no_list_takes_the_name_of_another(home: Path) -> None:
    for name in ("Your own list", "your  OWN list", "Touchst\u043ene's list"):
        done = run("trust", "add", put(home, "borrowed.json", made(name)))
        assert done.exit_code == 1
        assert "must give it a name of its own" in " ".join(done.output.split())


def test_a_list_called_like_anothers_file_is_not_taken_for_it(home: Path) -> None:
    trust("add", put(home, "one.json", made("b")))
    trust("add", put(home, "two.json", made("a.json")))
    trust("add", put(home, "three.json", made("A")))
    before = trust("list")
    trust("move", "a.json", "1")
    assert "\u201ca\u201d" in trust("remove", "a.json"), before


@pytest.mark.parametrize("shared", ["github.io", "co.uk", "s3.amazonaws.com"])
def test_nobody_is_judged_by_a_domain_that_strangers_share(home: Path, shared: str) -> None:
    for does in ("allow", "deny"):
        done = run("trust", does, shared)
        assert done.exit_code == 1
        assert "many publish" in " ".join(done.output.split())

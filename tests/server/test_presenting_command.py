"""Asking and presenting at two terminals, with files between them."""

import json
import re
from pathlib import Path

from tests.made.credentials import badge, by
from tests.made.folder import as_json
from tests.made.issuers import MEADOW
from tests.server.owner import run


def test_one_asks_and_another_presents(home: Path, tmp_path: Path) -> None:
    did = run("wallet", "key").output.strip()
    mine = by(MEADOW, badge(MEADOW, "Weaving", subject=did))
    (home / "mine.json").write_bytes(as_json(mine))
    web = ("--documents", home / "web")
    assert run("wallet", "import", home / "mine.json", home / "badge.json", *web).exit_code == 0
    ids = {
        name: one for one, name in re.findall(r"^(\S+) +.*?(Weaving|Data Literacy)", listed(), re.M)
    }

    asker = ("--data", tmp_path / "asker")
    asks = ("--domain", "careers.example", "--reason", "Your badges", "--email", "m@x.example")
    asked = run("ask", *asks, "--output", home / "request.json", *asker)
    assert asked.exit_code == 0, asked.output
    request = json.loads((home / "request.json").read_text("utf-8"))
    assert "m@x.example" not in json.dumps(request)
    seen = run("wallet", "present", home / "request.json")
    assert "careers.example asks you to present badges" in seen.output
    assert "Weaving" in seen.output

    answer = home / "answer.json"
    presenting = ("wallet", "present", home / "request.json", *ids.values(), "--output", answer)
    done = run(*presenting)
    assert done.exit_code == 0, done.output
    assert "counts for careers.example alone" in done.output
    held = ("--challenge", request["challenge"], "--domain", "careers.example")
    checked = run("verify", answer, *held, *web, "--json")
    report = json.loads(checked.output)
    assert report["checks"][0]["detail"]["holder_proven"] is True
    told = {one["credential"]["name"]: one["checks"][3] for one in report["bundle"]}
    assert told["Weaving"]["code"] == "did_match"
    assert told["Weaving"]["detail"]["presenter"] == "recipient"
    assert told["Data Literacy"]["detail"]["presenter"] == "not_named"


def listed() -> str:
    return run("wallet", "list").output


def test_what_is_wrong_is_said_in_a_sentence(home: Path) -> None:
    (home / "request.json").write_text('{"query": {"type": "DIDAuthentication"}}', "utf-8")
    for arguments, says in (
        (("wallet", "present", home / "request.json"), "has no “challenge”"),
        (("wallet", "present", home / "nothing.json"), "There is no file"),
        (("wallet", "present", "https://careers.example/ask/1"), "does not say what is asked"),
        (("ask",), "Give the domain"),
    ):
        done = run(*arguments)
        assert (done.exit_code, says in done.output) == (2, True), done.output

"""What is handed on tells nothing that its owner kept for themselves, and nobody makes it say more
than was found.
"""

from __future__ import annotations

import base64
import json
from pathlib import Path

from tests.made.folder import as_json
from tests.server.owner import home, run

__all__ = ["home"]


def test_a_receipt_holds_the_owners_list_without_notes_that_no_answer_quotes(home: Path) -> None:
    own = home / "data" / "trust" / "own.json"
    own.parent.mkdir(parents=True, mode=0o700)
    entries = [
        {
            "id": "did:web:meadow-makers.example",
            "name": "Meadow",
            "policy": "trust",
            "note": "PRIVATE-1",
        },
        {
            "id": "did:web:meadow-makers.example",
            "name": "Meadow",
            "policy": "deny",
            "note": "SAID-ALOUD",
        },
        {"id": "did:web:other.example", "name": "X", "policy": "deny", "note": "PRIVATE-2"},
    ]
    listed = {"name": "Mine", "scope": None, "issuers": entries, "comment": "PRIVATE-3"}
    own.write_bytes(as_json(listed))
    other = home / "other.json"
    other.write_bytes(as_json({**listed, "name": "Another", "issuers": entries[2:]}))
    asked = ("--documents", "web", "--trust", other, "--json", "--receipt", "r.json")
    done = run("verify", "badge.json", *asked, folder=home)
    assert json.loads(done.stdout)["verdict"] == "impostor", done.output
    file = json.loads((home / "r.json").read_bytes())
    (signed,) = file["receipts"]
    assert [one["name"] for one in signed["lists"]][:2] == ["Another", "Mine"]
    held = b"".join(base64.b64decode(one) for one in file["bodies"].values())
    assert b"SAID-ALOUD" in held
    assert b"PRIVATE" not in held
    again = run("replay", "r.json", "--json", folder=home)
    (found,) = map(json.loads, again.stdout.splitlines())
    assert (again.exit_code, found["same"]) == (0, True)
    assert [one["shipped"] for one in found["lists"]] == [False, False, True, True, True]

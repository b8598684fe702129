"""What the tests of importing bring in, and a web for which it is real."""

from __future__ import annotations

from pathlib import Path

from tests.made import backups, cases_credly, cases_cvs
from tests.made.assertions import assertion, hosted
from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.credentials import badge, by
from tests.made.folder import Answer, answered, as_json, write_web
from tests.made.issuers import HARBOUR, MEADOW, RIVERSIDE, issuer_list

COLLEGE = by(RIVERSIDE, good())
MAKERS = by(MEADOW, badge(MEADOW, "Hand Tools"))
LOOM, BOAT = assertion("Loom Setting"), assertion("Boat Mending")
#: An assertion of 2012 (OB 0.5), which names no place of its own, at a host that has died.
OLD = {
    "recipient": "mira.solano@portfolio.example",
    "issued_on": "2012-03-01",
    "badge": {
        "version": "0.5.0",
        "name": "Old Rope",
        "image": "https://gone.example/rope.png",
        "description": "Splices a rope.",
        "criteria": "https://gone.example/rope",
        "issuer": {"origin": "https://gone.example", "name": "Rope Walk"},
    },
}
WEB = {
    **COLLEGE_WEB,
    **MEADOW.web(),
    **hosted(LOOM, "Loom Setting", HARBOUR),
    **hosted(BOAT, "Boat Mending", HARBOUR),
    **cases_cvs.web(),
    f"{cases_credly.PROFILE}/badges.json?page=1&page_size=48": answered(
        {
            "data": [
                {
                    "id": cases_credly.ONE,
                    "public": True,
                    "badge_template": {"name": cases_credly.NAME},
                }
            ],
            "metadata": {"total_count": 1},
        }
    ),
    "https://slow.example/badge": Answer(error="timeout"),
}
LOCKED = backups.locked_wallet(as_json([backups.universal_wallet(COLLEGE, MAKERS)]))


def options(folder: Path) -> tuple[str, ...]:
    """Options by which that web is the whole web, and the college is known."""
    write_web(folder / "web", WEB)
    (folder / "trust.json").write_bytes(as_json(issuer_list()))
    web = ("--documents", str(folder / "web"), "--trust", str(folder / "trust.json"))
    return (*web, "--no-default-trust")

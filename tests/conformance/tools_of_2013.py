"""Cases of the tools of 2013: an extension that verified, a baking service, a platform's API."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conformance.case import Case

CHROME = "verifier-chrome-2013"
BAKERY = "mozilla-openbadges-bakery-service"
FACTORY = "moodle-local-obf"
_JSON = {"status": 200, "content_type": "application/json"}
_HOST = "https://badges.webmaker.org"
_BAKERY_HOST = "https://bakery.example"
_EXPIRED = "Open Badges 0.5, `expires`: the first of June 2013 is over"
_HOSTED = "Open Badges 1.0: hosted where `verify.url` says, by the host that its issuer names"
_NO_AWARD = "The contract, section 2: what a platform tells its own programs is nobody's award"


def extension(material: Path) -> Iterator[Case]:
    """The extension's recipients, hashed in every way of 2012, each at an address of its issuer."""
    folder = material / CHROME
    for line in (folder / "cases.jsonl").read_text().splitlines():
        row = json.loads(line)
        name, email = row["input"]["file"], row["options"]["email"]
        word = {"recipient_match": "valid"}.get(
            row["expected"]["verdict"], row["expected"]["verdict"]
        )
        urls: dict[str, Mapping[str, Any]] = {
            address: {**_JSON, "file": file.split()[0]}
            for address, file in (row["http"] or {}).items()
        }
        given: bytes | str = (folder / name).read_bytes()
        if name.endswith(".json"):
            given = f"{_HOST}/{name}"
            urls[given] = {**_JSON, "file": name}
        yield Case(
            id=row["id"],
            source=CHROME,
            input=given,
            name=name,
            urls=urls,
            files_root=folder,
            expected=word,
            options={"recipient_profile": {"email": email}} if email else {},
            rows=(f"{CHROME}/{name}", f"{CHROME}/cases.jsonl"),
        )


def baking_service(material: Path) -> Iterator[Case]:
    """The service's own demonstration badges, their blanks filled in as the service does."""
    folder = material / BAKERY / "assertions"
    answers = {}
    for path in sorted(folder.glob("*.json")):
        address = f"{_BAKERY_HOST}/assertions/{path.name}"
        text = path.read_text()
        for blank, value in (
            ("self", address),
            ("assertions", f"{_BAKERY_HOST}/assertions"),
            ("static", f"{_BAKERY_HOST}/static"),
            ("host", _BAKERY_HOST),
            ("origin", _BAKERY_HOST),
        ):
            text = text.replace(f"{{{{ {blank} }}}}", value)
        answers[address] = {**_JSON, "content": text.encode()}
    for name, word, clause in (
        ("demo", "valid", _HOSTED),
        ("test-1.0", "valid", _HOSTED),
        ("test-0.5", "expired", _EXPIRED),
    ):
        address = f"{_BAKERY_HOST}/assertions/{name}.json"
        yield Case(
            id=f"{BAKERY}/assertions/{name}.json",
            source=BAKERY,
            input=address,
            name=name,
            urls=answers,
            files_root=folder,
            expected=word,
            clause=clause,
        )


def factory(material: Path) -> Iterator[Case]:
    """What Open Badge Factory answers to a platform: events and badge classes, never an award."""
    for path in sorted((material / FACTORY).glob("*.json")):
        yield Case(
            id=f"{FACTORY}/{path.name}",
            source=FACTORY,
            input=path.read_bytes(),
            name=path.name,
            urls={},
            files_root=path.parent,
            expected="baked",
            clause=_NO_AWARD,
        )

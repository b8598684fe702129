"""Wallets of any size, filled at once: made-up cards as they stand after their first check."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from verifier.report import Verdict
from wallet_server.demo import FOLDER as DEMO
from wallet_server.store import search
from wallet_server.store.database import Database
from wallet_server.store.schema import cards, checks, copies, credentials, tags, thumbnails
from wallet_server.thumbnails import thumbnail

BEGINNING = datetime(2019, 1, 1, tzinfo=UTC)
SUBJECTS = (
    "Weaving",
    "Tide Tables",
    "Bookbinding",
    "Statistics",
    "First Aid",
    "Joinery",
    "Glazing",
)
LEVELS = ("Foundations", "Associate", "Practitioner", "Professional", "Expert")
#: Most of a real wallet holds; every verdict is in it.
VERDICTS = (*[Verdict.VERIFIED] * 12, *Verdict)
ISSUERS, TAGS = 120, ("work", "portfolio", "to renew", "volunteering")


def fill(database: Database, count: int) -> None:
    """Put `count` cards into an empty wallet, one saved each hour."""
    rows: dict[Any, list[dict[str, Any]]] = {}
    picture = thumbnail((DEMO / "badges" / "data-literacy.png").read_bytes())
    assert picture is not None
    for number in range(1, count + 1):
        for table, row in _card(number, picture.content):
            rows.setdefault(table, []).append(row)
    with database.writing() as connection:
        for table in (cards, credentials, copies, checks, thumbnails, tags):
            connection.execute(insert(table), rows[table])
        for row in rows[checks]:
            search.put(connection, row["number"], row["report"])


def _card(number: int, picture: bytes) -> Iterator[tuple[Any, dict[str, Any]]]:
    identifier = hashlib.sha256(str(number).encode()).hexdigest()[:32]
    saved = _moment(BEGINNING + timedelta(hours=number))
    issuer = f"College {number * number % ISSUERS}"
    shown = {
        "name": f"{SUBJECTS[number % 7]}, {LEVELS[number % 5]} {number}",
        "issuer": issuer,
        "verdict": VERDICTS[number * 7 % len(VERDICTS)].value,
        "headline": f"{issuer} issued this. In force; it does not expire.",
        "saved_at": saved,
    }
    dates = {"issued": _moment(BEGINNING + timedelta(hours=number // 2)), "expires": None}
    kind = ("badge", "certificate", "course")[number % 3]
    yield cards, {"number": number, "lead": identifier, "kind": kind, "note": "", **shown, **dates}
    yield (
        credentials,
        {
            "id": identifier,
            "sha256": hashlib.sha256(identifier.encode()).hexdigest(),
            "card": number,
            "checked_at": saved,
            **shown,
        },
    )
    said: dict[str, Any] = {"credential_id": identifier, "media_type": "application/json"}
    said |= {"sha256": identifier * 2, "content": b"{}", "source": f"badge-{number}.json"}
    yield copies, said | {"number": number, "received_at": saved}
    found = {"number": number, "credential_id": identifier, "at": saved, "confirmed_at": saved}
    report = json.dumps(_report(number, shown, kind, dates))
    yield checks, found | {"verdict": shown["verdict"], "report": report, "origin": "here"}
    yield (
        thumbnails,
        {"credential_id": identifier, "media_type": "image/webp", "content": picture},
    )
    if number % 4 == 0:
        yield tags, {"card": number, "tag": TAGS[number // 4 % 4]}


def _report(number: int, shown: dict[str, Any], kind: str, dates: dict[str, Any]) -> dict[str, Any]:
    """The parts of a report that a list or a search reads."""
    subject = SUBJECTS[number % 7]
    return {
        "headline": shown["headline"],
        "verdict": shown["verdict"],
        "checks": [],
        "bundle": [],
        "credential": {
            "name": shown["name"],
            "kind": kind,
            **dates,
            "description": f"Earners of this badge know {subject} and have shown it in practice.",
            "issuer": {"name": shown["issuer"], "proven": "badges.example.edu"},
            "criteria": {"text": f"Finish {number % 30 + 1} units of {subject} and an exam."},
            "skills": [{"name": f"{subject} {step}"} for step in ("theory", "practice", "tools")],
            "image": None,
        },
    }


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")

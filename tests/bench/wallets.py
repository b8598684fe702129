"""Wallets of any size, filled at once: made-up cards as they stand after their first check."""

# ruff: noqa: S608 - every part of these statements is written here

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert

from verifier.report import Verdict
from wallet_server.demo import FOLDER as DEMO
from wallet_server.store import blocks, search
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
#: A moment `{}` hours after the beginning.
_LATER = {
    "sqlite": "strftime('%Y-%m-%dT%H:%M:%fZ', '2019-01-01', ({}) || ' hours')",
    "postgresql": "to_char(timestamp '2019-01-01' + ({}) * interval '1 hour', "
    """'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')""",
}


def fill(
    database: Database, count: int, place: Callable[[int], tuple[int, int]] = lambda one: (one, one)
) -> None:
    """Put `count` cards into an empty wallet, one saved each hour; or with the number, and at the
    hour, that `place` gives each.
    """
    rows: dict[Any, list[dict[str, Any]]] = {}
    picture = thumbnail((DEMO / "badges" / "data-literacy.png").read_bytes())
    assert picture is not None
    for number in range(1, count + 1):
        for table, row in _card(*place(number), picture.content):
            rows.setdefault(table, []).append(row)
    with database.writing() as connection:
        for table in (cards, credentials, copies, checks, thumbnails, tags):
            connection.execute(insert(table), rows[table])
        for row in rows[checks]:
            search.put(connection, row["number"], row["report"])


def grow(database: Database, count: int, times: int) -> None:
    """Make a wallet that was filled with `count` cards `times` as large: every card again and
    again, an hour later each, as far as lists and searches read it.
    """
    with database.writing() as connection:
        for statement in _growing(connection.dialect.name, count, times):
            connection.exec_driver_sql(statement)


def _growing(dialect: str, count: int, times: int) -> Iterator[str]:
    is_file = dialect == "sqlite"
    series = (
        f"WITH RECURSIVE more(again) AS (SELECT 1 UNION ALL SELECT again + 1 FROM more "
        f"WHERE again < {times - 1})"
    )
    number, block = f"number + {count} * again", f"({count} * again + {{}}) / {blocks.SIZE}"
    later = _LATER[dialect].format(number)
    digest = "lower(hex(randomblob(16)))" if is_file else "md5({} || again)"
    first = ord(blocks.letter(0))
    letter = "char({})" if is_file else "chr({})"
    key = "search.rowid" if is_file else "search.card"
    old, new = letter.format(first), letter.format(f"{first} + {block.format(key)}")
    words = f"words, replace(placed, {old}, {new})"
    if not is_file:
        words = f"CAST(replace(CAST(words AS text), {old}, {new}) AS tsvector)"
    shown = "name, issuer, verdict, headline, saved_at"
    yield (
        f"INSERT INTO cards {series} SELECT {number}, {digest.format('lead')}, name, issuer, kind, "
        f"verdict, headline, {later}, expires, {later}, note FROM cards, more"
    )
    yield (
        f"INSERT INTO credentials (id, sha256, card, name, issuer, verdict, headline, saved_at, "
        f"checked_at) SELECT lead, lead || lead, number, {shown}, saved_at FROM cards "
        f"WHERE number > {count}"
    )
    yield f"INSERT INTO tags {series} SELECT card + {count} * again, tag FROM tags, more"
    yield (
        f"INSERT INTO search ({'rowid, words, placed' if is_file else 'card, words'}) {series} "
        f"SELECT {key} + {count} * again, {words} FROM search, more"
    )
    yield "DELETE FROM blocks"
    yield (
        f"INSERT INTO blocks SELECT number / {blocks.SIZE}, min(saved_at), max(saved_at) "
        f"FROM cards GROUP BY number / {blocks.SIZE}"
    )
    yield "ANALYZE"


def _card(number: int, hours: int, picture: bytes) -> Iterator[tuple[Any, dict[str, Any]]]:
    identifier = hashlib.sha256(str(number).encode()).hexdigest()[:32]
    saved = _moment(BEGINNING + timedelta(hours=hours))
    issuer = f"College {number * number % ISSUERS}"
    shown = {
        "name": f"{SUBJECTS[number % 7]}, {LEVELS[number % 5]} {number}",
        "issuer": issuer,
        "verdict": VERDICTS[number * 7 % len(VERDICTS)].value,
        "headline": f"{issuer} issued this. In force; it does not expire.",
        "saved_at": saved,
    }
    dates = {"issued": _moment(BEGINNING + timedelta(hours=hours // 2)), "expires": None}
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

"""The wallet as rows in one order: each belongs to the nearest row above it that can hold it.

`owner`, `pathway` and `unread` stand alone. A `card` holds credentials; a `credential` holds
copies, checks and events; a `check` holds the documents it rested on.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, RowMapping, Table, func, select

from wallet_server.leaving import layout
from wallet_server.store import schema
from wallet_server.store.events import TOLD
from wallet_server.store.lineage import APART
from wallet_server.store.schema import cards, checks, copies, credentials, documents

#: Cards that are read at once.
_CHUNK = 100
#: What is said of a copy, a document and so on, apart from what it belongs to and its content.
_COPY = ("sha256", "media_type", "source", "received_at")
_DOCUMENT = ("url", "accept", "at", "status", "content_type", "final_url", "error", "sha256")
_EVENT = ("at", "code", "says", "seen_at", "sent_at")
_UNREAD = ("id", "sha256", "label", "why", "received_at")


class Body(Struct, frozen=True):
    """A file of the archive: where it lies there, and the row of the wallet that has its bytes."""

    path: str
    table: str
    key: int | str


Rows = Iterator[tuple[str, dict[str, Any], Body | None]]


def rows(connection: Connection) -> Rows:
    """Every row: its kind, its values, and the file that it names if it names one."""
    owner = connection.execute(select(schema.owner)).mappings()
    for row in sorted(owner, key=lambda one: (one["kind"], one["value"])):
        yield "owner", {"kind": row["kind"], "value": row["value"]}, None
    drawn = connection.execute(select(schema.pathways)).mappings()
    for row in sorted(drawn, key=lambda one: str(one["id"])):
        values = {"id": row["id"], "name": row["name"], "changed_at": row["changed_at"]}
        yield "pathway", {**values, "document": json.loads(row["document"])}, None
    yield from _unread(connection)
    order = _card_order(connection)
    for start in range(0, len(order), _CHUNK):
        yield from _Chunk(connection, order[start : start + _CHUNK]).rows()


def _unread(connection: Connection) -> Rows:
    table = schema.unread
    found = connection.execute(select(*(table.c[name] for name in _UNREAD))).mappings()
    for row in sorted(found, key=lambda one: (one["received_at"], one["sha256"])):
        path = layout.unread_path(row["sha256"])
        yield "unread", {**_taken(row, _UNREAD), "file": path}, Body(path, "unread", row["id"])


def _card_order(connection: Connection) -> list[int]:
    """The numbers of all cards, by what is in them and not by which numbers they have."""
    first = (func.min(credentials.c.saved_at), func.min(credentials.c.sha256))
    query = select(credentials.c.card, *first).group_by(credentials.c.card)
    found = [tuple(row) for row in connection.execute(query)]
    return [card for card, *_ in sorted(found, key=lambda one: (one[1], one[2]))]


class _Chunk:
    """Some cards with all that belongs to them, read in a handful of queries."""

    def __init__(self, connection: Connection, numbers: list[int]) -> None:
        self._numbers = numbers
        held = select(credentials.c.id).where(credentials.c.card.in_(numbers))
        made = select(checks.c.number).where(checks.c.credential_id.in_(held))

        def of(table: Table, column: str, whose: Any, *, without: str = "") -> _Held:  # noqa: ANN401
            chosen = [one for one in table.c if one.name != without]
            query = select(*chosen).where(table.c[column].in_(whose))
            found: _Held = defaultdict(list)
            for row in connection.execute(query).mappings():
                found[row[column]].append(row)
            return found

        self._cards = of(cards, "number", numbers)
        self._tags = of(schema.tags, "card", numbers)
        self._credentials = of(credentials, "card", numbers)
        self._copies = of(copies, "credential_id", held, without="content")
        self._lineage = of(schema.lineage, "credential_id", held)
        self._checks = of(checks, "credential_id", held)
        self._events = of(schema.events, "credential_id", held)
        self._documents = of(documents, "check", made)

    def rows(self) -> Rows:
        """The rows of each card, in the order in which the cards were asked for."""
        for number in self._numbers:
            tags = sorted(row["tag"] for row in self._tags[number])
            yield "card", {"note": self._cards[number][0]["note"], "tags": tags}, None
            held = self._credentials[number]
            for row in sorted(held, key=lambda one: (one["saved_at"], one["sha256"])):
                yield from self._credential(row)

    def _credential(self, row: RowMapping) -> Rows:
        found = _in_order(self._checks[row["id"]], "at")
        words = (one["award"] for one in self._lineage[row["id"]])
        apart = sorted(word for word in words if word.startswith(APART))
        yield "credential", {**_taken(row, ("id", "sha256", "saved_at")), "apart": apart}, None
        name = json.loads(found[-1]["report"])["credential"]["name"] if found else None
        for copy in _in_order(self._copies[row["id"]], "received_at"):
            path = layout.credential_path(name, copy["sha256"], copy["media_type"])
            values = {**_taken(copy, _COPY), "file": path}
            yield "copy", values, Body(path, "copies", copy["number"])
        for check in found:
            yield from self._check(check)
        for event in _in_order(self._events[row["id"]], "at"):
            detail = json.loads(event["detail"])
            there = detail.pop(TOLD, {})  # as it was where it happened
            yield "event", {**_taken(event, _EVENT), **there, "detail": detail}, None

    def _check(self, row: RowMapping) -> Rows:
        values = _taken(row, ("at", "confirmed_at"))
        yield "check", {**values, "report": json.loads(row["report"])}, None
        rested_on = self._documents[row["number"]]
        for document in sorted(rested_on, key=lambda one: (one["url"], one["accept"])):
            body = layout.document_path(document["sha256"])
            yield "document", _taken(document, _DOCUMENT), Body(body, "blobs", document["sha256"])


_Held = defaultdict[Any, list[RowMapping]]


def _taken(row: RowMapping, names: Sequence[str]) -> dict[str, Any]:
    return {name: row[name] for name in names}


def _in_order(found: list[RowMapping], moment: str) -> list[RowMapping]:
    """By when it was, and within a moment in the order in which it was noted."""
    return sorted(found, key=lambda one: (one[moment], one["number"]))

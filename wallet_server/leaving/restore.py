"""An export taken back: all of it or, where anything is wrong with it, nothing.

What the wallet holds stays as it is; the export only adds to it. Nothing in an export makes a badge
verified: its checks become history (`origin` is `backup`), and every credential that was not
checked here shows as not established until it is, for which it is due at once.
"""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from typing import Any, BinaryIO

import anyio
from msgspec import Struct
from sqlalchemy import Connection, Table, func, insert, select, update

from verifier.errors import Malformed
from verifier.model import Identity
from verifier.ports import Workers
from verifier.report import Verdict
from wallet_server import wire
from wallet_server.leaving import layout
from wallet_server.leaving.identities import identities
from wallet_server.leaving.taking import opened
from wallet_server.leaving.unpacking import Archive
from wallet_server.lineage.facts import REFUSED
from wallet_server.stacks import pathway
from wallet_server.store import cards, checks, events, owner, schema, unchecked
from wallet_server.store.database import Database
from wallet_server.store.errors import OutOfReach
from wallet_server.store.schema import BACKUP, credentials
from wallet_server.store.wallet import PICTURES, media_type

#: The types by which what was received is served again.
_TYPES = frozenset((*PICTURES, media_type("json"), media_type("")))


class Restored(Struct, frozen=True):
    """What came of it: credentials that are new here, those that were here already, and how many
    files that could not be read were added.
    """

    new: int
    held: int
    unread: int


async def restore(
    database: Database,
    file: BinaryIO,
    workers: Workers,
    now: datetime,
    passphrase: str | None = None,
) -> Restored:
    """Add everything in the export `file` to the wallet, at `now` in UTC.

    Raises `Malformed` (`backup.…`, `passphrase.…`, `sealed.…`, `restore.full`); the wallet is then
    as it was.
    """
    archive = await anyio.to_thread.run_sync(Archive, await opened(file, passphrase))
    known_by = await identities(archive, workers)
    try:
        return await anyio.to_thread.run_sync(_write, database, archive, known_by, now)
    except Malformed as error:
        if error.reason != "restore.full":  # what was written before it was refused goes for good
            await anyio.to_thread.run_sync(database.scrub)
        raise


def _write(database: Database, archive: Archive, known_by: list[str], now: datetime) -> Restored:
    try:
        with database.writing() as connection:
            writer = _Writer(connection, archive, known_by, now)
            for kind, values in archive.rows():
                writer.take(kind, values)
            return writer.finish()
    except OutOfReach as error:
        says = (
            "Nothing was restored: the wallet could not be written. Make room on its disk, or wait "
            "until other programs are done with it, and try again."
        )
        raise Malformed("restore.full", says) from error


class _Writer:
    """Takes the rows in their order; what a row belongs to is the nearest above it."""

    def __init__(
        self, connection: Connection, archive: Archive, known_by: list[str], now: datetime
    ) -> None:
        self._connection = connection
        self._archive = archive
        self._known_by = iter(known_by)
        self._now = now
        self._counts = {"new": 0, "held": 0, "unread": 0}
        self._card_values: dict[str, Any] = {}
        self._card: int | None = None
        self._credential, self._is_new = "", False
        self._check: int | None = None
        self._touched: set[int] = set()
        self._identities: list[Identity] = []
        self._bodies: set[str] = set()

    def take(self, kind: str, values: dict[str, Any]) -> None:
        """Add one row, unless the wallet has it."""
        does = {
            "owner": self._owner,
            "pathway": self._pathway,
            "unread": self._unread,
            "card": self._new_card,
            "credential": self._new_credential,
            "copy": self._copy,
            "check": self._new_check,
            "event": self._event,
            "document": self._document,
        }
        does[kind](values)

    def finish(self) -> Restored:
        """Let the cards say what their credentials do. Who the owner is follows from an export only
        where nobody has said it here.
        """
        if not owner.known(self._connection):
            owner.put(self._connection, tuple(self._identities), self._now)
        for number in sorted(self._touched):
            cards.refresh(self._connection, number)
        return Restored(**self._counts)

    def _owner(self, values: dict[str, Any]) -> None:
        self._identities.append(owner.read(values["kind"], values["value"]))

    def _pathway(self, values: dict[str, Any]) -> None:
        pathway.read(values["id"], values["document"])  # raises for what is none
        row = {**values, "document": _text(values["document"])}
        self._add(schema.pathways, ("id",), row)

    def _unread(self, values: dict[str, Any]) -> None:
        row = {**values, "content": self._archive.read(values["file"])}
        row["id"] = self._free(schema.unread, values["id"])
        self._counts["unread"] += self._add(schema.unread, ("sha256",), row)

    def _new_card(self, values: dict[str, Any]) -> None:
        """Whether it is a new one is told by its credentials: one that is held has its card."""
        self._card_values, self._card = values, None

    def _new_credential(self, values: dict[str, Any]) -> None:
        sha256 = next(self._known_by)
        known = (credentials.c.id, credentials.c.card, credentials.c.verdict)
        query = select(*known).where(credentials.c.sha256 == sha256)
        held = self._connection.execute(query).first()
        self._is_new = held is None
        if held is not None:
            self._credential = held.id
            self._counts["held"] += 1
            is_first = self._card is None
            self._join(held.card)
            if is_first and held.verdict in REFUSED:
                self._card = None  # it is of one award with nothing, whatever the export says
        else:
            self._credential = self._free(credentials, values["id"])
            self._counts["new"] += 1
            if self._card is None:
                made = cards.make(self._connection, self._credential, values["saved_at"])
                self._join(made)
            row = {"id": self._credential, "sha256": sha256, "saved_at": values["saved_at"]}
            row |= {"card": self._card, "verdict": Verdict.UNKNOWN.value}
            row |= {"headline": unchecked.HEADLINE, "checked_at": values["saved_at"]}
            due = insert(credentials).values(**row, next_check_at=wire.moment(self._now))
            self._connection.execute(due)
        for word in values["apart"]:
            self._of_credential(schema.lineage, ("award",), {"award": word})

    def _join(self, card: int) -> None:
        """The credentials that follow are of this card; it keeps its own note if it has one."""
        if self._card is not None:
            return
        self._card = card
        self._touched.add(card)
        note = update(schema.cards).where(schema.cards.c.number == card, schema.cards.c.note == "")
        self._connection.execute(note.values(note=self._card_values["note"]))
        for tag in self._card_values["tags"]:
            self._add(schema.tags, ("card", "tag"), {"card": card, "tag": tag})

    def _copy(self, values: dict[str, Any]) -> None:
        row = {**values, "content": self._archive.read(values["file"])}
        if row["media_type"] not in _TYPES:
            row["media_type"] = media_type("")
        self._of_credential(schema.copies, ("sha256",), row)

    def _new_check(self, values: dict[str, Any]) -> None:
        said = values["report"]
        row = {"at": values["at"], "confirmed_at": values["confirmed_at"]}
        row |= {"verdict": said["verdict"], "report": wire.line(said), "origin": BACKUP}
        known = ("at", "report")
        if not self._of_credential(schema.checks, known, row):
            self._check = None
            return
        of = schema.checks.c.credential_id == self._credential
        newest = select(func.max(schema.checks.c.number)).where(of)
        self._check = self._connection.execute(newest).scalar_one()
        if self._is_new:
            self._call(said["credential"]["name"], values["confirmed_at"])

    def _call(self, name: str | None, confirmed_at: str) -> None:
        """Name a credential that nobody has checked here as its backup does."""
        shown = None if name is None else name.encode("utf-8", "replace").decode()
        row = update(credentials).where(credentials.c.id == self._credential)
        self._connection.execute(row.values(name=shown, checked_at=confirmed_at))

    def _document(self, values: dict[str, Any]) -> None:
        if self._check is None:
            return
        sha256 = values["sha256"]
        if sha256 not in self._bodies:
            content = self._archive.read(layout.document_path(sha256))
            checks.hold(self._connection, {sha256: content})
            self._bodies.add(sha256)
        self._connection.execute(
            insert(schema.documents).values(**_fitting(schema.documents, values), check=self._check)
        )

    def _event(self, values: dict[str, Any]) -> None:
        """Nobody is told of it as news, nor by mail: only the export says that it happened."""
        there = {name: values[name] for name in ("seen_at", "sent_at")}
        here = {name: moment or wire.moment(self._now) for name, moment in there.items()}
        row = {**values, **here, "detail": _text({**values["detail"], events.TOLD: there})}
        self._of_credential(schema.events, ("at", "code", "says"), row)

    def _of_credential(self, table: Table, known_by: tuple[str, ...], row: dict[str, Any]) -> bool:
        return self._add(
            table, ("credential_id", *known_by), {**row, "credential_id": self._credential}
        )

    def _add(self, table: Table, known_by: tuple[str, ...], row: dict[str, Any]) -> bool:
        """Insert a row unless there is one that is the same in `known_by`; whether it is new."""
        same = [table.c[name] == row[name] for name in known_by]
        if self._connection.execute(select(table.c[known_by[0]]).where(*same)).first() is not None:
            return False
        self._connection.execute(insert(table).values(**_fitting(table, row)))
        return True

    def _free(self, table: Table, identifier: str) -> str:
        """The id that a row had, or a new one where another has that here."""
        taken = select(table.c.id).where(table.c.id == identifier)
        is_taken = self._connection.execute(taken).first() is not None
        return secrets.token_hex(16) if is_taken else identifier


def _fitting(table: Table, values: dict[str, Any]) -> dict[str, Any]:
    """What the table has columns for: a row may say more, of a version to come."""
    return {name: value for name, value in values.items() if name in table.c}


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value)

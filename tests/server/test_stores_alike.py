"""A file and a PostgreSQL answer alike: the same wallet in both, asked the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from msgspec import Struct
from msgspec.structs import replace

from tests.bench.wallets import fill
from tests.server import postgres
from tests.server.stores import Store
from verifier.model import Identity
from wallet_server.imports.found import Found, Item, Unread
from wallet_server.leaving.erasing import erase
from wallet_server.leaving.export import Contents, contents, export
from wallet_server.stacks.pathway import Pathway, begin
from wallet_server.store import (
    events,
    imports,
    listing,
    notes,
    owner,
    stacks,
    timeline,
    unread,
    wallet,
    watching,
    whole,
)
from wallet_server.store.database import Database
from wallet_server.store.imports import Done
from wallet_server.store.listing import Wanted
from wallet_server.watch.codes import Change

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CARDS = 150
#: What a card may be asked for that is no name of anything.
ODD = (
    "",
    " ",
    "'",
    '"',
    "'' OR 1=1",
    "a & !b",
    "<->",
    ":*",
    "\0",
    "%",
    "_",
    "\\",
    "“x”",
    "🎉",
    "x:y",
)
NOTES = (
    "Straße, ÉTÉ and İstanbul: für später",
    "証明書を取得した",
    "ใบรับรอง",
    "x" * 9_000,
    "q" * 3_000 + " tail",
    "O'Brien \\ said “yes” & <no> | !maybe :* 3:4A",
    "word " * 2_000,
)


class Both(Struct, frozen=True):
    """The same wallet twice."""

    file: Database
    server: Database

    def alike(self, asked: Callable[[Database], Any]) -> Any:  # noqa: ANN401 whatever was asked for
        """The one answer that both give."""
        one, other = asked(self.file), asked(self.server)
        assert one == other
        return one


@pytest.fixture(scope="module")
def both(
    postgres_server: postgres.Server, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Both]:
    folder = tmp_path_factory.mktemp("alike")
    stores = (Store(folder / "file"), Store(folder, postgres_server.database()))
    opened = Both(*(Database(store.where) for store in stores))
    with closing(opened.file), closing(opened.server):
        for database in (opened.file, opened.server):
            fill(database, CARDS)
            for number, note in enumerate(NOTES, start=1):
                tags = ["Größe", "zz", "Ärzte", "a"][: number % 5]
                notes.write(database, number, note=note, named=tags)
        yield opened


def pages(database: Database, wanted: Wanted) -> list[Any]:
    """Every page there is, forwards and then back."""
    found, page = [], listing.page(database, wanted, size=40)
    while True:
        found.append(page)
        if page.older is None:
            break
        page = listing.page(database, wanted, before=page.older, size=40)
    while page.newer is not None:
        page = listing.page(database, wanted, after=page.newer, size=40)
        found.append(page)
    return found


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(),
        Wanted(verdict="verified"),
        Wanted(issuer="College 1"),
        Wanted(kind="course"),
        Wanted(tag="work"),
        Wanted(tag="Größe"),
        Wanted(verdict="verified", kind="badge", words="weav"),
        Wanted(verdict="no such"),
    ],
    ids=str,
)
def test_lists_and_their_filters(both: Both, wanted: Wanted) -> None:
    found = both.alike(lambda database: pages(database, wanted))
    assert bool(found[0].cards) is (wanted.verdict != "no such")


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("weaving", None),
        ("WEAV pract", None),
        ("strasse", 1),
        ("ete istanbul", 1),
        ("İstanbul", 1),
        ("証明書", 1),
        ("証書", 0),
        ("รับรอง", 1),
        ("o'brien", 1),
        ("yes no", 1),
        ("x" * 9_000, 1),
        ("q" * 2_900, 1),
        ("tail", 1),
        ("größe", None),
        ("zwölf", 0),
        ("word " * 60, 1),
        *((odd, None) for odd in ODD),
    ],
)
def test_a_search(both: Both, words: str, count: int | None) -> None:
    found = both.alike(lambda database: listing.page(database, Wanted(words=words)))
    assert count in (None, found.count)


def test_what_there_is_to_pick_from_and_the_timeline(both: Both) -> None:
    assert both.alike(listing.choices).tags
    first = both.alike(timeline.page)
    assert both.alike(lambda database: timeline.page(database, first.older)).years
    both.alike(lambda database: timeline.ending(database, NOW))


@pytest.mark.parametrize(
    "key", ["", "x", "2026-01-01~999999999", "~999999999", "~9999999999999999999"]
)
def test_a_place_that_is_none(both: Both, key: str) -> None:
    both.alike(lambda database: listing.page(database, Wanted(), before=key))
    both.alike(lambda database: listing.page(database, Wanted(), after=key))
    both.alike(lambda database: timeline.page(database, key))


def test_one_card(both: Both) -> None:
    card = listing.page(both.file, Wanted(), size=1).cards[0]
    both.alike(lambda database: wallet.find(database, card.lead))
    both.alike(lambda database: whole.forms(database, card.number))
    both.alike(lambda database: whole.received(database, card.lead))
    assert both.alike(lambda database: whole.content(database, card.lead, card.number))
    assert both.alike(lambda database: whole.content(database, card.lead, 10**30)) is None


def test_what_is_brought_in(both: Both) -> None:
    """The queue of an import, what waits in it longest, what it left, and what was unread."""

    def bring(database: Database) -> object:
        items = tuple(Item(f"{n}.json", b"{}", None) for n in range(3))
        left = Unread("notes\0.txt", b"\0\xff not for reading", "Nobody reads it.")
        found = [Found("file", items, unread=(left,), notes=("Left a key out.",))]
        identifier = imports.begin(database, "a backup", found, NOW)
        first = imports.next_waiting(database, ())
        assert first is not None
        card = listing.page(database, Wanted(), size=1).cards[0]
        done = Done("0.json", None, "kept", "", card.lead)
        imports.settle(database, first, done, NOW)
        second = imports.next_waiting(database, (first.number,), identifier)
        assert second is not None
        imports.settle(database, second, replace(done, state="unread"), NOW, kept=b"second")
        told = imports.find(database, identifier)
        assert told is not None
        (newest,) = imports.latest(database, 5)
        kept = unread.lines(database)
        bodies = [unread.content(database, line.id) for line in kept]
        shown = sorted((line.label, line.why, line.size) for line in kept)
        waited = [replace(one, import_id="") for one in (first, second)]
        return waited, newest.counts, told[1], shown, sorted(filter(None, bodies))

    assert both.alike(bring)


def test_what_happened(both: Both) -> None:
    card = listing.page(both.file, Wanted(), size=1).cards[0]

    def happen(database: Database) -> object:
        changes = [Change(code, f"{code}.", {"n": 1}) for code in ("gone", "back", "revoked")]
        with database.writing() as connection:
            events.add(connection, card.lead, changes, NOW)
            told = events.last_of(connection, card.lead, ("gone", "back"))
        page = events.page(database, before=10**9)
        assert events.mark_seen(database, page[1].number, NOW) == 2
        events.mark_sent(database, [page[0].number], NOW)
        queue = (
            watching.count(database),
            watching.due(database, NOW),
            watching.first_due(database),
        )
        seen = (events.unseen(database), events.unsent(database, NOW))
        return told, page, seen, events.page(database, before=page[0].number), queue

    assert both.alike(happen)


def named_as(name: str, _: str) -> Pathway:
    """A pathway whose id is not by chance."""
    return begin(name.encode().hex(), name)


def test_stacks_and_pathways(both: Both) -> None:
    def draw(database: Database) -> object:
        for name in ("Ålesund", "weaving", "Zebra"):
            stacks.add_pathway(database, partial(named_as, name), NOW)
        named = [stacks.badges(database, wanted, None) for wanted in ("WEAV", "%", "_", "é")]
        return stacks.all_pathways(database), named, stacks.all_cards(database)

    assert both.alike(draw)


def test_the_owner(both: Both) -> None:
    def known(database: Database) -> object:
        for kind, value in (("name", "Ärzte"), ("name", "Zoe"), ("email", "a@example.org")):
            owner.add(database, Identity(kind, value), NOW)
        return owner.identities(database)

    assert len(both.alike(known)) == 3


def test_an_export_is_the_same_bytes_and_erasing_leaves_nothing(both: Both) -> None:
    """The last test here: nothing is left after it."""

    def exported(database: Database) -> bytes:
        file = BytesIO()
        export(database, file)
        return file.getvalue()

    unread_ids = "UPDATE unread SET id = substr(sha256, 1, 32)"  # chance gave them others
    for database in (both.file, both.server):
        with database.writing() as connection:
            connection.exec_driver_sql(unread_ids)
    assert len(both.alike(exported)) > 100_000
    both.alike(erase)
    assert both.alike(contents) == Contents(0, 0, 0, 0, 0)
    with both.server.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM search").scalar() == 0

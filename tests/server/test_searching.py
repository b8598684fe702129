"""Searches over many blocks of cards find what going through all cards finds, in both databases;
and the database counts what there is as it changes.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import func, select

from tests.bench.wallets import fill
from tests.server.stores import BOTH, NewStore
from wallet_server.leaving.erasing import erase
from wallet_server.store import blocks, listing, notes, searched, wallet
from wallet_server.store.database import Database
from wallet_server.store.listing import Card, Wanted
from wallet_server.store.schema import cards, tags

pytestmark = BOTH
#: Cards side by side in one block, more than are looked up at once, and those in blocks of their
#: own; of the latter every third is saved out of turn.
TOGETHER, APART = searched.MANY + 200, 90
WORDS = ("weav", "weaving asso", "statistics expert", "earners", "theory p", "zither")


@pytest.fixture(scope="module")
def spread(new_store: NewStore, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A wallet whose cards are in many blocks, and not saved in the order of their numbers."""
    database = Database(new_store(tmp_path_factory.mktemp("spread") / "data").where)
    shuffled = random.Random(5)  # noqa: S311 nothing secret

    def place(number: int) -> tuple[int, int]:
        if number <= TOGETHER:
            return number, number
        hours = shuffled.randrange(2000) if number % 3 == 0 else number
        return (number - TOGETHER) * blocks.SIZE + number, hours

    with closing(database):
        fill(database, TOGETHER + APART, place)
        yield database


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("more", [{}, {"kind": "course"}, {"tag": "work"}], ids=str)
def test_every_page_is_what_going_through_all_cards_finds(
    spread: Database, words: str, more: dict[str, str]
) -> None:
    wanted = Wanted(words=words, **more)
    expected = [card for card in every(spread, Wanted(**more)) if says(card, words)]
    assert every(spread, wanted) == expected
    assert listing.page(spread, wanted, is_exact=True).count == len(expected)
    first = listing.page(spread, wanted)
    assert first.count == len(expected) or (first.are_more and first.count < len(expected))
    back = listing.page(spread, wanted, after="2000-01-01T00:00:00.000Z~0")
    assert list(back.cards) == expected[-listing.SIZE :]


def says(card: Card, words: str) -> bool:
    """Whether a card of `fill` says every word, perhaps only begun."""
    said = (
        f"{card.name} {card.issuer} earners practice proven tools theory".lower()
        .replace(",", "")
        .split()
    )
    return all(any(one.startswith(word) for one in said) for word in words.split())


def every(database: Database, wanted: Wanted) -> list[Card]:
    """All cards that are asked for, page by page."""
    found: list[Card] = []
    page = listing.page(database, wanted)
    while True:
        found += page.cards
        if page.older is None:
            return found
        page = listing.page(database, wanted, before=page.older)


def test_what_there_is_to_pick_from_is_counted_as_it_changes(
    new_store: NewStore, tmp_path: Path
) -> None:
    with closing(Database(new_store(tmp_path / "data").where)) as database:
        fill(database, 60)
        assert choices(database) == recounted(database)
        notes.write(database, 4, named=["work", "mine"])
        notes.write(database, 8, named=[])
        assert choices(database) == recounted(database)
        gone = [card.lead for card in listing.page(database, Wanted(kind="course")).cards]
        assert wallet.discard(database, *gone)
        found = choices(database)
        assert found == recounted(database)
        assert "course" not in found["kind"]
        assert listing.page(database, Wanted()).count == 60 - len(gone)
        erase(database)
        assert choices(database) == {"verdict": {}, "issuer": {}, "kind": {}, "tag": {}}
        assert listing.page(database, Wanted()).count == 0


def choices(database: Database) -> dict[str, dict[str, int]]:
    """What the filters offer."""
    found = listing.choices(database)
    return {
        "verdict": dict(found.verdicts),
        "issuer": dict(found.issuers),
        "kind": dict(found.kinds),
        "tag": dict(found.tags),
    }


def recounted(database: Database) -> dict[str, dict[str, int]]:
    """The same, counted card by card."""
    columns = {name: cards.c[name] for name in ("verdict", "issuer", "kind")}
    columns["tag"] = tags.c.tag
    with database.reading() as connection:
        return {
            name: dict(connection.execute(select(column, func.count()).group_by(column)).all())
            for name, column in columns.items()
        }

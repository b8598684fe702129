"""Search over everything a card says: one row a card in the full-text index of its database, FTS5
of SQLite or `tsvector` of PostgreSQL. Nothing else of this package knows which.

Both are given words that are normalised here, so that a search finds the same in either: letter
case and accents do not count, and scripts that write without spaces are taken letter by letter.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    Integer,
    Select,
    cast,
    column,
    delete,
    func,
    insert,
    literal_column,
    select,
    table,
    text,
    true,
)
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR

from wallet_server.store import blocks
from wallet_server.store.blocks import Block
from wallet_server.store.schema import cards, checks, copies, credentials, tags

#: Letters of one card that are indexed, and words of one search that count.
LETTERS, ASKED = 100_000, 20
#: Letters of one word that count: PostgreSQL takes 2,046 bytes, and what is longer is no word.
LONGEST = 500
#: Credentials of one card whose words count.
_FORMS = 16
#: Positions that PostgreSQL counts to; what comes later is found, though not as a phrase.
_POSITIONS = 16_383
_SPACELESS = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
#: Members of a report that say nothing of the award.
_SILENT = frozenset(("checks", "contacted", "image", "sha256", "version", "checked_at"))

_fts = table("search", column("rowid"), column("words"), column("placed"))
_vectors = table("search", column("card"), column("words"))


def refresh(connection: Connection, card: int) -> None:
    """Index a card anew, after anything of it changed; one that is gone leaves the index."""
    remove(connection, card)
    put(connection, card, " ".join(_said(connection, card)))


def put(connection: Connection, card: int, said: str) -> None:
    """Index a card that is not in the index by what it says."""
    found = words(said[:LETTERS])[:LETTERS]
    if not found:
        return
    blocks.widen(connection, card)
    letter = blocks.letter(blocks.of(card))
    placed = [letter + word for word in found.split()]
    if _is_sqlite(connection):
        row = {"rowid": card, "words": found, "placed": " ".join(placed)}
        connection.execute(insert(_fts).values(row))
    else:
        vector = cast(f"{_lexemes(found.split())} {_lexemes(placed)}", TSVECTOR)
        connection.execute(insert(_vectors).values(card=card, words=vector))


def fill(connection: Connection) -> None:
    """Index every card, where there are cards and no index yet."""
    indexed = select(_fts.c.words if _is_sqlite(connection) else _vectors.c.card).limit(1)
    if connection.execute(indexed).first() is None:
        for number in connection.execute(select(cards.c.number)).scalars().all():
            refresh(connection, number)


def remove(connection: Connection, card: int) -> None:
    """Take a card out of the index."""
    key = _fts.c.rowid if _is_sqlite(connection) else _vectors.c.card
    connection.execute(delete(_fts if _is_sqlite(connection) else _vectors).where(key == card))


def clear(connection: Connection) -> None:
    """Take every card out of the index, with every word."""
    connection.execute(delete(_fts if _is_sqlite(connection) else _vectors))
    scrub(connection)


def scrub(connection: Connection) -> None:
    """Leave no word of removed cards in the database's file: SQLite keeps them in the index until
    its parts are merged.
    """
    if _is_sqlite(connection):
        connection.execute(text("INSERT INTO search(search) VALUES ('optimize')"))


def phrases(asked: str) -> list[list[str]]:
    """The words that are asked for, each as what it is in the index: one, or some in a row. Raises
    nothing, whatever is typed.
    """
    read = [words(one).split() for one in asked.split()[:ASKED]]
    return [phrase for phrase in read if phrase]


def saying(
    connection: Connection, asked: Sequence[Sequence[str]], some: Sequence[Block] | None
) -> Select[int]:
    """The numbers of the cards of `some` blocks, or of all, that say every phrase, its last word
    perhaps only begun; in no order.
    """
    letters = [""] if some is None else [block.letter for block in some]
    if _is_sqlite(connection):
        return select(_fts.c.rowid).where(_match(asked, letters))
    # one look-up a block, as PostgreSQL would else rather read through all cards
    said = func.unnest(cast([_query(asked, letter) for letter in letters], ARRAY(TSQUERY)))
    each = said.table_valued("said").render_derived()
    found = select(_vectors.c.card).where(_vectors.c.words.op("@@")(each.c.said)).lateral()
    return select(found.c.card).select_from(each.join(found, true()))


def says(
    connection: Connection, asked: Sequence[Sequence[str]], some: Sequence[Block]
) -> ColumnElement[bool]:
    """Whether a card is one of those, for a query that goes through the cards in their order."""
    letters = [block.letter for block in some]
    if _is_sqlite(connection):
        return (cards.c.number + 0).in_(select(_fts.c.rowid).where(_match(asked, letters)))
    query = cast(" | ".join(f"({_query(asked, letter)})" for letter in letters), TSQUERY)
    this = select(_vectors.c.words.op("@@")(query)).where(_vectors.c.card == cards.c.number)
    return this.scalar_subquery()


def numbered(connection: Connection, numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a card has one of the numbers, however many these are."""
    if _is_sqlite(connection):
        given = func.json_each(json.dumps(numbers)).table_valued("value")
    else:
        given = func.unnest(cast(numbers, ARRAY(Integer))).table_valued("value").render_derived()
    return cards.c.number.in_(select(given.c.value))


def words(said: str) -> str:
    """`said` as words to be compared: lower case, without accents, one space between them."""
    folded = unicodedata.normalize("NFKD", said.casefold())
    return " ".join(word[:LONGEST] for word in "".join(map(_letter, folded)).split())


def _match(asked: Sequence[Sequence[str]], letters: Sequence[str]) -> ColumnElement[bool]:
    column = "placed" if all(letters) else "words"
    query = " OR ".join(
        f"({' '.join(_phrase(phrase, letter) for phrase in asked)})" for letter in letters
    )
    return literal_column("search").op("MATCH")(f"{column} : ({query})")


def _phrase(phrase: Sequence[str], letter: str) -> str:
    return f'"{" ".join(letter + word for word in phrase)}"*'


def _query(asked: Sequence[Sequence[str]], letter: str) -> str:
    said = ([_quoted(letter + word) for word in phrase] for phrase in asked)
    return " & ".join(f"({' <-> '.join(phrase)}:*)" for phrase in said)


def _quoted(word: str) -> str:
    return f"'{word}'"


def _lexemes(found: Iterable[str]) -> str:
    """The words as PostgreSQL writes a `tsvector`, each with its place."""
    placed = enumerate(found, start=1)
    return " ".join(f"'{word}':{min(place, _POSITIONS)}" for place, word in placed)


@lru_cache(8192)
def _letter(letter: str) -> str:
    """What stands for one letter of normalised text: itself, a gap, or nothing for an accent."""
    kind = unicodedata.category(letter)
    if kind == "Mn":
        return ""
    if kind[0] not in "LN" and kind != "Mc":
        return " "
    spaceless = unicodedata.name(letter, "").startswith(_SPACELESS)
    return f" {letter} " if spaceless else letter


def _said(connection: Connection, card: int) -> Iterator[str]:
    """All that a card says, its owner's own words first."""
    for found in connection.execute(select(cards.c.note).where(cards.c.number == card)):
        yield found.note
    for found in connection.execute(select(tags.c.tag).where(tags.c.card == card)):
        yield found.tag
    of_card = select(credentials.c.id).where(credentials.c.card == card)
    sources = select(copies.c.source).where(copies.c.credential_id.in_(of_card))
    for found in connection.execute(sources.distinct()):
        yield found.source
    newest = (
        select(func.max(checks.c.number))
        .where(checks.c.credential_id.in_(of_card))
        .group_by(checks.c.credential_id)
        .limit(_FORMS)
    )
    reports = select(checks.c.report).where(checks.c.number.in_(newest))
    for found in connection.execute(reports):
        yield from _texts(json.loads(found.report))


def _texts(value: object) -> Iterator[str]:
    """Every text in a report that is about the award."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member, inner in value.items():
            if member not in _SILENT:
                yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)


def _is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"

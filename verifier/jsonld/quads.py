"""One pass from JSON to quads, for what badges are made of.

It knows exactly which members of the text became statements, so nothing has to be searched for
afterwards: a member that means nothing, an address that is not absolute, a value of the wrong kind
ends the pass (`NotMine`). The quads are those that pyld makes, which a test holds it to.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from functools import cache
from typing import Any

import msgspec.json

from verifier.jsonld import kept
from verifier.jsonld.canon import escaped, literal
from verifier.jsonld.safe import IRI, LIST_LENGTH
from verifier.jsonld.said import About, Quad, Said
from verifier.jsonld.shape import Shape, Sought, sought_of
from verifier.jsonld.tables import Table, Word, table_of
from verifier.jsonld.terms import Meaning, NotKept, NotMine
from verifier.jsonld.vocabulary import LIMIT_IN_ALL

__all__ = ["NotMine", "said_by"]

#: How deep a document may be nested here.
DEPTH = 60

_FIRST, _REST, _NIL = (
    f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}>" for name in ("first", "rest", "nil")
)
_XSD = "^^<http://www.w3.org/2001/XMLSchema#"
_BOOLEAN, _INTEGER, _DOUBLE = f"{_XSD}boolean>", f"{_XSD}integer>", f"{_XSD}double>"
#: Text as JSON has it, where marks and what can't be seen are escaped.
_written = msgspec.json.Encoder().encode
_SHORTER = re.compile(r"(\d)0*E\+?(-)?0*(\d)")

Node = dict[str, Any]


@cache
def _processed() -> Meaning:
    from verifier.jsonld import processed  # here: pyld takes longer to load than most badges

    return processed.Processed().initial


def said_by(document: object, read: Shape) -> Said:
    """The statements of `document`, in which the members that `read` names stand where they are
    looked for. Raises `NotMine`.
    """
    if type(document) is not dict or not document.get("@context"):
        raise NotMine
    try:
        return walked(document, kept.vocabulary().initial, read)
    except NotKept:
        return walked(document, _processed(), read)


def walked(document: Node, initial: Meaning, read: Shape) -> Said:
    """As `said_by`, by the words of one vocabulary. Raises `NotKept`, too."""
    walk = _Walk()
    walk.node(document, table_of(initial, sought_of(read) if read else None), "", 0)
    walk.check()
    return walk.said()


class _Walk:
    """One pass over a document."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._about: dict[str, About] = {}
        self._within: dict[str, list[str]] = {}
        self._quads: list[Quad] = []
        self._unnamed = 0
        self._squares = 0
        self._contexts = 0
        #: Addresses whose signs are still to be looked at.
        self._addresses: list[str] = []
        #: Named objects that stand where they are looked for, and what is read of them; all others
        #: that are in no graph of their own.
        self._placed: list[tuple[str, Sought]] = []
        self._others: list[tuple[str, Node, Table]] = []

    def said(self) -> Said:
        """All statements that were made. Raises `NotMine` where there are none."""
        only = "_:b1" if self._unnamed == 1 else None
        said = Said(self._lines, self._about, self._within, self._quads, only)
        if not self._lines and not said.count():
            raise NotMine
        return said

    def node(self, members: Node, table: Table, graph: str, depth: int) -> str:
        """Make the statements of an object, and of those in it; the subject of its own.

        Most of the time goes by here, so it is done in one function.
        """
        if depth > DEPTH:
            raise NotMine
        if "@context" in members:
            self._contexts += 1
            table = table.under(members["@context"])
        types: tuple[str, ...] = ()
        if table.type_name in members:
            kinds = members[table.type_name]
            if type(kinds) is list:
                count = len(kinds)
                self._squares += count * count
                kinds = kinds[0] if count == 1 else tuple(kinds)
            try:
                table, types = table.types[kinds]
            except KeyError:
                table, types = table.typed(kinds)
            except TypeError as error:  # some type is no text
                raise NotMine from error
        if table.id_name in members:
            value = members[table.id_name]
            if type(value) is not str:
                raise NotMine
            if value.startswith(table.absolute):
                self._addresses.append(value)
                subject = start = f"<{value}>"
            else:
                subject = start = f"<{table.meaning.iri(value)}>"
            if table.read is not None:
                self._placed.append((subject, table.read))
            elif not graph:
                self._others.append((subject, members, table))
            if graph:
                told, end = self._within.setdefault(graph, []), ""
            else:
                told, end = self._lines, " .\n"
            for rest in types:
                told.append(f"{start}{rest}{end}")
        else:
            self._unnamed += 1
            subject, start, end, told = f"_:b{self._unnamed}", "", "", [*types]
            self._about[subject] = About(graph, told, [])
        words = table.words
        for name, value in members.items():
            try:
                word = words[name]
            except KeyError:
                word = table.word(name)
            if word is None:
                continue
            kind = type(value)
            if kind is str and word.tail is not None:
                if not value.isprintable() or '"' in value or "\\" in value:
                    value = escaped(value)
                told.append(f"{start}{word.head}{value}{word.tail}{end}")
                continue
            if value is None:
                continue
            several = (value,)
            if kind is list:
                several = value
                self._squares += len(value) * len(value)
            if word.is_list:
                several = (self._list(word, several, graph),)
            for one in several:
                if type(one) is dict:
                    inside = word.alone if len(one) == 1 and word.alone_name in one else word.inside
                    if word.is_graph:
                        thing = self._graph(one, inside, depth)
                    else:
                        thing = self.node(one, inside, graph, depth + 1)
                elif one is not None:
                    thing = one if word.is_list else self._thing(word, one)
                else:
                    continue
                if thing[0] != "_":
                    told.append(f"{start} {word.iri} {thing}{end}")
                elif start:
                    self._quads.append((subject, word.iri, thing, graph))
                else:
                    self._about[subject].links.append((word.iri, thing))
        return subject

    def _thing(self, word: Word, value: object) -> str:
        """A value that is no object, as N-Quads write it."""
        if word.is_graph:
            raise NotMine
        coerced = word.coerced
        is_address = coerced is not None and coerced[:1] == "@"
        if type(value) is not str:
            return _number(value, None if is_address else coerced)
        if not is_address:
            return literal(value) + word.datatype
        if coerced == "@vocab":
            subject = word.of_text.word(value)
        elif value.startswith(word.absolute):
            self._addresses.append(value)
            subject = f"<{value}>"
        else:
            subject = f"<{word.of_text.iri(value)}>"
        if word.read is not None:
            self._placed.append((subject, word.read))
        return subject

    def _graph(self, members: Node, table: Table, depth: int) -> str:
        """Make an object's statements in a graph of its own, and answer that."""
        self._unnamed += 1
        name, quads = f"_:b{self._unnamed}", len(self._quads)
        top = self.node(members, table, name, depth + 1)
        if top in self._about:
            count = self._about[top].count()
        else:
            count = len(self._within[name]) + len(self._quads) - quads
        if not count:  # it says nothing
            raise NotMine
        return name

    def _list(self, word: Word, values: Sequence[object], graph: str) -> str:
        """The first part of a list of these, none of which is an object."""
        first = _NIL
        for value in reversed(values):
            if value is None:
                continue
            self._unnamed += 1
            place = f"_:b{self._unnamed}"
            thing = self._thing(word, value)
            about = self._about[place] = About(graph, [f" {_FIRST} {thing}"], [])
            if first is _NIL:
                about.told.append(f" {_REST} {_NIL}")
            else:
                about.links.append((_REST, first))
            first = place
        return first

    def check(self) -> None:
        """Raise `NotMine` for what nobody may say, once all is told."""
        if self._squares > LIST_LENGTH**2 or self._contexts > LIMIT_IN_ALL:
            raise NotMine
        if not _is_plain("".join(self._addresses)) and not all(
            IRI.fullmatch(address) for address in self._addresses
        ):
            raise NotMine
        if self._placed and self._others:
            names = {subject for subject, _ in self._placed}
            for other, members, table in self._others:
                if other in names:
                    for subject, read in self._placed:
                        if subject == other:
                            self._check_scattered(members, table, read)

    @staticmethod
    def _check_scattered(members: Node, table: Table, read: Sought) -> None:
        """Raise `NotMine` where an object tells what is read of another with the same name."""
        for name, value in members.items():
            word = table.words[name] if name in table.words else table.word(name)
            if word is not None and value is not None and read.member(word.name) is not None:
                raise NotMine


def _is_plain(text: str) -> bool:
    """Whether it has but signs that every address may have: of ASCII those that can be seen, less
    `"<>\\`.
    """
    if not text.isascii() or " " in text or "<" in text or ">" in text or "\x7f" in text:
        return False
    return b"\\" not in _written(text)


def _number(value: object, datatype: str | None) -> str:
    """A number or truth value as N-Quads write it; 4.0 and 4 are one (JSON-LD 1.1 API, section
    8.6).
    """
    if type(value) is bool:
        return ('"true"' if value else '"false"') + (_BOOLEAN if datatype is None else datatype)
    if type(value) is float and math.isfinite(value):
        if not value.is_integer() or abs(value) >= 1e21:
            text = _SHORTER.sub(r"\1E\2\3", f"{value:1.15E}")
            return f'"{text}"' + (_DOUBLE if datatype is None else datatype)
        value = int(value)
    if type(value) is not int or abs(value) >= 10**21:
        raise NotMine
    return f'"{value}"' + (_INTEGER if datatype is None else datatype)

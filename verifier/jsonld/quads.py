"""One pass from JSON to quads, for what badges are made of.

It knows exactly which members of the text became statements, so nothing has to be searched for
afterwards: a member that means nothing, an address that is not absolute, a value of the wrong kind
ends the pass (`NotMine`). The quads are those that pyld makes, which a test holds it to.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

from verifier.jsonld import kept
from verifier.jsonld.canon import escaped, literal
from verifier.jsonld.labels import Quad, Said
from verifier.jsonld.safe import IRI, LIST_LENGTH
from verifier.jsonld.shape import Shape, Sought, sought_of
from verifier.jsonld.tables import Table, Word, table_of
from verifier.jsonld.terms import Meaning, NotKept, NotMine
from verifier.jsonld.vocabulary import LIMIT_IN_ALL

__all__ = ["NotMine", "said_by"]

#: How deep a document may be nested here.
DEPTH = 60

_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_FIRST, _REST, _NIL = (
    f"<http://www.w3.org/1999/02/22-rdf-syntax-ns#{name}>" for name in ("first", "rest", "nil")
)
_XSD = "^^<http://www.w3.org/2001/XMLSchema#"
_BOOLEAN, _INTEGER, _DOUBLE = f"{_XSD}boolean>", f"{_XSD}integer>", f"{_XSD}double>"
_NONE = object()
_SHORTER = re.compile(r"(\d)0*E\+?(-)?0*(\d)")
#: Signs that every address may have: ASCII but for blanks and `"<>\\`.
_PLAIN = re.compile(r"[!#-;=?-\[\]-~]*")

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
    if not (walk.lines or walk.quads or any(walk.about.values())):
        raise NotMine
    return Said(walk.lines, walk.about, walk.quads, "_:b1" if walk.unnamed == 1 else None)


class _Walk:
    """One pass over a document."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.about: dict[str, list[str]] = {}
        self.quads: list[Quad] = []
        self.unnamed = 0
        self._squares = 0
        self._contexts = 0
        #: Addresses whose signs are still to be looked at.
        self._addresses: list[str] = []
        #: Named objects that stand where they are looked for, and what is read of them; all others
        #: that are in no graph of their own.
        self._placed: list[tuple[str, Sought]] = []
        self._others: list[tuple[str, Node, Table]] = []

    def node(self, members: Node, table: Table, graph: str, depth: int) -> str:
        """Make the statements of an object, and of those in it; the subject of its own.

        Most of the time goes by here, so it is done in one function.
        """
        if depth > DEPTH:
            raise NotMine
        if "@context" in members:
            self._contexts += 1
            table = table.under(members["@context"])
        iris: tuple[str, ...] = ()
        kinds = members.get(table.type_name, _NONE)
        if kinds is not _NONE:
            if type(kinds) is list:
                self._squares += len(kinds) ** 2
            table, iris = table.typed(kinds)
        value = members.get(table.id_name, _NONE)
        if value is _NONE:
            self.unnamed += 1
            subject = f"_:b{self.unnamed}"
        else:
            if type(value) is not str:
                raise NotMine
            if value.startswith(table.absolute):
                self._addresses.append(value)
                subject = f"<{value}>"
            else:
                subject = f"<{table.meaning.iri(value)}>"
            if table.read is not None:
                self._placed.append((subject, table.read))
            elif not graph:
                self._others.append((subject, members, table))
        start, lines, quads, words = subject, self.lines, self.quads, table.words
        if subject[0] == "_" and not graph:
            start, lines = "", self.about.setdefault(subject, [])
        for iri in iris:
            if graph:
                quads.append((subject, _RDF_TYPE, iri, graph))
            else:
                lines.append(f"{start} {_RDF_TYPE} {iri} .\n")
        for name, value in members.items():
            word = words[name] if name in words else table.word(name)
            if word is None or value is None:
                continue
            if type(value) is str and word.tail is not None:
                if not value.isprintable() or '"' in value or "\\" in value:
                    value = escaped(value)
                if graph:
                    quads.append((subject, word.iri, f'"{value}"{word.datatype}', graph))
                else:
                    lines.append(f"{start}{word.head}{value}{word.tail}")
                continue
            if word.is_list or type(value) is list:
                things = self._several(word, value, graph, depth)
            else:
                things = [self._thing(word, value, graph, depth)]
            for thing in things:
                if graph or thing[0] == "_":
                    quads.append((subject, word.iri, thing, graph))
                else:
                    lines.append(f"{start} {word.iri} {thing} .\n")
        return subject

    def _address(self, value: str, meaning: Meaning, absolute: tuple[str, ...]) -> str:
        """`value`, an address, as N-Quads write it."""
        if value.startswith(absolute):
            self._addresses.append(value)
            return f"<{value}>"
        return f"<{meaning.iri(value)}>"

    def _several(
        self,
        word: Word,
        value: Any,  # noqa: ANN401  any JSON
        graph: str,
        depth: int,
    ) -> list[str]:
        """Each value of a member as N-Quads write it."""
        several = value if type(value) is list else [value]
        self._squares += len(several) ** 2
        found = [self._thing(word, one, graph, depth) for one in several if one is not None]
        return [self._list(found, graph)] if word.is_list else found

    def _thing(
        self,
        word: Word,
        value: Any,  # noqa: ANN401  any JSON
        graph: str,
        depth: int,
    ) -> str:
        """A value as N-Quads write it."""
        kind = type(value)
        if kind is dict:
            table = word.alone if len(value) == 1 and word.alone_name in value else word.inside
            if not word.is_graph:
                return self.node(value, table, graph, depth + 1)
            self.unnamed += 1
            name, before = f"_:b{self.unnamed}", len(self.quads)
            self.node(value, table, name, depth + 1)
            if len(self.quads) == before:  # a graph that says nothing
                raise NotMine
            return name
        if word.is_graph:
            raise NotMine
        coerced = word.coerced
        is_address = coerced is not None and coerced[:1] == "@"
        if kind is not str:
            return _number(value, None if is_address else coerced)
        if not is_address:
            return literal(value) + word.datatype
        if coerced == "@vocab":
            subject = f"<{word.of_text.iri(value, is_word=True)}>"
        else:
            subject = self._address(value, word.of_text, word.absolute)
        if word.read is not None:
            self._placed.append((subject, word.read))
        return subject

    def _list(self, things: list[str], graph: str) -> str:
        """The first part of a list of these."""
        first = _NIL
        for thing in reversed(things):
            self.unnamed += 1
            place = f"_:b{self.unnamed}"
            self.quads += ((place, _FIRST, thing, graph), (place, _REST, first, graph))
            first = place
        return first

    def check(self) -> None:
        """Raise `NotMine` for what nobody may say, once all is told."""
        if self._squares > LIST_LENGTH**2 or self._contexts > LIMIT_IN_ALL:
            raise NotMine
        if not _PLAIN.fullmatch("".join(self._addresses)) and not all(
            IRI.fullmatch(address) for address in self._addresses
        ):
            raise NotMine
        for subject, read in self._placed:
            for other, members, table in self._others:
                if other == subject:
                    self._check_scattered(members, table, read)

    @staticmethod
    def _check_scattered(members: Node, table: Table, read: Sought) -> None:
        """Raise `NotMine` where an object tells what is read of another with the same name."""
        for name, value in members.items():
            word = table.word(name)
            if word is not None and value is not None and read.member(word.name) is not None:
                raise NotMine


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

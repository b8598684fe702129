"""The words of a document as the one pass uses them: what each leads to, in the pieces that lines
of N-Quads are put together from, and whether it stands where whoever reads it by name looks for it.
"""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from verifier.jsonld import terms
from verifier.jsonld.shape import MOST_SHAPES, Sought, sought_of
from verifier.jsonld.terms import Meaning, NotMine
from verifier.jsonld.vocabulary import LIMIT_OF_ONE

_RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#: Lists of types that one table remembers.
_MOST_TYPES = 100
#: How most addresses begin; no word may stand for it.
_SCHEMES = ("https", "http", "did", "urn")


class Word(Struct, frozen=True):
    """What one member says: the property `iri`, as N-Quads write it, `name` without its brackets.

    A text that is a literal stands between `head` and `tail`, behind the subject, and `datatype` is
    the end of it; `tail` is `None` where texts are something else. `coerced`, `is_graph` and
    `is_list` are as in `Term`. An object has its words in `inside`, one that is an address alone in
    `alone`; a text that is an address means what `of_text` says, and is absolute where it begins
    with one of `absolute`. What is read by name within its values is `read`.
    """

    iri: str
    name: str
    head: str
    tail: str | None
    datatype: str
    coerced: str | None
    is_graph: bool
    is_list: bool
    inside: Table
    alone: Table
    alone_name: str
    of_text: Meaning
    absolute: tuple[str, ...]
    read: Sought | None


class Table:
    """The words of one active context, in a part of which `read` is read by name, if anything is.

    Its methods raise `NotMine`, and `NotKept`.
    """

    def __init__(self, meaning: Meaning, read: Sought | None) -> None:
        self.type_name = _only(meaning.type_names, terms.TYPE)
        self.id_name = _only(meaning.id_names, terms.ID)
        self.meaning, self.read = meaning, read
        self.absolute = _absolute(meaning)
        #: The words that were met; `None` for members that are no property.
        self.words: dict[str, Word | None] = {"@context": None}
        #: The types that were met, one by itself or several together, as `typed` answers them.
        self.types: dict[str | tuple[str, ...], tuple[Table, tuple[str, ...]]] = {}
        self._contexts: dict[tuple[str, ...], Table] = {}

    def word(self, name: str) -> Word | None:
        """What the member `name` says, `None` where it is no property; kept in `words`."""
        found = self._word(name)
        if name in self.meaning.active["mappings"]:
            self.words[name] = found
        return found

    def _word(self, name: str) -> Word | None:
        term = self.meaning.term(name)
        if term.iri in (terms.ID, terms.TYPE):
            return None
        read = self._read_within(name, term.name)
        if term.inside is None or term.alone is None or term.of_text is None:
            raise NotMine
        if read is not None and (term.is_graph or term.is_list):
            raise NotMine
        datatype = "" if term.coerced is None or term.coerced[:1] == "@" else term.coerced
        return Word(
            iri=term.iri,
            name=term.name,
            head=f' {term.iri} "',
            tail=f'"{datatype}' if term.is_text and not term.is_list else None,
            datatype=datatype,
            coerced=term.coerced,
            is_graph=term.is_graph,
            is_list=term.is_list,
            inside=table_of(term.inside, read),
            alone=table_of(term.alone, read),
            alone_name=_only(term.of_text.id_names, terms.ID),
            of_text=term.of_text,
            absolute=_absolute(term.of_text) if term.coerced == terms.ID else (),
            read=read,
        )

    def _read_within(self, name: str, address: str) -> Sought | None:
        """What is read by name within the member `name`, whose property has this address. A member
        that is read must be the property, and no other member may be it: pyld says about the rest.
        """
        if self.read is None:
            return None
        member = self.read.named.get(name)
        if member != self.read.member(address):
            raise NotMine
        within = self.read.read[member] if member is not None else None
        return sought_of(within) if within else None

    def under(self, listed: object) -> Table:
        """The words after the `@context` of a node."""
        key = (listed,) if type(listed) is str else tuple(listed) if type(listed) is list else ()
        try:
            found = self._contexts.get(key)
        except TypeError as error:  # one of its own, which is an object
            raise NotMine from error
        if found is None:
            found = self._contexts[key] = table_of(self.meaning.under(listed), self.read)
        return found

    def typed(self, key: Any) -> tuple[Table, tuple[str, ...]]:  # noqa: ANN401  any JSON
        """The words within a node of a type, or of several, and what stands behind its subject to
        say each; kept in `types`.
        """
        types = key if type(key) is tuple else (key,)
        if not types or not all(type(one) is str for one in types):
            raise NotMine
        meaning, iris = self.meaning.typed(types)
        found = table_of(meaning, self.read), tuple([f" {_RDF_TYPE} {iri}" for iri in iris])
        if found[0].type_name != self.type_name:
            raise NotMine
        mappings = self.meaning.active["mappings"]
        known = len(types) <= LIMIT_OF_ONE and all(one in mappings for one in types)
        if known and len(self.types) < _MOST_TYPES:
            self.types[key] = found
        return found


def table_of(meaning: Meaning, read: Sought | None) -> Table:
    """The table of `meaning` for what is read by name, made once."""
    tables: dict[int, Table] = meaning.tables
    found = tables.get(id(read))
    if found is None:
        found = Table(meaning, read)
        if len(tables) < MOST_SHAPES:
            tables[id(read)] = found
    return found


def _only(names: tuple[str, ...], keyword: str) -> str:
    """The one word for `keyword`; itself, which no member may be called, where there is none."""
    if len(names) > 1:
        raise NotMine
    return names[0] if names else keyword


def _absolute(meaning: Meaning) -> tuple[str, ...]:
    mappings = meaning.active["mappings"]
    return tuple(f"{scheme}:" for scheme in _SCHEMES if scheme not in mappings)

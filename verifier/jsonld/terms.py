"""What the words of a document mean under its contexts: active contexts (JSON-LD 1.1 API, section
4.1), which are looked up, and come from pyld (`processed`) or from what it said before (`kept`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from msgspec import Struct

from verifier.jsonld.safe import IRI
from verifier.jsonld.vocabulary import LIMIT_OF_ONE

#: Active contexts that are kept: what a hundred kinds of badges need.
LIMIT = 1_000

#: Members that are no properties.
ID, TYPE = "@id", "@type"

ActiveContext = Mapping[str, Any]


class NotMine(Exception):
    """Something that the one pass leaves to pyld."""


class NotKept(Exception):
    """An active context, or a word under it, that was not kept as data."""


class Term(Struct, frozen=True):
    """What one member means: the keyword `@id` or `@type`, or the property `iri` as N-Quads write
    it, `name` without its brackets.

    `coerced` is `@id` or `@vocab` where its texts are addresses or words, a datatype as N-Quads
    write it behind a literal (nothing for a text), or `None`; texts are literals where it
    `is_text`. Each value `is_graph`, or none is;
    all of them are one list, in their order, where it `is_list`. An object stands under the context
    `inside`, one that is an address alone under `alone`, and a text under `of_text`.
    """

    iri: str
    name: str = ""
    coerced: str | None = None
    is_text: bool = True
    is_graph: bool = False
    is_list: bool = False
    inside: Meaning | None = None
    alone: Meaning | None = None
    of_text: Meaning | None = None


class Vocabulary(Protocol):
    """Where active contexts come from. Its methods raise `NotMine`, and `NotKept`."""

    def term(self, active: ActiveContext, name: str) -> Term:
        """What the member `name` means under `active`."""
        ...

    def under(self, active: ActiveContext, listed: tuple[str, ...]) -> Meaning:
        """What words mean after these contexts, by address."""
        ...

    def typed(self, active: ActiveContext, types: tuple[str, ...]) -> Meaning:
        """What words mean within a node of these types, each of which has a context of its own."""
        ...


class Meaning:
    """One active context. Its methods raise `NotMine` for what is none of the one pass's business,
    whether it could be done, or would be refused.
    """

    def __init__(self, vocabulary: Vocabulary, active: ActiveContext) -> None:
        if any(active.get(word) for word in ("@language", "@direction", "@base")):
            raise NotMine
        self._vocabulary = vocabulary
        self.active = active
        self._mappings: Mapping[str, Any] = active["mappings"]
        #: What the members mean that were met.
        self.known: dict[str, Term] = {}
        self.contexts: dict[tuple[str, ...], Meaning] = {}
        self.scopes: dict[tuple[str, ...], Meaning] = {}
        #: The words that were met as values or types, as N-Quads write them.
        self._words: dict[str, str] = {}
        #: What the one pass makes of it (`tables`), by the identity of what is read by name.
        self.tables: dict[int, Any] = {}
        #: Members that say of what type a node is, and which thing.
        self.type_names, self.id_names = self._named(TYPE), self._named(ID)
        if self._named("@value"):
            raise NotMine

    def _named(self, keyword: str) -> tuple[str, ...]:
        return tuple(name for name, one in self._mappings.items() if one and one["@id"] == keyword)

    def term(self, name: str) -> Term:
        """What the member `name` means."""
        found = self.known.get(name)
        if found is None:
            found = self._vocabulary.term(self.active, name)
            if name in self._mappings:
                self.known[name] = found
        return found

    def under(self, listed: object) -> Meaning:
        """The context after the `@context` of a node."""
        key = (listed,) if isinstance(listed, str) else listed
        if not isinstance(key, (tuple, list)) or not 0 < len(key) <= LIMIT_OF_ONE:
            raise NotMine
        if not all(isinstance(item, str) for item in key):
            raise NotMine
        key = tuple(key)
        found = self.contexts.get(key)
        if found is None:
            found = self.contexts[key] = self._vocabulary.under(self.active, key)
        return found

    def typed(self, types: Sequence[str]) -> tuple[Meaning, tuple[str, ...]]:
        """The context within a node of these `types`, which have contexts of their own or not; and
        the types as N-Quads write them.
        """
        return self._scoped(types), tuple([self.word(one) for one in types])

    def _scoped(self, types: Sequence[str]) -> Meaning:
        mappings = self._mappings
        scoped = []
        for one in types:
            mapping = mappings.get(one)
            if mapping and mapping.get("@context") not in (None, False):
                scoped.append(one)
        if not scoped:
            return self
        key = tuple(sorted(scoped))
        found = self.scopes.get(key)
        if found is None:
            found = self.scopes[key] = self._vocabulary.typed(self.active, key)
        return found

    def word(self, value: str) -> str:
        """What a text means that may be one of the words, as N-Quads write it."""
        found = self._words.get(value)
        if found is None:
            found = f"<{self.iri(value, is_word=True)}>"
            if value in self._mappings:
                self._words[value] = found
        return found

    def iri(self, value: str, *, is_word: bool = False) -> str:
        """IRI expansion (JSON-LD 1.1 API, section 5.2), without a base address; an absolute one."""
        if value[:1] == "@":
            raise NotMine
        if is_word and value in self._mappings:
            mapping = self._mappings[value]
            iri = mapping and mapping["@id"]
        else:
            prefix, colon, rest = value.partition(":")
            if not colon or not prefix:
                iri = self._in_vocabulary(value, is_word=is_word)
            elif prefix == "_":  # a part without a name
                raise NotMine
            elif rest[:2] == "//":
                iri = value
            else:
                mapping = self._mappings.get(prefix)
                if mapping and mapping["_prefix"]:
                    iri = str(mapping["@id"]) + rest
                elif IRI.fullmatch(value):
                    return value
                else:
                    iri = self._in_vocabulary(value, is_word=is_word)
        if not iri or not IRI.fullmatch(iri):  # that begins with a letter, so it is no `_:`
            raise NotMine
        return str(iri)

    def _in_vocabulary(self, value: str, *, is_word: bool) -> str:
        if is_word and "@vocab" in self.active:
            return str(self.active["@vocab"]) + value
        return value

"""What the words of a document mean under its contexts: active contexts (JSON-LD 1.1 API, section
4.1), which are looked up, and come from pyld (`processed`) or from what it said before (`kept`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from verifier.jsonld.safe import IRI
from verifier.jsonld.vocabulary import LIMIT_OF_ONE

#: Members that are no properties.
ID, TYPE = "@id", "@type"

ActiveContext = Mapping[str, Any]


class NotMine(Exception):
    """Something that the one pass leaves to pyld."""


class NotKept(Exception):
    """An active context, or a word under it, that was not kept as data."""


@dataclass(frozen=True, slots=True)
class Term:
    """What one member means: the keyword `@id` or `@type`, or the property `iri`.

    `coerced` is `@id` or `@vocab` where its texts are addresses or words, a datatype as N-Quads
    write it behind a literal (nothing for a text), or `None`. Each value `is_graph`, or none is;
    all of them are one list, in their order, where it `is_list`. An object stands under the context
    `inside`, one that is an address alone under `alone`, and a text under `of_text`.
    """

    iri: str
    coerced: str | None = None
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
        self.terms: dict[str, Term] = {}
        self._types: dict[str, str] = {}
        self.contexts: dict[tuple[str, ...], Meaning] = {}
        self.scopes: dict[tuple[str, ...], Meaning] = {}
        if any(one and one["@id"] == "@value" for one in self._mappings.values()):
            raise NotMine

    def term(self, name: str) -> Term:
        """What the member `name` means."""
        found = self.terms.get(name)
        if found is None:
            found = self._vocabulary.term(self.active, name)
            if name in self._mappings:
                self.terms[name] = found
        return found

    def is_type(self, name: str) -> bool:
        """Whether the member `name` says of what type a node is."""
        mapping = self._mappings.get(name)
        return mapping is not None and mapping["@id"] == TYPE

    def is_id(self, name: str) -> bool:
        """Whether the member `name` says which thing a node is."""
        mapping = self._mappings.get(name)
        return mapping is not None and mapping["@id"] == ID

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

    def typed(self, types: Sequence[str]) -> Meaning:
        """The context within a node of these `types`, which have contexts of their own or not."""
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

    def type_iri(self, name: str) -> str:
        """What a type of that name is, as N-Quads write it."""
        found = self._types.get(name)
        if found is None:
            found = f"<{self.iri(name, is_word=True)}>"
            if name in self._mappings:
                self._types[name] = found
        return found

    def iri(self, value: str, *, is_word: bool = False) -> str:
        """IRI expansion (JSON-LD 1.1 API, section 5.2), without a base address; an absolute one."""
        if value[:1] == "@":
            raise NotMine
        if is_word and value in self._mappings:
            mapping = self._mappings[value]
            iri = mapping and mapping["@id"]
        else:
            iri = self._expanded(value, is_word=is_word)
        if not iri or iri[:2] == "_:" or not IRI.fullmatch(iri):
            raise NotMine
        return str(iri)

    def _expanded(self, value: str, *, is_word: bool) -> str:
        prefix, colon, rest = value.partition(":")
        if colon and prefix:
            if rest[:2] == "//":
                return value
            mapping = self._mappings.get(prefix)
            if mapping and mapping["_prefix"]:
                return str(mapping["@id"]) + rest
            if IRI.fullmatch(value):
                return value
        if is_word and "@vocab" in self.active:
            return str(self.active["@vocab"]) + value
        return value

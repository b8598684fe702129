"""What the words of a document mean under its contexts: active contexts (JSON-LD 1.1 API, section
4.1), each processed by pyld once, looked up ever after.

Only pinned contexts get this far, so there are no more of them than these allow for; of unusual
combinations no more than `LIMIT` are kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyld import jsonld as pyld  # type: ignore[import-untyped]

from verifier import contexts
from verifier.jsonld import by_pyld
from verifier.jsonld.safe import IRI
from verifier.jsonld.vocabulary import LIMIT_OF_ONE

#: Active contexts that are kept: what a hundred kinds of badges need.
LIMIT = 1_000

#: Members that are no properties.
ID, TYPE = "@id", "@type"

_XSD = "http://www.w3.org/2001/XMLSchema#"
#: What pyld does with a value of these is not a matter of its words alone.
_SPECIAL = frozenset((f"{_XSD}double", "@json"))
_CONTAINERS = frozenset(("@set", "@graph", "@list"))

ActiveContext = Mapping[str, Any]


class NotMine(Exception):
    """Something that the one pass leaves to pyld."""


@dataclass(frozen=True, slots=True)
class Term:
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


class Meaning:
    """One active context. Its methods raise `NotMine` for what is none of the one pass's business,
    whether it could be done, or would be refused.
    """

    def __init__(self, vocabulary: Vocabulary, active: ActiveContext) -> None:
        if any(active.get(word) for word in ("@language", "@direction", "@base")):
            raise NotMine
        self._vocabulary = vocabulary
        self._active = active
        self._mappings: Mapping[str, Any] = active["mappings"]
        #: What the members mean that were met.
        self.known: dict[str, Term] = {}
        self._of_types: dict[tuple[str, ...], tuple[Meaning, tuple[str, ...]]] = {}
        self._under: dict[tuple[str, ...], Meaning] = {}
        self._typed: dict[tuple[str, ...], Meaning] = {}
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
            found = self._vocabulary.term(self._active, name)
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
        found = self._under.get(key)
        if found is None:
            pinned = contexts.load()
            if not all(item in pinned for item in key):
                raise NotMine
            found = self._vocabulary.processed(self._active, list(key))
            self._under[key] = found
        return found

    def typed(self, types: Sequence[str]) -> tuple[Meaning, tuple[str, ...]]:
        """The context within a node of these `types`, which have contexts of their own or not; and
        the types as N-Quads write them.
        """
        key = tuple(types)
        found = self._of_types.get(key)
        if found is None:
            found = self._scoped(types), tuple([self._type_iri(one) for one in types])
            known = len(key) <= LIMIT_OF_ONE and all(one in self._mappings for one in key)
            if known and len(self._of_types) < LIMIT:
                self._of_types[key] = found
        return found

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
        found = self._typed.get(key)
        if found is None:
            found = self
            for one in key:
                found = found._within(mappings[one]["@context"])
            self._typed[key] = found
        return found

    def _within(self, scoped: object) -> Meaning:
        return self._vocabulary.processed(self._active, scoped, propagate=False)

    def _type_iri(self, name: str) -> str:
        return f"<{self.iri(name, is_word=True)}>"

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
        if is_word and "@vocab" in self._active:
            return str(self._active["@vocab"]) + value
        return value


class Vocabulary:
    """All active contexts that were met, by pyld's own identifiers of them."""

    def __init__(self) -> None:
        self._options = by_pyld.options()
        self._processor = pyld.JsonLdProcessor()
        self._met: dict[str, Meaning] = {}
        self.initial = self.of(self._processor._get_initial_context(self._options))  # noqa: SLF001

    def of(self, active: ActiveContext) -> Meaning:
        """What words mean under `active`."""
        key = active["_uuid"]
        found = self._met.get(key)
        if found is None:
            if len(self._met) >= LIMIT:
                raise NotMine
            found = self._met[key] = Meaning(self, active)
        return found

    def processed(
        self, active: ActiveContext, local: object, *, propagate: bool = True, scoped: bool = False
    ) -> Meaning:
        """What words mean after `local`, a context in a document or a vocabulary."""
        return self.of(self._process(active, local, propagate=propagate, scoped=scoped))

    def _process(
        self, active: ActiveContext, local: object, *, propagate: bool = True, scoped: bool = False
    ) -> ActiveContext:
        try:
            found: ActiveContext = self._processor._process_context(  # noqa: SLF001
                active, local, self._options, override_protected=scoped, propagate=propagate
            )
        except (pyld.JsonLdError, RecursionError) as error:
            raise NotMine from error
        return found

    def term(self, active: ActiveContext, name: str) -> Term:
        """What the member `name` means under `active`."""
        mappings = active["mappings"]
        if name[:1] == "@":
            raise NotMine
        mapping = mappings.get(name)
        if mapping is None:
            if name in mappings or ":" in name or "@vocab" not in active:
                raise NotMine
            iri = self._absolute(active["@vocab"] + name)
            here = self.of(active)
            return Term(f"<{iri}>", iri, inside=self._left(active, None), alone=here, of_text=here)
        if mapping["@id"] in (ID, TYPE):
            return Term(mapping["@id"])
        iri = self._absolute(mapping["@id"])
        containers = frozenset(_listed(mapping.get("@container")))
        if mapping["reverse"] or any(word in mapping for word in ("@nest", "@index", "@prefix")):
            raise NotMine
        if containers - _CONTAINERS or "@language" in mapping or "@direction" in mapping:
            raise NotMine
        local = mapping.get("@context")
        within = active if local is None else self._process(active, local, scoped=True)
        again = within["mappings"].get(name) or {}
        kind = again.get("@type")
        if mapping.get("@type") != kind or kind in _SPECIAL:
            raise NotMine
        if frozenset(_listed(again.get("@container"))) != containers:
            raise NotMine
        if {"@graph", "@list"} <= containers:
            raise NotMine
        second = again.get("@context")
        alone = within if second is None else self._process(within, second, scoped=True)
        coerced, is_graph = self._coerced(kind), "@graph" in containers
        return Term(
            f"<{iri}>",
            iri,
            coerced,
            is_text=not is_graph and (coerced is None or coerced[:1] != "@"),
            is_graph=is_graph,
            is_list="@list" in containers,
            inside=self._left(within, second),
            alone=self.of(alone),
            of_text=self.of(within),
        )

    def _left(self, within: ActiveContext, second: object) -> Meaning:
        """The context of an object that is not one alone: what the types of the node around it
        brought is left behind.
        """
        base = within.get("previousContext") or within
        return self.of(base if second is None else self._process(base, second, scoped=True))

    def _coerced(self, kind: str | None) -> str | None:
        if kind is None or kind == "@none":
            return None
        if kind in ("@id", "@vocab"):
            return kind
        return "" if kind == f"{_XSD}string" else f"^^<{self._absolute(kind)}>"

    @staticmethod
    def _absolute(iri: object) -> str:
        if not isinstance(iri, str) or not IRI.fullmatch(iri):
            raise NotMine
        return iri


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]

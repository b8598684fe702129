"""Active contexts (JSON-LD 1.1 API, section 4.1), each processed by pyld once, then looked up.

Only pinned contexts get this far, so there are no more of them than these allow for; of unusual
combinations no more than `LIMIT` are kept.
"""

from __future__ import annotations

from typing import Any

from pyld import jsonld as pyld  # type: ignore[import-untyped]

from verifier import contexts
from verifier.jsonld import by_pyld
from verifier.jsonld.safe import IRI
from verifier.jsonld.terms import ID, LIMIT, TYPE, ActiveContext, Meaning, NotMine, Term

_XSD = "http://www.w3.org/2001/XMLSchema#"
#: What pyld does with a value of these is not a matter of its words alone.
_SPECIAL = frozenset((f"{_XSD}double", "@json"))
_CONTAINERS = frozenset(("@set", "@graph", "@list"))


class Processed:
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

    def under(self, active: ActiveContext, listed: tuple[str, ...]) -> Meaning:
        """What words mean after these contexts, by address; all of them pinned."""
        pinned = contexts.load()
        if not all(item in pinned for item in listed):
            raise NotMine
        return self.processed(active, list(listed))

    def typed(self, active: ActiveContext, types: tuple[str, ...]) -> Meaning:
        """What words mean within a node of these types, each of which has a context of its own."""
        scoped = [active["mappings"][one]["@context"] for one in types]
        found = self.processed(active, scoped[0], propagate=False)
        for local in scoped[1:]:
            found = self.processed(found.active, local, propagate=False)
        return found

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

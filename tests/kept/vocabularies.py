"""Active contexts as pyld makes them, for the words that badges are made of: those that our own
cases, and badges with everything that Open Badges 3.0 knows, lead through.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tests.kept.complete import documents
from verifier import contexts
from verifier.jsonld import kept
from verifier.jsonld.processed import Processed
from verifier.jsonld.terms import ActiveContext, Meaning, NotMine, Term

ROOT = Path(__file__).parent.parent.parent


class _Merging(Processed):
    """As `Processed`, but active contexts that say the same are one."""

    def __init__(self) -> None:
        self._same: dict[str, Meaning] = {}
        self._named: dict[str, Meaning] = {}
        super().__init__()

    def of(self, active: ActiveContext) -> Meaning:
        """What words mean under `active`."""
        name = active["_uuid"]
        if name not in self._named:
            self._named[name] = self._merged(active)
        return self._named[name]

    def _merged(self, active: ActiveContext) -> Meaning:
        told = json.dumps(_told(active), sort_keys=True)
        key = hashlib.sha256(told.encode()).hexdigest()
        if key not in self._same:
            self._same[key] = Meaning(self, active)
        return self._same[key]


def _told(active: ActiveContext) -> dict[str, Any]:
    """What an active context says, without pyld's name for it."""
    rest = {name: value for name, value in active.items() if name not in ("_uuid", "inverse")}
    before = rest.pop("previousContext", None)
    return {**rest, "before": _told(before) if before else None}


def content() -> bytes:
    """The file."""
    vocabulary = _Merging()
    for document in [*_of_cases(), *documents()]:
        _tour(document, vocabulary.initial)
    head, states = _Written(vocabulary).held()
    lines = [json.dumps(part, separators=(",", ":"), sort_keys=True) for part in (head, *states)]
    text = "\n".join(lines).encode()
    return hashlib.sha256(text).hexdigest().encode() + b"\n" + text


def _tour(node: dict[str, Any], meaning: Meaning) -> None:
    """Ask for every word of `node`, as the one pass does; what it does not know is passed over."""
    with suppress(NotMine):
        if "@context" in node:
            meaning = meaning.under(node["@context"])
        outer = meaning
        for types in [node[name] for name in outer.type_names if name in node]:
            meaning, _ = outer.typed(types if isinstance(types, list) else [types])
        for name, value in node.items():
            _go(meaning, name, value if isinstance(value, list) else [value])


def _go(meaning: Meaning, name: str, values: list[Any]) -> None:
    with suppress(NotMine):
        term = meaning.term(name)
        for one in values:
            if isinstance(one, dict) and term.inside is not None:
                _tour(one, term.inside)


def _of_cases() -> Iterator[dict[str, Any]]:
    """Credentials of our own cases, and the options of their proofs as these are signed."""
    for path in sorted((ROOT / "wallet_server/selftest").glob("*/input.json")):
        try:
            document = json.loads(path.read_bytes())
        except ValueError:
            continue
        if isinstance(document, dict):
            yield from parts_of(document)


def parts_of(document: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What proofs cover of a document: itself without them, and the options of each."""
    yield {name: value for name, value in document.items() if name != "proof"}
    proofs = document.get("proof")
    for proof in proofs if isinstance(proofs, list) else [proofs]:
        if isinstance(proof, dict):
            options = {name: value for name, value in proof.items() if name != "proofValue"}
            yield {**options, "@context": document.get("@context")}


class _Written:
    """The active contexts that were met, as `kept.Kept` reads them."""

    def __init__(self, vocabulary: _Merging) -> None:
        self._vocabulary = vocabulary
        self._numbers: dict[int, int] = {}
        self._meanings: list[Meaning] = []
        self._rows: dict[str, int] = {}
        self._number(vocabulary.initial)

    def held(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """The head of the file, and its states."""
        states = []
        for meaning in self._meanings:  # grows on the way
            states.append(self._led(meaning))
        for state, meaning in zip(states, self._meanings, strict=True):
            state["words"] = self._words(meaning, state["left"])
        rows = [json.loads(row) for row in self._rows]
        return {"index": contexts.index_sha256(), "rows": rows}, states

    def _number(self, meaning: Meaning) -> int:
        if id(meaning) not in self._numbers:
            self._numbers[id(meaning)] = len(self._meanings)
            self._meanings.append(meaning)
        return self._numbers[id(meaning)]

    def _led(self, meaning: Meaning) -> dict[str, Any]:
        """Where one leads on, the states of the terms that were met among it."""
        for term in meaning.known.values():
            for way in (term.inside, term.alone, term.of_text):
                if way is not None:
                    self._number(way)
        before = meaning.active.get("previousContext")
        left = meaning if before is None else self._vocabulary.of(before)
        return {
            "left": self._number(left),
            "under": self._named(meaning.contexts),
            "typed": self._named(meaning.scopes),
            "more": {name: meaning.active[name] for name in ("@vocab",) if name in meaning.active},
        }

    def _named(self, led: Mapping[tuple[str, ...], Meaning]) -> dict[str, int]:
        return {kept.JOINT.join(names): self._number(one) for names, one in sorted(led.items())}

    def _words(self, meaning: Meaning, left: int) -> dict[str, int]:
        found = {}
        for name, mapping in sorted(meaning.active["mappings"].items()):
            row = None if mapping is None else self._row(meaning, name, mapping, left)
            found[name] = self._rows.setdefault(json.dumps(row), len(self._rows))
        return found

    def _row(self, meaning: Meaning, name: str, mapping: Mapping[str, Any], left: int) -> list[Any]:
        flags = kept.PREFIX if mapping["_prefix"] else 0
        if mapping.get("@context") not in (None, False):
            flags |= kept.SCOPED
        term = self._term(meaning, name)
        if term is None or term.iri in ("@id", "@type"):
            return [mapping["@id"], flags]
        own = self._numbers[id(meaning)]
        ways = [self._numbers[id(way)] for way in (term.inside, term.alone, term.of_text)]
        told = [
            kept.LEFT if way == left and at == 0 else kept.HERE if way == own else way
            for at, way in enumerate(ways)
        ]
        flags |= kept.PROPERTY | term.is_graph * kept.GRAPH | term.is_list * kept.LIST
        return [mapping["@id"], flags, term.coerced, *told]

    def _term(self, meaning: Meaning, name: str) -> Term | None:
        """The term, if all that it leads to is kept; with a context of its own, if it was met."""
        mapping = meaning.active["mappings"][name]
        if name not in meaning.known and mapping.get("@context") is not None:
            return None
        try:
            term = meaning.term(name)
        except NotMine:
            return None
        ways = (term.inside, term.alone, term.of_text)
        return term if all(way is None or id(way) in self._numbers for way in ways) else None

"""Active contexts as pyld said they are, kept as data: for what badges are made of, pyld need not
be loaded. `tests.kept` writes them, and holds them to what pyld says now.

A state is an active context: `words` name its rows, `left` is the state that an object stands under
which is no node of its own, `under` and `typed` lead on. A row is an IRI or keyword with what
`_Row` says. What was not kept raises `NotKept`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.json import decode

from verifier import contexts
from verifier.jsonld.terms import ID, TYPE, ActiveContext, Meaning, NotKept, Term

#: The SHA-256 of the rest, the rows, and the states, each on a line of its own.
FILE = Path(__file__).parent / "processed.txt"
_STATED = 65
#: What a row says of its word: it may start other IRIs; its types have contexts of their own; it
#: is a property that was kept; its values are graphs, or one list.
PREFIX, SCOPED, PROPERTY, GRAPH, LIST = 1, 2, 4, 8, 16
#: Instead of a state: the one that stands in `left`, or the one that the word stands under.
LEFT, HERE = -1, -2
#: Between addresses, and between types, that lead on together.
JOINT = " "


class Kept:
    """The active contexts that were kept. Reading them raises `ContextChanged`."""

    def __init__(self) -> None:
        self._content = _content()
        self._ends = [*_ends(self._content), len(self._content)]
        held = self._line(1)
        if held["index"] != contexts.index_sha256():
            raise _changed("was made of other contexts than those that are here")
        self._rows: list[list[Any]] = held["rows"]
        self._states: dict[int, dict[str, Any]] = {}
        self._mapped: dict[int, dict[str, Any]] = {}
        self._met: dict[int, Meaning] = {}
        self.initial = self._at(0)

    def _line(self, number: int) -> Any:  # noqa: ANN401  any JSON
        """What a line says. Each is taken out when it is asked for: of hundreds few are."""
        return decode(self._content[self._ends[number - 1] + 1 : self._ends[number]])

    def term(self, active: ActiveContext, name: str) -> Term:
        """What the member `name` means under `active`. Raises `NotKept`."""
        row = self._row(active, name)
        iri, flags, *rest = row
        if iri in (ID, TYPE):
            return Term(iri)
        if not flags & PROPERTY:
            raise NotKept(name)
        coerced, *ways = rest
        inside, alone, of_text = (self._way(active, way) for way in ways)
        is_graph = bool(flags & GRAPH)
        return Term(
            f"<{iri}>",
            iri,
            coerced,
            is_text=not is_graph and (coerced is None or coerced[:1] != "@"),
            is_graph=is_graph,
            is_list=bool(flags & LIST),
            inside=inside,
            alone=alone,
            of_text=of_text,
        )

    def under(self, active: ActiveContext, listed: tuple[str, ...]) -> Meaning:
        """What words mean after these contexts, by address. Raises `NotKept`."""
        return self._led(active, "under", listed)

    def typed(self, active: ActiveContext, types: tuple[str, ...]) -> Meaning:
        """What words mean within a node of these types. Raises `NotKept`."""
        return self._led(active, "typed", types)

    def _row(self, active: ActiveContext, name: str) -> list[Any]:
        at = self._states[active["state"]]["words"].get(name)
        if at is None or self._rows[at] is None:
            raise NotKept(name)
        return self._rows[at]

    def _way(self, active: ActiveContext, way: int) -> Meaning:
        own: int = active["state"]
        return self._at(own if way == HERE else self._states[own]["left"] if way == LEFT else way)

    def _led(self, active: ActiveContext, by: str, names: tuple[str, ...]) -> Meaning:
        at = self._states[active["state"]][by].get(JOINT.join(names))
        if at is None:
            raise NotKept(by, names)
        return self._at(at)

    def _at(self, state: int) -> Meaning:
        found = self._met.get(state)
        if found is None:
            held = self._states[state] = self._line(state + 2)
            mappings = {name: self._mapping(row) for name, row in held["words"].items()}
            active = {"state": state, "mappings": mappings, **held["more"]}
            found = self._met[state] = Meaning(self, active)
        return found

    def _mapping(self, at: int) -> dict[str, Any] | None:
        if self._rows[at] is None:
            return None
        found = self._mapped.get(at)
        if found is None:
            iri, flags = self._rows[at][:2]
            found = {"@id": iri, "_prefix": bool(flags & PREFIX)}
            if flags & SCOPED:
                found["@context"] = True
            self._mapped[at] = found
        return found


def _ends(content: bytes) -> Iterator[int]:
    at = content.find(b"\n")
    while at >= 0:
        yield at
        at = content.find(b"\n", at + 1)


def _content() -> bytes:
    try:
        content = FILE.read_bytes()
    except OSError as error:
        raise _changed(f"can't be read ({error.strerror})") from error
    stated, rest = content[:_STATED], memoryview(content)[_STATED:]
    if f"{hashlib.sha256(rest).hexdigest()}\n".encode() != stated:
        raise _changed("was changed since it was shipped")
    return content


def _changed(how: str) -> contexts.ContextChanged:
    return contexts.ContextChanged(
        f"The file {FILE.name} of processed contexts {how}. No badge can be judged with it. "
        "Install Touchstone again."
    )


@cache
def vocabulary() -> Kept:
    """The one of this process."""
    return Kept()

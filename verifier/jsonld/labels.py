"""The labels that RDFC-1.0 gives to parts without a name, found with work that always ends.

Section 7 of the standard tells implementations to defend themselves: a graph of a few kilobytes can
ask for more permutations than there are atoms. So every order of like parts that is tried, and
every part that is looked into, is counted before it is. Orders that differ only in which of two
mentions of one part comes first are alike, and tried once.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from verifier import bounds
from verifier.errors import TooCostly
from verifier.jsonld.said import Quad, Said, block, rests

Hash = Callable[[bytes], Any]

#: Orders and parts of "Hash N-Degree Quads" in all: three times what the costliest graphs take that
#: the standard's own suite wants done, and well under a second of work.
BUDGET = 10_000
DEPTH = 100
#: What one of them takes, of the work that may be done at once.
_UNITS = 8


def labels(said: Said, algorithm: str) -> dict[str, str]:
    """Section 4.4: each unnamed part's canonical label. Step numbers are the standard's. Raises
    `TooCostly`.
    """
    hashed = getattr(hashlib, algorithm)
    first = _first_degree(said, hashed)
    if len({*first.values()}) == len(first):
        order = sorted(first, key=first.__getitem__)
        return {part: f"_:c14n{number}" for number, part in enumerate(order)}
    return _Alike(said, hashed, first).labels()


def _first_degree(said: Said, hashed: Hash) -> dict[str, str]:
    """Section 4.6, of every unnamed part."""
    lines: dict[str, list[str]] = {}
    for part, about in said.about.items():
        graph, told = about.graph, rests(about)
        end = " _:z .\n" if graph else " .\n"
        lines.setdefault(part, []).append(block("_:a", told, end))
        for predicate, thing in about.links:
            lines.setdefault(thing, []).append(f"_:z {predicate} _:a{end}")
        if graph:
            lines.setdefault(graph, []).extend([f"_:z{rest} _:a .\n" for rest in told])
    for graph, told in said.within.items():
        lines.setdefault(graph, []).extend([f"{rest} _:a .\n" for rest in set(told)])
    for quad in said.quads:
        subject, predicate, thing, graph = quad
        if thing[0] == "_" and subject[0] != "_" and not graph:  # as most are
            lines.setdefault(thing, []).append(f"{subject} {predicate} _:a .\n")
        else:
            for part in dict.fromkeys((subject, thing, graph)):
                if part[:1] == "_":
                    lines.setdefault(part, []).append(_masked(quad, part))
    return {
        part: hashed("".join(sorted(told)).encode()).hexdigest() for part, told in lines.items()
    }


def _masked(quad: Quad, part: str) -> str:
    """The quad as it looks from one of its parts."""
    terms = ["_:a" if term == part else "_:z" if term[0] == "_" else term for term in quad if term]
    return f"{' '.join(terms)} .\n"


class _Alike:
    """Step 5: the labels where some parts have one hash of the first degree."""

    def __init__(self, said: Said, hashed: Hash, first: dict[str, str]) -> None:
        self._hash, self._first = hashed, first
        self._about = said.about
        #: The quads that mention each part and another, but for those `about` it or another in its
        #: graph; and the parts told about in each graph.
        self._mentions: dict[str, list[Quad]] = {}
        self._inside: dict[str, list[str]] = {}
        self._labels: dict[str, str] = {}
        self._left = BUDGET
        self._depth = 0
        mentions = self._mentions
        for part, about in said.about.items():
            graph = about.graph
            if graph:
                self._inside.setdefault(graph, []).append(part)
            for predicate, thing in about.links:
                mentions.setdefault(thing, []).append((part, predicate, thing, graph))
        for quad in said.quads:
            subject, _, thing, graph = quad
            if subject[0] == "_" or graph:
                for part in dict.fromkeys((subject, thing, graph)):
                    if part[:1] == "_":
                        mentions.setdefault(part, []).append(quad)

    def labels(self) -> dict[str, str]:
        """Every unnamed part's canonical label (steps 3 to 5)."""
        alike: dict[str, list[str]] = {}
        for part, digest in self._first.items():
            alike.setdefault(digest, []).append(part)
        shared = []
        for digest in sorted(alike):
            parts = alike[digest]
            if len(parts) == 1:
                self._labels[parts[0]] = f"_:c14n{len(self._labels)}"
            else:
                shared.append(parts)
        for parts in shared:
            found = [
                self._n_degree(part, {part: "_:b0"}) for part in parts if part not in self._labels
            ]
            for _, issued in sorted(found, key=lambda one: one[0]):
                for part in issued:
                    self._name(part)
        return self._labels

    def _name(self, part: str) -> None:
        if part not in self._labels:
            self._labels[part] = f"_:c14n{len(self._labels)}"

    def _digest(self, text: str) -> str:
        digest: str = self._hash(text.encode()).hexdigest()
        return digest

    def _beside(self, part: str) -> list[tuple[str, str]]:
        """The unnamed parts that statements about this one mention, each time that they do, behind
        their position and predicate.
        """
        beside = []
        for subject, predicate, thing, graph in self._mentions.get(part, ()):
            if subject[0] == "_":
                beside.append((f"s{predicate}", subject))
            if thing[0] == "_":
                beside.append((f"o{predicate}", thing))
            if graph[:1] == "_":
                beside.append(("g", graph))
        if part in self._about:
            about = self._about[part]
            beside += [(f"o{predicate}", thing) for predicate, thing in about.links]
            if about.graph:
                beside += [("g", about.graph)] * about.count()
        for other in self._inside.get(part, ()):
            about = self._about[other]
            beside += [(f"s{rest.split(' ', 2)[1]}", other) for rest in about.told]
            for predicate, thing in about.links:
                beside += ((f"s{predicate}", other), (f"o{predicate}", thing))
        return beside

    def _related(self, part: str, issued: Mapping[str, str]) -> dict[str, list[str]]:
        """Steps 1 to 3 of section 4.8, with section 4.7: the parts beside this one, by hash."""
        related: dict[str, list[str]] = {}
        for position, other in self._beside(part):
            if other != part:
                known = self._labels.get(other) or issued.get(other) or self._first[other]
                related.setdefault(position + known, []).append(other)
        return {self._digest(text): others for text, others in related.items()}

    def _n_degree(self, part: str, issued: dict[str, str]) -> tuple[str, dict[str, str]]:
        """Section 4.8. Raises `TooCostly`."""
        self._depth += 1
        if self._depth > DEPTH:
            raise TooCostly(
                "The badge's graph of unnamed parts is nested too deeply to be put in order."
            )
        self._spend()
        data: list[str] = []
        related = self._related(part, issued)
        for digest in sorted(related):
            path, issued = self._best(related[digest], issued)
            data += (digest, path)
        self._depth -= 1
        return self._digest("".join(data)), issued

    def _best(self, parts: list[str], issued: dict[str, str]) -> tuple[str, dict[str, str]]:
        """Step 5.4: of all orders of `parts` the one with the least path."""
        orders: Iterable[Sequence[str]] = [parts]
        if parts.count(parts[0]) == len(parts):
            self._spend()
        else:
            counts = Counter(parts)
            self._spend(_count(counts))
            orders = _orders(counts, len(parts))
        chosen: tuple[str, dict[str, str]] | None = None
        for order in orders:
            tried = self._path(order, issued, chosen and chosen[0])
            if tried is not None and (chosen is None or tried[0] < chosen[0]):
                chosen = tried
        if chosen is None:
            raise ValueError("no order of parts was tried")
        return chosen

    def _path(
        self, order: Sequence[str], issued: dict[str, str], least: str | None
    ) -> tuple[str, dict[str, str]] | None:
        """Steps 5.4.2 to 5.4.5: the path of one order, `None` once it can't be the least."""
        issued, path, unseen = dict(issued), "", []
        for other in order:
            known = self._labels.get(other)
            if known is None:
                if other not in issued:
                    unseen.append(other)
                    issued[other] = f"_:b{len(issued)}"
                known = issued[other]
            path += known
            if least is not None and len(path) >= len(least) and path > least:
                return None
        for other in unseen:
            digest, after = self._n_degree(other, issued)
            path += f"{issued[other]}<{digest}>"
            issued = after
            if least is not None and len(path) >= len(least) and path > least:
                return None
        return path, issued

    def _spend(self, steps: int = 1) -> None:
        self._left -= steps
        if self._left < 0:
            raise TooCostly("The badge's unnamed parts are too much alike to be put in order.")
        bounds.spend(_UNITS * steps)


def _count(counts: Counter[str]) -> int:
    """How many orders there are that differ; some number beyond the budget where it is beyond."""
    total, places = 1, 0
    for mentions in counts.values():
        for mention in range(1, mentions + 1):
            places += 1
            total = total * places // mention
            if total > BUDGET and len(counts) > 1:
                return total
    return total


def _orders(counts: Counter[str], length: int) -> Iterator[tuple[str, ...]]:
    """Every order of parts that are mentioned so often which differs from the others."""
    order: list[str] = []

    def longer() -> Iterator[tuple[str, ...]]:
        if len(order) == length:
            yield tuple(order)
            return
        for part in counts:
            if counts[part]:
                counts[part] -= 1
                order.append(part)
                yield from longer()
                order.pop()
                counts[part] += 1

    yield from longer()

"""The labels that RDFC-1.0 gives to parts without a name, found with work that always ends.

Section 7 of the standard tells implementations to defend themselves: a graph of a few kilobytes can
ask for more permutations than there are atoms. So every order of like parts that is tried, and
every part that is looked into, is counted before it is. Orders that differ only in which of two
mentions of one part comes first are alike, and tried once.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from verifier import bounds
from verifier.errors import TooCostly

#: Orders and parts of "Hash N-Degree Quads" in all: three times what the costliest graphs take that
#: the standard's own suite wants done, and well under a second of work.
BUDGET = 10_000
DEPTH = 100
#: What one of them takes, of the work that may be done at once.
_UNITS = 8

#: Subject, predicate, object, and the graph's name or nothing: `<iri>`, `_:label` or `"literal"…`.
Quad = tuple[str, str, str, str]


class About(Struct):
    """All that is told of one part without a name, in the graph of that name, if any: what stands
    behind the part (` <predicate> <object>`), and the predicates that lead to other such parts, and
    to which.
    """

    graph: str
    told: list[str]
    links: list[tuple[str, str]]

    def count(self) -> int:
        """How many statements these are, copies included."""
        return len(self.told) + len(self.links)


class Said(Struct):
    """The statements of a document: `lines` are N-Quads, of named things alone; `about` those whose
    subject is a part without a name, by its label; `within` those of named things in a graph
    without a name, by its label: all but that and the full stop. `quads` are all others, none of
    them twice. `only` is the one part that has no name, where it is known that there are no more.
    """

    lines: list[str] = []
    about: dict[str, About] = {}
    within: dict[str, list[str]] = {}
    quads: list[Quad] = []
    only: str | None = None

    def count(self) -> int:
        """How many statements these are, copies included."""
        count = len(self.lines) + len(self.quads)
        for about in self.about.values():
            count += about.count()
        for told in self.within.values():
            count += len(told)
        return count


def block(label: str, about: About, labels: Mapping[str, str], end: str) -> str:
    """The lines of a part with this label, in their order; others have theirs of `labels`."""
    rests = list(set(about.told))
    for predicate, thing in about.links:
        rests.append(f" {predicate} {labels[thing]}")
    rests.sort()
    return f"{label}{f'{end}{label}'.join(rests)}{end}" if rests else ""


def labelled(quads: Iterable[Quad], labels: Mapping[str, str]) -> list[str]:
    """The quads with these labels in the place of their own."""
    lines = []
    for subject, predicate, thing, graph in quads:
        if subject[0] == "_":
            subject = labels[subject]
        if thing[0] == "_":
            thing = labels[thing]
        if graph:
            if graph[0] == "_":
                graph = labels[graph]
            lines.append(f"{subject} {predicate} {thing} {graph} .\n")
        else:
            lines.append(f"{subject} {predicate} {thing} .\n")
    return lines


class Labelling:
    """Section 4.4: which label each unnamed part gets. Step numbers are the standard's."""

    def __init__(self, said: Said, algorithm: str) -> None:
        self._hash = getattr(hashlib, algorithm)
        self._about, self._within = said.about, said.within
        #: The quads in which each part is mentioned, but for those `about` it or another in its
        #: graph; and the parts told about in each graph.
        self._mentions: dict[str, list[Quad]] = {part: [] for part in said.about}
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
            if subject[0] == "_":
                mentions.setdefault(subject, []).append(quad)
            if thing[0] == "_" and thing != subject:
                mentions.setdefault(thing, []).append(quad)
            if graph and graph[0] == "_" and graph not in (subject, thing):
                mentions.setdefault(graph, []).append(quad)
        #: What a part is called while another is looked at.
        self._masks = dict.fromkeys(mentions, "_:z")
        self._first: dict[str, str] = {}

    def labels(self) -> dict[str, str]:
        """Every unnamed part's canonical label (steps 3 to 5)."""
        first = self._first = {part: self._first_degree(part) for part in self._mentions}
        if len(set(first.values())) == len(first):
            order = sorted(first, key=first.__getitem__)
            return {part: f"_:c14n{number}" for number, part in enumerate(order)}
        alike: dict[str, list[str]] = {}
        for part, digest in first.items():
            alike.setdefault(digest, []).append(part)
        shared = []
        for digest in sorted(alike):
            if len(alike[digest]) == 1:
                self._name(alike[digest][0])
            else:
                shared.append(alike[digest])
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

    def _first_degree(self, part: str) -> str:
        """Section 4.6."""
        masks = self._masks
        masks[part] = "_:a"
        lines = labelled(self._mentions[part], masks)
        masks[part] = "_:z"
        if part in self._about:
            about = self._about[part]
            lines.append(block("_:a", about, masks, " _:z .\n" if about.graph else " .\n"))
        else:
            for other in self._inside.get(part, ()):
                text = block("_:z", self._about[other], masks, " _:a .\n")
                lines += text.splitlines(keepends=True)
            for rest in set(self._within.get(part, ())):
                lines.append(f"{rest} _:a .\n")
        lines.sort()
        digest: str = self._hash("".join(lines).encode()).hexdigest()
        return digest

    def _beside(self, part: str) -> list[tuple[str, str, str]]:
        """What the statements about this part mention, by position and predicate, each time."""
        beside = []
        for subject, predicate, thing, graph in self._mentions[part]:
            beside += (("s", predicate, subject), ("o", predicate, thing), ("g", "", graph))
        if part in self._about:
            about = self._about[part]
            for predicate, thing in about.links:
                beside.append(("o", predicate, thing))
            if about.graph:
                beside += [("g", "", about.graph)] * (len(set(about.told)) + len(about.links))
        for other in self._inside.get(part, ()):
            about = self._about[other]
            for rest in set(about.told):
                beside.append(("s", rest.split(" ", 2)[1], other))
            for predicate, thing in about.links:
                beside += (("s", predicate, other), ("o", predicate, thing))
        return beside

    def _related(self, part: str, issued: Mapping[str, str]) -> dict[str, list[str]]:
        """Steps 1 to 3 of section 4.8, with section 4.7: the parts beside this one, by hash."""
        related: dict[str, list[str]] = {}
        for position, predicate, other in self._beside(part):
            if other and other[0] == "_" and other != part:
                known = self._labels.get(other) or issued.get(other) or self._first[other]
                related.setdefault(f"{position}{predicate}{known}", []).append(other)
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
        counts = Counter(parts) if len(parts) > 1 else ()
        orders: Iterable[Sequence[str]] = [parts]
        if len(counts) < 2:
            self._spend()
        else:
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

"""What a document says, before its unnamed parts have the labels of the standard (RDFC-1.0)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

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


def rests(about: About, labels: Mapping[str, str] | None = None) -> list[str]:
    """What is told about a part, in order, which `told` is before; the others that it leads to are
    called as in `labels`, or all `_:z`.
    """
    if not about.links:
        return about.told
    found = about.told.copy()
    for predicate, thing in about.links:
        found.append(f" {predicate} {labels[thing] if labels else '_:z'}")
    found.sort()
    return found


def block(label: str, told: list[str], end: str) -> str:
    """The lines that say what is told about a part with this label."""
    return f"{label}{f'{end}{label}'.join(told)}{end}" if told else ""


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

"""RDF Dataset Canonicalization (RDFC-1.0) that always ends, over quads whose terms are written as
N-Quads already.

Section 7 of the standard tells implementations to defend themselves: a graph of a few kilobytes can
ask for more permutations than there are atoms. So every order of like parts that is tried, and
every part that is looked into, is counted before it is. Orders that differ only in which of two
mentions of one part comes first are alike, and tried once.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

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
Dataset = Mapping[str, list[dict[str, Any]]]


class Said(Struct):
    """The statements of a document: `lines` are N-Quads, of named things alone; `about` the others
    of which the subject is the one part without a name, by its label, less the label; `quads` all
    others. `only` is the one part that has no name, where it is known that there are no more.
    """

    lines: list[str] = []
    about: dict[str, list[str]] = {}
    quads: list[Quad] = []
    only: str | None = None

    def count(self) -> int:
        """How many statements these are, copies included."""
        return len(self.lines) + len(self.quads) + sum(map(len, self.about.values()))


_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_IRI = r'<[^\x00-\x20<>"\\]+>'
_BLANK = r"_:[^\s<>\"]+"
_LITERAL = (
    rf'"(?:[^\x00-\x1f\x7f"\\]|\\[tbnrf"\\]|\\u00[0-9A-F]{{2}})*"'
    rf"(?:\^\^{_IRI}|@[A-Za-z]{{1,8}}(?:-[A-Za-z0-9]{{1,8}})*)?"
)
_TERMS = (
    re.compile(rf"{_IRI}|{_BLANK}"),
    re.compile(_IRI),
    re.compile(rf"{_IRI}|{_BLANK}|{_LITERAL}"),
    re.compile(rf"(?:{_IRI}|{_BLANK})?"),
)
#: The signs that are escaped often, the one first that escapes; then all others.
_OFTEN = (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\r", "\\r"), ("\t", "\\t"))
_ESCAPED = str.maketrans(
    {
        **{chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
        **{"\b": "\\b", "\f": "\\f"},
    }
)


def canonicalise(dataset: Dataset, *, algorithm: str = "sha256") -> str:
    """The canonical N-Quads of a dataset in pyld's form.

    `algorithm` hashes within the canonicalisation (RDFC-1.0 with SHA-384 goes with P-384 keys).
    Raises `TooCostly` for a dataset that exceeds the budget, and `ValueError` where what was
    written would not read back as as many quads.
    """
    quads = []
    for name, statements in dataset.items():
        graph = "" if name == "@default" else name if name.startswith("_:") else f"<{name}>"
        for one in statements:
            quad = (_term(one["subject"]), _term(one["predicate"]), _term(one["object"]), graph)
            # What an issuer wrote must never start a line of its own: each line is one quad.
            if not all(pattern.fullmatch(term) for pattern, term in zip(_TERMS, quad, strict=True)):
                raise ValueError("a value of this dataset breaks out of its quad")
            quads.append(quad)
    return canonical(Said(quads=quads), algorithm=algorithm)


def literal(text: str) -> str:
    """`text` as N-Quads writes it, within its quotation marks (RDFC-1.0, section 5)."""
    if text.isprintable() and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return f'"{escaped(text)}"'


def escaped(text: str) -> str:
    """`text` as N-Quads writes it between quotation marks."""
    for sign, written in _OFTEN:
        text = text.replace(sign, written)
    return text if text.isprintable() else text.translate(_ESCAPED)


def canonical(said: Said, *, algorithm: str = "sha256") -> str:
    """The canonical N-Quads of what is said, each of whose terms is well-formed. Raises
    `TooCostly`.
    """
    lines = list(said.lines)
    if said.quads or said.about:
        labels = {said.only: "_:c14n0"} if said.only else _Labelling(said, algorithm).labels()
        lines += _lines(said.quads, labels)
        for part, rests in said.about.items():
            label = labels[part]
            lines += [label + rest for rest in rests]
    lines.sort()
    # what is said twice stands side by side, which is found sooner than by hashes
    return "".join([line for line, after in pairwise([*lines, ""]) if line != after])


def _lines(quads: Iterable[Quad], labels: Mapping[str, str]) -> list[str]:
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


def _term(part: Mapping[str, Any]) -> str:
    if part["type"] == "IRI":
        return f"<{part['value']}>"
    if part["type"] == "blank node":
        return str(part["value"])
    text = literal(part["value"])
    if part["datatype"] == _LANGUAGE_STRING and part.get("language"):
        return f"{text}@{part['language']}"
    return text if part["datatype"] == _XSD_STRING else f"{text}^^<{part['datatype']}>"


class _Labelling:
    """Section 4.4: which label each unnamed part gets. Step numbers are the standard's."""

    def __init__(self, said: Said, algorithm: str) -> None:
        self._hash = getattr(hashlib, algorithm)
        self._about = said.about
        #: The quads in which each part is mentioned, but for those that are told `about` it.
        self._mentions: dict[str, list[Quad]] = {part: [] for part in said.about}
        self._labels: dict[str, str] = {}
        self._left = BUDGET
        self._depth = 0
        mentions = self._mentions
        for quad in dict.fromkeys(said.quads):
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
        lines = ["_:a" + rest for rest in set(self._about.get(part, ()))]
        masks = self._masks
        masks[part] = "_:a"
        lines += _lines(self._mentions[part], masks)
        masks[part] = "_:z"
        lines.sort()
        digest: str = self._hash("".join(lines).encode()).hexdigest()
        return digest

    def _related(self, part: str, issued: Mapping[str, str]) -> dict[str, list[str]]:
        """Steps 1 to 3 of section 4.8, with section 4.7: the parts beside this one, by hash."""
        related: dict[str, list[str]] = {}
        for subject, predicate, thing, graph in self._mentions[part]:
            for other, position in ((subject, "s"), (thing, "o"), (graph, "g")):
                if other and other[0] == "_" and other != part:
                    known = self._labels.get(other) or issued.get(other) or self._first[other]
                    text = f"g{known}" if position == "g" else f"{position}{predicate}{known}"
                    related.setdefault(self._digest(text), []).append(other)
        return related

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

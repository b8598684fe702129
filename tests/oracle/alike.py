"""Both ways on one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import cycle

from tests.oracle.mutations import Document
from verifier import jsonld
from verifier.errors import TooCostly
from verifier.jsonld import by_pyld, quads
from verifier.proofs import covered

#: What is read by name in credentials, and every third time in other things.
READ = covered.READ
SHAPES = tuple(one for other in covered.SHAPES.values() for one in (READ, READ, other))


def difference(document: Document, read: jsonld.Shape = READ) -> tuple[str, str | None]:
    """What became of it in the one pass, and how pyld differs, or `None`."""
    try:
        quads.said_by(document, read)
    except quads.NotMine:
        return "left to pyld", None
    mine, others = _answer(document, read, fast=True), _answer(document, read, fast=False)
    word = "refused" if mine.startswith("!") else "same"
    return word, None if mine == others else f"{mine}\n--- pyld:\n{others}"


def _answer(document: Document, read: jsonld.Shape, *, fast: bool) -> str:
    try:
        if fast:
            return jsonld.canonical(document, read)
        return by_pyld.canonical(document, read, "sha256")
    except jsonld.Rejected as error:
        return f"!{error.code} {error.reason}"
    except TooCostly:
        return "!too_costly"


def compare(documents: Iterable[Document]) -> tuple[Counter[str], list[tuple[str, Document]]]:
    """How often what became of them, and those where the two differ, each with how."""
    counts: Counter[str] = Counter()
    differing = []
    for document, read in zip(documents, cycle(SHAPES), strict=False):
        word, how = difference(document, read)
        counts[word] += 1
        if how is not None:
            differing.append((how, document))
    return counts, differing

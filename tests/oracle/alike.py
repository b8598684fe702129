"""Both ways on one document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tests.oracle.mutations import Document
from verifier import jsonld
from verifier.errors import TooCostly
from verifier.jsonld import by_pyld, quads
from verifier.proofs import covered

READ = covered.READ


def difference(document: Document) -> tuple[str, str | None]:
    """What became of it in the one pass, and how pyld differs, or `None`."""
    try:
        quads.quads_of(document)
    except quads.NotMine:
        return "left to pyld", None
    mine, others = _answer(document, fast=True), _answer(document, fast=False)
    word = "refused" if mine.startswith("!") else "same"
    return word, None if mine == others else f"{mine}\n--- pyld:\n{others}"


def _answer(document: Document, *, fast: bool) -> str:
    try:
        if fast:
            return jsonld.canonical(document, READ)
        return by_pyld.canonical(document, READ, "sha256")
    except jsonld.Rejected as error:
        return f"!{error.code} {error.reason}"
    except TooCostly:
        return "!too_costly"


def compare(documents: Iterable[Document]) -> tuple[Counter[str], list[tuple[str, Document]]]:
    """How often what became of them, and those where the two differ, each with how."""
    counts: Counter[str] = Counter()
    differing = []
    for document in documents:
        word, how = difference(document)
        counts[word] += 1
        if how is not None:
            differing.append((how, document))
    return counts, differing

"""RDF Dataset Canonicalization (RDFC-1.0) that always ends: pyld's algorithm under a budget of
steps.

Section 7 of the standard tells implementations to defend themselves: a graph of a few kilobytes can
ask for more permutations than there are atoms. pyld has no such defence, so every permutation and
recursion is counted before it is made.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Mapping
from typing import Any

from pyld.canon import URDNA2015  # type: ignore[import-untyped]

from verifier.errors import TooCostly

#: Permutations and recursions of "Hash N-Degree Quads" in all: three times what the costliest
#: graphs take that the standard's own suite wants done, and well under a second of work.
BUDGET = 10_000
DEPTH = 100

Dataset = Mapping[str, list[dict[str, Any]]]

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_IRI = r'<[^\x00-\x20<>"\\]+>'
_BLANK = r"_:c14n[0-9]+"
_LITERAL = (
    rf'"(?:[^\x00-\x1f\x7f"\\]|\\[tbnrf"\\]|\\u00[0-9A-F]{{2}})*"'
    rf"(?:\^\^{_IRI}|@[A-Za-z]{{1,8}}(?:-[A-Za-z0-9]{{1,8}})*)?"
)
_QUAD = re.compile(
    rf"(?:{_IRI}|{_BLANK}) {_IRI} (?:{_IRI}|{_BLANK}|{_LITERAL})(?: (?:{_IRI}|{_BLANK}))? \.\n"
)
_ESCAPES = {
    **{chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F)},
    **{"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"},
}
_ESCAPED = str.maketrans(_ESCAPES)


def canonicalise(dataset: Dataset, *, algorithm: str = "sha256") -> str:
    """The canonical N-Quads of a dataset in pyld's form, which is used up.

    `algorithm` hashes within the canonicalisation (RDFC-1.0 with SHA-384 goes with P-384 keys).
    Raises `TooCostly` for a dataset that exceeds the budget, and `ValueError` where what was
    written does not read back as as many quads.
    """
    return _Bounded(algorithm).quads_of(dataset)


class _Bounded(URDNA2015):  # type: ignore[misc]  # pyld ships no types
    """pyld's canonicaliser, counted, and with the escapes of canonical N-Quads (RDFC-1.0, section
    5).
    """

    def __init__(self, algorithm: str) -> None:
        super().__init__()
        self.algorithm = algorithm
        self.left = BUDGET
        self.depth = 0

    def quads_of(self, dataset: Dataset) -> str:
        """Canonical N-Quads; `main` leaves each quad in `self.quads` with its canonical labels."""
        self.main(dataset, {"format": "application/n-quads"})
        lines = sorted({_written(quad) for quad in self.quads})
        # What an issuer wrote must never start a line of its own: each line is one quad, and none
        # was lost.
        if not all(_QUAD.fullmatch(line) for line in lines):
            raise ValueError("a value of this dataset breaks out of its quad")
        return "".join(lines)

    def create_hash(self) -> Any:  # noqa: ANN401  # hashlib's own type has no public name
        return hashlib.new(self.algorithm)

    def hash_first_degree_quads(self, id_: str) -> str:
        info = self.blank_node_info[id_]
        if "hash" not in info:
            info["hash"] = self.hash_nquads(
                sorted(
                    _written(
                        {
                            key: part
                            if key == "predicate"
                            else self.modify_first_degree_component(id_, part, key)
                            for key, part in quad.items()
                        }
                    )
                    for quad in info["quads"]
                )
            )
        return str(info["hash"])

    def hash_n_degree_quads(self, id_: str, issuer: Any) -> Any:  # noqa: ANN401  # pyld's own shapes
        self.depth += 1
        if self.depth > DEPTH:
            raise TooCostly(
                "The badge's graph of unnamed parts is nested too deeply to be put in order."
            )
        result = super().hash_n_degree_quads(id_, issuer)
        self.depth -= 1
        return result

    def create_hash_to_related(self, id_: str, issuer: Any) -> Any:  # noqa: ANN401
        related = super().create_hash_to_related(id_, issuer)
        self.left -= 1 + sum(math.factorial(min(len(nodes), 20)) for nodes in related.values())
        if self.left < 0:
            raise TooCostly("The badge's unnamed parts are too much alike to be put in order.")
        return related


def _written(quad: Mapping[str, Any]) -> str:
    """One quad as a line of canonical N-Quads."""
    parts = [quad["subject"], quad["predicate"], quad["object"]]
    parts += [quad["name"]] if "name" in quad else []
    return " ".join(_term(part) for part in parts) + " .\n"


def _term(part: Mapping[str, Any]) -> str:
    if part["type"] == "IRI":
        return f"<{part['value']}>"
    if part["type"] == "blank node":
        return str(part["value"])
    literal = f'"{part["value"].translate(_ESCAPED)}"'
    if part["datatype"] == _LANGUAGE_STRING and part.get("language"):
        return f"{literal}@{part['language']}"
    return literal if part["datatype"] == _XSD_STRING else f"{literal}^^<{part['datatype']}>"

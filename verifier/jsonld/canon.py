"""RDF Dataset Canonicalization (RDFC-1.0): the lines of a document, in their order and with the
labels of the standard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from operator import eq
from typing import Any

from verifier.jsonld.labels import labels
from verifier.jsonld.said import Said, block, labelled, rests

Dataset = Mapping[str, list[dict[str, Any]]]

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_IRI = r'<[^\x00-\x20<>"\\]+>'
_BLANK = r"_:[^\s<>\"]+"
_LITERAL = (
    rf'"(?:[^\x00-\x1f\x7f"\\]|\\[tbnrf"\\]|\\u00[0-9A-F]{{2}})*"'
    rf"(?:\^\^{_IRI}|@[A-Za-z]{{1,8}}(?:-[A-Za-z0-9]{{1,8}})*)?"
)
#: Subject, predicate, object and graph; `re` keeps the patterns made of them.
_TERMS = (
    rf"{_IRI}|{_BLANK}",
    _IRI,
    rf"{_IRI}|{_BLANK}|{_LITERAL}",
    rf"(?:{_IRI}|{_BLANK})?",
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
            if not all(re.fullmatch(form, term) for form, term in zip(_TERMS, quad, strict=True)):
                raise ValueError("a value of this dataset breaks out of its quad")
            quads.append(quad)
    return canonical(Said(quads=list(dict.fromkeys(quads))), algorithm=algorithm)


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
        for about in said.about.values():
            about.told = sorted(set(about.told))
        names = {said.only: "_:c14n0"} if said.only else labels(said, algorithm)
        lines += labelled(said.quads, names)
        for part, about in said.about.items():
            end = f" {names[about.graph]} .\n" if about.graph else " .\n"
            lines.append(block(names[part], rests(about, names), end))
        for graph, told in said.within.items():
            end = f" {names[graph]} .\n"
            lines += [rest + end for rest in told]
    lines.sort()
    if any(map(eq, lines, lines[1:])):  # what is said twice stands side by side
        lines = list(dict.fromkeys(lines))
    return "".join(lines)


def _term(part: Mapping[str, Any]) -> str:
    if part["type"] == "IRI":
        return f"<{part['value']}>"
    if part["type"] == "blank node":
        return str(part["value"])
    text = literal(part["value"])
    if part["datatype"] == _LANGUAGE_STRING and part.get("language"):
        return f"{text}@{part['language']}"
    return text if part["datatype"] == _XSD_STRING else f"{text}^^<{part['datatype']}>"

"""The W3C's own suite for RDF canonicalisation: its tests, and their graphs in the form that pyld
gives datasets.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

_PREFIX = "rdfc:RDFC10"
_TERM = re.compile(
    r"""<(?P<iri>[^>]*)>|(?P<blank>_:\S+)
    |"(?P<text>(?:[^"\\]|\\.)*)"(?:\^\^<(?P<type>[^>]*)>|@(?P<language>\S+))?""",
    re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_CHARACTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LANGUAGE_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"


def entries(material: Path, kind: str) -> list[dict[str, Any]]:
    """The suite's tests of one kind."""
    manifest = json.loads((material / "rdf-canon/tests/manifest.jsonld").read_bytes())
    return [entry for entry in manifest["entries"] if entry["type"] == f"{_PREFIX}{kind}Test"]


def dataset(material: Path, entry: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """A test's input in the form that pyld gives datasets; its own reader keeps some escapes."""
    text = (material / "rdf-canon/tests" / entry["action"]).read_text(encoding="utf-8")
    graphs: dict[str, list[dict[str, Any]]] = {}
    for line in filter(None, text.split("\n")):
        terms = [term(match) for match in _TERM.finditer(line)]
        graph = graphs.setdefault(terms[3]["value"] if len(terms) > 3 else "@default", [])
        quad = dict(zip(("subject", "predicate", "object"), terms, strict=False))
        if quad not in graph:
            graph.append(quad)
    return graphs


def term(match: re.Match[str]) -> dict[str, Any]:
    """One term of a quad."""
    if match["blank"]:
        return {"type": "blank node", "value": match["blank"]}
    if match["text"] is None:
        return {"type": "IRI", "value": plain(match["iri"])}
    language = match["language"]
    kind = _LANGUAGE_STRING if language else plain(match["type"] or _XSD_STRING)
    value = {"type": "literal", "value": plain(match["text"]), "datatype": kind}
    return {**value, "language": language} if language else value


def plain(text: str) -> str:
    """`text` without escapes (N-Quads 1.1, section 3.2)."""

    def character(escape: re.Match[str]) -> str:
        code = escape[1] or escape[2]
        return chr(int(code, 16)) if code else _CHARACTERS.get(escape[3], escape[3])

    return _ESCAPE.sub(character, text)


def algorithm(entry: dict[str, Any]) -> str:
    """The hash that a test asks for."""
    return str(entry.get("hashAlgorithm", "SHA256")).lower()


def wanted(material: Path, entry: dict[str, Any]) -> str:
    """The canonical form that a test asks for."""
    return (material / "rdf-canon/tests" / str(entry["result"])).read_text(encoding="utf-8")

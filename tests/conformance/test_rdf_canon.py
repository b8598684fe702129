"""The W3C's own suite for RDF canonicalisation: equal to the letter, and poison ends in time."""

import json
import re
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from verifier.errors import TooCostly
from verifier.jsonld.canon import canonicalise

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
    return str(entry.get("hashAlgorithm", "SHA256")).lower()


def test_every_graph_comes_out_as_the_suite_says(material: Path) -> None:
    """All 64, with no exception: the escapes of test 060 and the SHA-384 of test 075 included."""
    tests = entries(material, "Eval")
    assert len(tests) == 64
    differing = {}
    for entry in tests:
        started = perf_counter()
        made = canonicalise(dataset(material, entry), algorithm=algorithm(entry))
        wanted = (material / "rdf-canon/tests" / entry["result"]).read_text(encoding="utf-8")
        if made != wanted:
            differing[entry["id"]] = made
        assert perf_counter() - started < 2, entry["id"]
    assert differing == {}


def test_poison_ends_within_a_second(material: Path) -> None:
    (entry,) = entries(material, "NegativeEval")
    poison = dataset(material, entry)
    started = perf_counter()
    with pytest.raises(TooCostly):
        canonicalise(poison)
    assert perf_counter() - started < 1

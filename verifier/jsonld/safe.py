"""Safe mode: nothing in the text that the quads do not cover, and nothing in the quads that could
pose as another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from verifier.errors import TooCostly
from verifier.jsonld.rejected import Rejected
from verifier.model import JsonObject

#: pyld compares the values of one property pairwise; the squares of all lists together are bounded
#: by that of one list this long, which takes a second.
LIST_LENGTH = 1_500

#: An absolute IRI that no reader of N-Quads could take for anything else (RFC 3987; N-Quads,
#: `IRIREF`).
IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>"\\]*')
_LANGUAGE = r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*"
_OF_A_VALUE = frozenset(("@value", "@type", "@language", "@direction"))


def check_text(document: JsonObject) -> None:
    """Refuse what credentials never need and attacks do: JSON-LD keywords but for `@context` and
    language-tagged values, and lists without end. Raises `Rejected` or `TooCostly`.
    """
    squares = 0
    waiting: list[object] = [document]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Mapping):
            allowed = _OF_A_VALUE if "@value" in item else frozenset(("@context",))
            for key in item:
                if key.startswith("@") and key not in allowed:
                    raise Rejected(
                        "structure",
                        "jsonld.keyword",
                        f"“{key[:40]}” has no place in a credential: it moves text out of sight.",
                    )
            waiting.extend(value for key, value in item.items() if key != "@context")
        elif isinstance(item, list):
            squares += len(item) ** 2
            waiting.extend(item)
    if squares > LIST_LENGTH**2:
        raise TooCostly("The badge's lists are too long to be put in order.")


def check_covered(expanded: object) -> None:
    """Raise `Rejected` for anything in the expanded form that would not reach the quads, or not as
    what it is.
    """
    if isinstance(expanded, list):
        for item in expanded:
            check_covered(item)
    elif not isinstance(expanded, Mapping):
        raise _uncovered("jsonld.value", str(expanded))
    elif "@value" in expanded:
        _check_value(expanded)
    elif "@list" in expanded:
        check_covered(expanded["@list"])
    else:
        _check_node(expanded)


def _check_node(node: Mapping[str, object]) -> None:
    for key, value in node.items():
        if key == "@id":
            _check_iri(value, "id")
        elif key == "@type":
            for item in value if isinstance(value, list) else [value]:
                _check_iri(item, "type")
        elif key == "@graph":
            _check_graph(value)
        elif key == "@reverse" and isinstance(value, Mapping):
            for name, items in value.items():
                _check_iri(name, "member")
                check_covered(items)
        elif key.startswith("@"):
            raise _uncovered("jsonld.keyword", key)
        else:
            _check_iri(key, "member")
            check_covered(value)


def _check_graph(graph: object) -> None:
    """A named graph holds statements: a bare address in one says nothing, and would vanish."""
    for node in graph if isinstance(graph, list) else [graph]:
        if not isinstance(node, Mapping) or set(node) <= {"@id"}:
            raise _uncovered(
                "jsonld.bare", str(node.get("@id") if isinstance(node, Mapping) else node)
            )
        check_covered(node)


def _check_value(value: Mapping[str, object]) -> None:
    kind = value.get("@type")
    if kind is not None and kind != "@json":
        _check_iri(kind, "type")
    language = value.get("@language")
    if language is not None and not (
        isinstance(language, str) and re.fullmatch(_LANGUAGE, language)
    ):
        raise Rejected(
            "structure",
            "jsonld.langtag",
            "The badge has a language tag that is no language tag (BCP 47).",
        )
    # RDF has no place for a text's direction or its index, so neither would be signed.
    for lost in ("@direction", "@index"):
        if lost in value:
            raise Rejected(
                "dropped_terms",
                "jsonld.value",
                f"The badge gives a text's “{lost}”, which no signature covers.",
            )


def _check_iri(value: object, role: str) -> None:
    if not isinstance(value, str) or not IRI.fullmatch(value):
        if isinstance(value, str) and value.startswith("_:"):
            raise Rejected(
                "structure",
                "jsonld.blank",
                f"“{value[:60]}” names a part only within the file; an id must be an address.",
            )
        raise _uncovered(f"jsonld.{role}", str(value))


def _uncovered(reason: str, what: str) -> Rejected:
    return Rejected(
        "dropped_terms",
        reason,
        f"“{what[:60]}” is neither a word of the badge's vocabularies nor an absolute address, "
        "so no signature covers it.",
    )

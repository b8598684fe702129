"""The quads of any JSON-LD document, by pyld: for what the one pass leaves to it (`quads`), and for
the tests, as the other opinion.

Around pyld stands a safe mode of our own, because whatever a processor drops in silence is text
that anyone may change under a good signature (VC Data Integrity, section 4.6.1, and the attribute
swaps of section 5.8).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pyld import jsonld as pyld  # type: ignore[import-untyped]

from verifier import contexts
from verifier.errors import TooCostly
from verifier.jsonld import canon, vocabulary
from verifier.jsonld.rejected import Rejected
from verifier.jsonld.safe import check_covered, check_text
from verifier.jsonld.shape import Shape, check_expanded
from verifier.model import JsonObject

#: Contexts as pyld has processed them, kept for the life of the process: only pinned ones ever get
#: this far.
_processed: dict[str, Any] = {}


def canonical(document: JsonObject, read: Shape, algorithm: str) -> str:
    """As `jsonld.canonical`."""
    vocabulary.check_contexts(document)
    check_text(document)
    expanded = _expanded(document)
    check_covered(expanded)
    check_expanded(document, expanded, read)
    dataset = pyld.to_rdf(expanded, options())
    try:
        return canon.canonicalise(dataset, algorithm=algorithm)
    except ValueError as error:
        raise Rejected(
            "structure", "jsonld.quads", "A value in this badge would break out of what is signed."
        ) from error


def _expanded(document: JsonObject) -> list[Any]:
    """JSON-LD expansion (JSON-LD 1.1 API, section 5.1) in which nothing is dropped in silence."""
    dropped: list[str] = []
    try:
        expanded = pyld.expand(
            _as_json_numbers(document), options(), lambda term: dropped.append(str(term))
        )
    except pyld.JsonLdError as error:
        raise _rejected(error) from error
    except RecursionError as error:
        raise TooCostly("The badge's vocabulary refers to itself too deeply.") from error
    if dropped:
        raise Rejected(
            "dropped_terms",
            "jsonld.dropped",
            f"“{dropped[0][:60]}” is a word that no vocabulary of the badge defines, "
            "so no signature covers it.",
        )
    return list(expanded)


def _rejected(error: pyld.JsonLdError) -> Rejected:
    code = getattr(error, "code", None) or "invalid"
    if code in ("protected term redefinition", "invalid context nullification"):
        return Rejected(
            "structure",
            "context.redefines",
            "The badge's vocabularies give a protected word a second meaning.",
        )
    return Rejected(
        "structure",
        "jsonld.syntax",
        f"The badge is not well-formed JSON-LD: {code} (its own rules).",
    )


def options() -> dict[str, Any]:
    """pyld's options. There is no base address: an address that is not absolute must stay visibly
    so (VC Data Integrity, section 2.4.2).
    """
    return {
        "base": None,
        "processingMode": "json-ld-1.1",
        "documentLoader": _load,
        "contextResolver": pyld.ContextResolver(_processed, _load),
    }


#: Terms that JSON-LD 1.1 refuses to read, and with them the whole vocabulary, which is of 1.0: one
#: written like an IRI must mean that IRI (JSON-LD 1.1 API, section 4.2.2). Without them their words
#: mean nothing, as those of any other that is not defined.
_UNREADABLE = dict.fromkeys(
    ("https://w3id.org/blockcerts/v1", "https://www.blockcerts.org/schema/1.2/context.json"),
    frozenset(("image:signature",)),
)


def _load(url: str, _options: Mapping[str, Any]) -> dict[str, Any]:
    """pyld's loader over the pinned contexts; tagged `static`, they are processed once."""
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        # pyld writes into what it is given
        "document": _copied(contexts.load()[url], _UNREADABLE.get(url, frozenset())),
        "tag": "static",
    }


def _copied(value: object, left_out: frozenset[str]) -> Any:  # noqa: ANN401  # any JSON
    if isinstance(value, Mapping):
        return {key: _copied(item, left_out) for key, item in value.items() if key not in left_out}
    if isinstance(value, (list, tuple)):
        return [_copied(item, left_out) for item in value]
    return value


def _as_json_numbers(value: object) -> Any:  # noqa: ANN401  # any JSON
    """JSON has one kind of number: 4.0 and 4 are the same value, an `xsd:integer` (JSON-LD 1.1 API,
    section 8.6).
    """
    if isinstance(value, Mapping):
        return {key: _as_json_numbers(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_as_json_numbers(item) for item in value]
    return (
        int(value)
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e21
        else value
    )

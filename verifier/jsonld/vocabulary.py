"""Which vocabularies a document may use: pinned ones, by exact address, and none of its own making.

The signature covers what terms expand to, not the list of contexts. So whoever may choose a context
may choose what a signed word means; only contexts whose every byte we know are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from verifier import contexts
from verifier.jsonld.rejected import Rejected
from verifier.model import JsonObject

#: Addresses in one `@context`, and `@context` members in one document (a record of many badges, and
#: endorsements, bring their own).
LIMIT_OF_ONE = 10
LIMIT_IN_ALL = 500


def check_contexts(document: JsonObject, *, within: bool = True) -> None:
    """Raise `Rejected`: `context` for a vocabulary that is not pinned or given inline, `structure`
    for one that redefines or nulls a pinned word, or for none at all. `within` the document there
    are others, or may be.
    """
    if not document.get("@context"):
        raise Rejected(
            "structure", "context.missing", "The badge has no @context, so its words mean nothing."
        )
    found = list(_contexts(document)) if within else [document["@context"]]
    if len(found) > LIMIT_IN_ALL:
        raise Rejected(
            "structure", "context.count", "The badge brings more vocabularies than any honest one."
        )
    listed = [item for context in found for item in _items(context)]
    pinned = contexts.load()
    own = [item for item in listed if isinstance(item, Mapping)]
    if own:
        _check_own(own, [item for item in listed if isinstance(item, str) and item in pinned])
    for item in listed:
        if isinstance(item, Mapping):
            raise Rejected(
                "context",
                "context.inline",
                "The badge brings a vocabulary of its own, which nobody vouches for.",
            )
        if item not in pinned:
            raise Rejected(
                "context",
                "context.unpinned",
                f"Touchstone does not know the vocabulary “{str(item)[:100]}”.",
            )


def _check_own(own: list[JsonObject], pinned: list[str]) -> None:
    terms = {term for url in pinned for term in _terms(url)}
    for item in own:
        if taken := sorted(terms.intersection(_defined(item))):
            raise Rejected(
                "structure",
                "context.redefines",
                f"The badge gives the word “{taken[0]}” a meaning of its own.",
            )


def _contexts(document: JsonObject) -> Iterator[object]:
    """Every `@context` in the document, at any depth."""
    waiting: list[object] = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            if "@context" in value:
                yield value["@context"]
                waiting += [value[key] for key in reversed(value) if key != "@context"]
            else:
                waiting += reversed(value.values())
        elif isinstance(value, list):
            waiting += reversed(value)


def _items(context: object) -> Iterator[str | JsonObject]:
    items = context if isinstance(context, list) else [context]
    if len(items) > LIMIT_OF_ONE:
        raise Rejected(
            "structure",
            "context.count",
            "One @context lists more vocabularies than any honest one.",
        )
    for item in items:
        if item is None:
            raise Rejected(
                "structure", "context.nulled", "A @context of null would unsay what the words mean."
            )
        if not isinstance(item, (str, Mapping)):
            raise Rejected(
                "structure", "context.shape", "A @context must hold addresses, not other values."
            )
        yield item


@lru_cache(maxsize=256)
def _terms(url: str) -> frozenset[str]:
    return frozenset(_defined(contexts.load()[url].get("@context")))


def _defined(context: object) -> Iterator[str]:
    """The words a context defines, in its scoped contexts too."""
    if isinstance(context, list):
        for item in context:
            yield from _defined(item)
    elif isinstance(context, Mapping):
        for term, definition in context.items():
            if not term.startswith("@"):
                yield term
                if isinstance(definition, Mapping):
                    yield from _defined(definition.get("@context"))

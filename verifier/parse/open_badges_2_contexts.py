"""The vocabularies of Open Badges before 3.0: which may stand in `@context`, and what may not.

Nothing is canonicalised here, so the vocabularies of the versions are known by their names. One
that is not known, or that is written out on the spot, could give the members another meaning than
the one we read.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier import contexts
from verifier.model import JsonObject, Problem
from verifier.parse.members import present

_VERSION_2 = "https://w3id.org/openbadges/v2"
VOCABULARIES = {
    _VERSION_2: "OB 2.0",
    "https://openbadgespec.org/v2/context.json": "OB 2.0",
    "https://purl.imsglobal.org/spec/ob/v2p1/context/ob_v2p1.jsonld": "OB 2.1",
    "https://w3id.org/openbadges/v1": "OB 1.1",
    "https://openbadgespec.org/v1/context.json": "OB 1.1",
}


def context_problems(body: JsonObject, at: str) -> Iterator[Problem]:
    """`structure` for a vocabulary that gives a word of Open Badges another meaning, `context` for
    every other that is not known; `at` names the class, as in `badge`.
    """
    listed = present(body.get("@context"))
    for context in listed:
        if isinstance(context, str):
            if context not in VOCABULARIES and context not in contexts.load():
                says = f"The {at} uses the vocabulary “{context[:80]}”, which is not known here."
                yield Problem("context", f"ob2.{at}.@context", says)
        elif isinstance(context, dict):
            yield _written_out(context, at, beside_known=bool(_known(listed)))
        else:
            says = f"A vocabulary of the {at} is neither an address nor an object."
            yield Problem("structure", f"ob2.{at}.@context", says)


def is_written_out(context: object) -> bool:
    """Whether this is the vocabulary of Open Badges, given inline."""
    return isinstance(context, dict) and {"Assertion", "BadgeClass"}.issubset(context)


def _known(listed: list[object]) -> list[str]:
    return [context for context in listed if isinstance(context, str) and context in VOCABULARIES]


def _written_out(context: JsonObject, at: str, *, beside_known: bool) -> Problem:
    words = contexts.load()[_VERSION_2]["@context"]
    changed = [word for word in context if word in words and words[word] != context[word]]
    if beside_known and changed:
        says = f"The {at} gives the word “{changed[0]}” a meaning of its own."
        return Problem("structure", f"ob2.{at}.@context.redefines", says)
    says = f"The {at} brings a vocabulary of its own, which nobody vouches for."
    return Problem("context", f"ob2.{at}.@context.inline", says)

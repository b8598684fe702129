"""The vocabularies of Open Badges before 3.0: which may stand in `@context`, and what may not.

Nothing is canonicalised here, so a vocabulary is known by its name; one that we do not know, or
that is written out on the spot, could give the members another meaning than the one we read.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.model import JsonObject, Problem
from verifier.parse.open_badges_2_rules import present

_HOSTS = ("https://w3id.org/openbadges", "https://openbadgespec.org")
_EXTENSIONS = (
    "accessibilityExtension",
    "applyLinkExtension",
    "assessmentExtension",
    "endorsement",
    "exampleExtension",
    "extraDescription",
    "geoCoordinatesExtension",
    "issuerAccreditationExtension",
    "licenseExtension",
    "originalCreatorExtension",
    "recipientProfile",
)
VOCABULARIES = {
    "https://w3id.org/openbadges/v2": "OB 2.0",
    "https://openbadgespec.org/v2/context.json": "OB 2.0",
    "https://purl.imsglobal.org/spec/ob/v2p1/context/ob_v2p1.jsonld": "OB 2.1",
    "https://w3id.org/openbadges/v1": "OB 1.1",
    "https://openbadgespec.org/v1/context.json": "OB 1.1",
}
_KNOWN = frozenset(VOCABULARIES) | {
    f"{host}/extensions/{name}/context.json" for host in _HOSTS for name in _EXTENSIONS
}


def context_problems(body: JsonObject, at: str) -> Iterator[Problem]:
    """`context` for every vocabulary we do not know; `at` names the class, as in `badge`."""
    for context in present(body.get("@context")):
        if not isinstance(context, str):
            yield Problem(
                "context",
                f"ob2.{at}.@context.inline",
                f"The {at} brings its own vocabulary along, so its words may mean anything.",
            )
        elif context not in _KNOWN:
            yield Problem(
                "context",
                f"ob2.{at}.@context",
                f"The {at} uses the vocabulary “{context[:80]}”, which Touchstone does not know.",
            )

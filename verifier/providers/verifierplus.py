"""VerifierPlus: a public copy of a credential that its holder put there.

The proof within is what counts; that the site shows it proves nothing.
"""

from __future__ import annotations

import json

from verifier.errors import NoCredential
from verifier.model import Documents, Payload, as_list
from verifier.providers.platform import (
    UUID,
    Evidence,
    Example,
    Match,
    Provider,
    Shape,
    object_of,
)

_HOME = "https://verifierplus.org"
_STORED = f"{_HOME}/api/credentials/{{id}}"
_HOSTS = ("verifierplus.org", "www.verifierplus.org")
_ONE = "01b2c3d4-0000-4000-8000-00000000ee01"
_MISSING = (
    "VerifierPlus has no such copy any more: its holder may have taken it back. Ask for a new link "
    "or for the file."
)


def _stored(match: Match, documents: Documents) -> Payload | None:
    """The one credential in the record, as it stands in the holder's presentation.

    It is judged as a file would be: it was not fetched from where it might be hosted.
    """
    record = object_of(documents, _STORED.format(id=match.id))
    presented = None if record is None else record.get("vp")
    found = as_list(presented.get("verifiableCredential")) if isinstance(presented, dict) else []
    if not found:
        return None
    if len(found) > 1:
        says = f"The record at VerifierPlus holds {len(found)} credentials and not one."
        raise NoCredential("ambiguous", says)
    text = found[0] if isinstance(found[0], str) else json.dumps(found[0], ensure_ascii=False)
    return Payload(match.canonical, text.encode(), "url")


def _shape(path: str) -> Shape:
    return Shape(
        "award",
        _HOSTS,
        path,
        f"{_HOME}/credentials/{{id}}",
        lower=("id",),
        asks=_STORED,
        reads=_stored,
        missing=_MISSING,
    )


PROVIDER = Provider(
    name="verifierplus",
    title="VerifierPlus",
    shapes=(
        _shape(rf"/credentials/(?P<id>{UUID})"),
        _shape(rf"/api/credentials/(?P<id>{UUID})"),
    ),
    examples=(
        Example(f"{_HOME}/credentials/{_ONE}#main", "award", _ONE, f"{_HOME}/credentials/{_ONE}"),
        Example(f"{_HOME}/api/credentials/{_ONE}", "award", _ONE, f"{_HOME}/credentials/{_ONE}"),
    ),
    strangers=(
        f"https://verifierplus.org.evil.example/credentials/{_ONE}",
        f"{_HOME}/credentials/1",
        f"{_HOME}/faq",
    ),
    evidence=(
        Evidence("link", "signature", "The stored credential's own proof; the site adds nothing."),
    ),
)

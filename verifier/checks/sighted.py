"""What has changed since an issuer was first met. It is announced, and changes no verdict: honest
issuers exchange keys and move house.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from verifier.dates import written
from verifier.model import Credential
from verifier.ports import Circumstances, Sighting
from verifier.report import Check
from verifier.trust.sightings import Observed, observed


def announced(
    credential: Credential, genuine: Check, issuer: Check, circumstances: Circumstances
) -> Check:
    """The answer `issuer`, with every change in its sentence and in `detail.changed`."""
    changes = [
        (one, first)
        for one in observed(credential, genuine, issuer)
        for first in _earlier(one, circumstances)
    ]
    if not changes:
        return issuer
    says = " ".join((issuer.says, *(_says(one, first) for one, first in changes)))
    changed = [_change(one, first, circumstances) for one, first in changes]
    return replace(issuer, says=says, detail={**issuer.detail, "changed": changed})


def _earlier(one: Observed, circumstances: Circumstances) -> Iterator[Sighting]:
    """The first thing of its kind that was seen of the issuer, if that was another."""
    seen = [met for met in circumstances.sightings.get(one.issuer, ()) if met.kind == one.kind]
    if seen:
        first = min(seen, key=lambda met: met.first_seen)
        if first.value != one.value:
            yield first


def _says(one: Observed, first: Sighting) -> str:
    day = written(first.first_seen)
    if one.kind == "key":
        return f"Its key is another than the one first seen on {day}."
    if one.issuer.startswith("called:"):
        return f"An issuer of that name was first seen on {day} at another domain, {first.value}."
    return f"Its domain is another than the one first seen on {day}, {first.value}."


def _change(one: Observed, first: Sighting, circumstances: Circumstances) -> dict[str, Any]:
    again = (met for met in circumstances.sightings.get(one.issuer, ()) if met.value == one.value)
    return {
        "what": one.kind,
        "first_seen": first.first_seen,
        "was": first.method if one.kind == "key" else first.value,
        "since": next((met.first_seen for met in again if met.kind == one.kind), None),
    }

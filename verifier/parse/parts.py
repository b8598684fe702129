"""What a credential holds that is a credential itself: the contents of a presentation or a learner
record, and endorsements. Each is a payload of its own, to be read like any other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from verifier.model import JsonObject, Payload, as_list
from verifier.parse.envelopes import is_envelope

#: Standards whose credentials hold others.
BUNDLES = frozenset(("VP", "CLR 2.0"))


def bundle(payload: Payload, document: JsonObject, standard: str) -> tuple[Payload, ...]:
    """The credentials in a presentation (VC Data Model 2.0, section 4.13) or in a learner record
    (CLR 2.0, "ClrSubject"), in their order; equal copies are one.
    """
    holders = [document] if standard == "VP" else _objects(document.get("credentialSubject"))
    if standard not in BUNDLES:
        return ()
    return _payloads(
        payload,
        (item for holder in holders for item in as_list(holder.get("verifiableCredential"))),
    )


def endorsements(payload: Payload, document: JsonObject) -> tuple[Payload, ...]:
    """What others said of the credential, its achievement and its issuer (Open Badges 3.0,
    "EndorsementCredential").
    """
    subjects = _objects(document.get("credentialSubject"))
    achievements = [one for subject in subjects for one in _objects(subject.get("achievement"))]
    endorsed = [document, *achievements, *_objects(document.get("issuer"))]
    return _payloads(
        payload,
        (
            item
            for one in endorsed
            for member in ("endorsement", "endorsementJwt")
            for item in as_list(one.get(member))
        ),
    )


def _payloads(outer: Payload, items: Iterable[object]) -> tuple[Payload, ...]:
    found = dict.fromkeys(_contents(items))
    return tuple(
        Payload(f"{outer.source}#{number}", content, container)
        for number, (container, content) in enumerate(found, 1)
    )


def _contents(items: Iterable[object]) -> Iterator[tuple[str, bytes]]:
    for item in items:
        if isinstance(item, str):
            yield "jwt", item.encode("utf-8", "replace")
        else:
            # Whatever it is, it is there: what can't be read as a credential is told of later.
            container = "data" if isinstance(item, Mapping) and is_envelope(item) else "json"
            yield container, json.dumps(item, ensure_ascii=False).encode("utf-8", "replace")


def _objects(value: object) -> list[JsonObject]:
    return [item for item in as_list(value) if isinstance(item, Mapping)]

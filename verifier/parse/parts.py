"""What a credential holds that is a credential itself: the contents of a presentation or a learner
record, and endorsements. Each is a payload of its own, to be read like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec.json
from msgspec.structs import replace

from verifier.json_gate import LIMIT_OUTSIDE_DATA
from verifier.model import Endorsement, JsonObject, Payload, as_list, objects, text_or_none
from verifier.parse.credential_rules import is_envelope

#: What may hold a bundle of credentials.
BUNDLES = ("VP", "CLR 2.0")
_encoded = msgspec.json.Encoder().encode
#: Where an endorsement may stand (Open Badges 3.0, "OpenBadgeCredential", "Achievement",
#: "Profile"): by its members or as a JWT.
_BY_MEMBERS, _BY_TOKEN = "endorsement", "endorsementJwt"


def bundle(payload: Payload, document: JsonObject, standard: str) -> tuple[Payload, ...]:
    """The credentials in a presentation (VC Data Model 2.0, section 4.13) or in a learner record
    (CLR 2.0, "ClrSubject"), in their order; equal copies are one.
    """
    holders = [document] if standard == "VP" else objects(document.get("credentialSubject"))
    items = (item for holder in holders for item in as_list(holder.get("verifiableCredential")))
    found = {(one.container, one.content): one for one in _payloads(payload, items)}
    return tuple(
        replace(one, source=f"{payload.source}#{number}")
        for number, one in enumerate(found.values(), 1)
    )


def endorsements(
    payload: Payload, document: JsonObject, subjects: list[JsonObject]
) -> tuple[Endorsement, ...]:
    """What others said of the credential, its achievement, its issuer and who devised the
    achievement (Open Badges 3.0, "EndorsementCredential"); equal copies on one thing are one.
    """
    achievements: list[JsonObject] = []
    for subject in subjects:
        achievements += objects(subject.get("achievement"))
    endorsed = [document, *achievements, *objects(document.get("issuer"))]
    for each in achievements:
        endorsed += objects(each.get("creator"))
    found: dict[tuple[str, bytes, str | None], Endorsement] = {}
    for each in endorsed:
        if _BY_MEMBERS not in each and _BY_TOKEN not in each:
            continue
        of = text_or_none(each.get("id"))
        for one in _payloads(payload, _praise(each)):
            key = (one.container, one.content, of)
            if key not in found:
                source = f"{payload.source}#endorsement-{len(found) + 1}"
                found[key] = Endorsement(replace(one, source=source), of)
    return tuple(found.values())


def _praise(endorsed: JsonObject) -> list[Any]:
    return [*as_list(endorsed.get(_BY_MEMBERS)), *as_list(endorsed.get(_BY_TOKEN))]


def _payloads(outer: Payload, items: Iterable[Any]) -> Iterator[Payload]:
    """Each item as if it had been met alone. Part of a text that passed the gate would pass it,
    too, and is read already; not so what a token's disclosures were put together to.
    """
    is_read = _is_json(outer.content)
    for item in items:
        if isinstance(item, str):
            yield Payload(outer.source, item.encode("utf-8", "replace"), "jwt")
            continue
        # Whatever it is, it is there: what can't be read as a credential is told of later.
        content = _encoded(item)
        if not isinstance(item, dict):
            yield Payload(outer.source, content, "json")
            continue
        container = "data" if is_envelope(item) else "json"
        known = item if is_read and len(content) <= LIMIT_OUTSIDE_DATA else None
        yield Payload(outer.source, content, container, document=known)


def _is_json(content: bytes) -> bool:
    if content[:1] == b"{":
        return True
    from verifier.parse.compact import is_compact  # here: most badges are JSON as they stand

    return not is_compact(content)

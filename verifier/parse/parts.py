"""What a credential holds that is a credential itself: the contents of a presentation or a learner
record, and endorsements. Each is a payload of its own, to be read like any other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec.json

from verifier.model import Endorsement, JsonObject, Payload, as_list, objects, text_or_none
from verifier.parse.credential_rules import is_envelope

#: Where an endorsement may stand (Open Badges 3.0, "OpenBadgeCredential", "Achievement",
#: "Profile"): by its members or as a JWT.
_BY_MEMBERS, _BY_TOKEN = "endorsement", "endorsementJwt"


def bundle(payload: Payload, document: JsonObject, standard: str) -> tuple[Payload, ...]:
    """The credentials in a presentation (VC Data Model 2.0, section 4.13) or in a learner record
    (CLR 2.0, "ClrSubject"), in their order; equal copies are one.
    """
    if standard not in ("VP", "CLR 2.0"):
        return ()
    holders = [document] if standard == "VP" else objects(document.get("credentialSubject"))
    items = (item for holder in holders for item in as_list(holder.get("verifiableCredential")))
    return tuple(_payloads(payload, "", dict.fromkeys(_contents(items))))


def endorsements(payload: Payload, document: JsonObject) -> tuple[Endorsement, ...]:
    """What others said of the credential, its achievement, its issuer and who devised the
    achievement (Open Badges 3.0, "EndorsementCredential"); equal copies on one thing are one.
    """
    achievements: list[JsonObject] = []
    for subject in objects(document.get("credentialSubject")):
        achievements += objects(subject.get("achievement"))
    endorsed = [document, *achievements, *objects(document.get("issuer"))]
    for each in achievements:
        endorsed += objects(each.get("creator"))
    endorsed = [one for one in endorsed if _BY_MEMBERS in one or _BY_TOKEN in one]
    if not endorsed:
        return ()
    found = dict.fromkeys(
        (content, text_or_none(one.get("id")))
        for one in endorsed
        for content in _contents([*as_list(one.get(_BY_MEMBERS)), *as_list(one.get(_BY_TOKEN))])
    )
    payloads = _payloads(payload, "endorsement-", (content for content, _ in found))
    return tuple(Endorsement(*pair) for pair in zip(payloads, (of for _, of in found), strict=True))


def _payloads(
    outer: Payload, word: str, contents: Iterable[tuple[str, bytes]]
) -> Iterator[Payload]:
    for number, (container, content) in enumerate(contents, 1):
        yield Payload(f"{outer.source}#{word}{number}", content, container)


def _contents(items: Iterable[object]) -> Iterator[tuple[str, bytes]]:
    for item in items:
        if isinstance(item, str):
            yield "jwt", item.encode("utf-8", "replace")
        else:
            # Whatever it is, it is there: what can't be read as a credential is told of later.
            container = "data" if isinstance(item, dict) and is_envelope(item) else "json"
            yield container, msgspec.json.encode(item)

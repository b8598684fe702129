"""Open Badges 2.0, and 0.5 to 1.1 written as 2.0: recognised, followed to badge class and issuer,
and read into one `Credential`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from verifier.addresses import is_address
from verifier.errors import Malformed, NoCredential
from verifier.model import (
    Credential,
    Documents,
    Issuer,
    JsonObject,
    Payload,
    Problem,
    Proof,
    Recipient,
    Request,
    Revocation,
    Status,
    Text,
    as_list,
    first_text,
)
from verifier.parse import identities, learning, open_badges_1
from verifier.parse.members import present, read_time
from verifier.parse.open_badges_2_chain import Chain, State, final_address, follow
from verifier.parse.open_badges_2_contexts import VOCABULARIES, is_written_out
from verifier.parse.open_badges_2_problems import chain_problems

_PROFILES = frozenset(("Issuer", "IssuerOrg", "Profile"))
_CLASSES = _PROFILES | {"BadgeClass", "RevocationList", "CryptographicKey", "Endorsement"}
_AWARD = ("recipient", "verification", "verify", "issuedOn", "issued_on")
_CLASS = ("name", "description", "image", "criteria", "issuer")


def recognises(document: JsonObject) -> bool:
    """Whether this is an assertion of any version before 3.0, or one of its classes.

    An empty object is what an address gives out that only says 410.
    """
    contexts, types = as_list(document.get("@context")), as_list(document.get("type"))
    return (
        not document
        or any(_is_text(context) and context in VOCABULARIES for context in contexts)
        or any(is_written_out(context) for context in contexts)
        or "Assertion" in types
        or "BadgeClass" in types
        or ("badge" in document and any(member in document for member in _AWARD))
        or all(member in document for member in ("recipient", "verify"))
        or (document.get("revoked") is True and not contexts)
        or (not contexts and all(member in document for member in _CLASS))
        or (bool(_PROFILES.intersection(filter(_is_text, types))) and not contexts)
    )


def needs(payload: Payload, document: JsonObject, documents: Documents) -> Iterable[Request]:
    """The assertion at its own id, then its badge class, then the issuer's profile."""
    return _chain(payload, document, documents).missing


def parse(payload: Payload, document: JsonObject, documents: Documents) -> Credential:
    """The credential as its own address gives it out, or as handed in where that can't be read.

    Raises `NoCredential`: `not_an_award` for a class, a profile or a list, `not_a_badge` for an
    empty object.
    """
    chain = _chain(payload, document, documents)
    _require_award(document, chain)
    assertion = open_badges_1.upgrade_assertion(chain.assertion.body, chain.version)
    issuer = open_badges_1.upgrade_issuer(chain.issuer.body, chain.version)
    proofs = _proofs(payload, chain, assertion)
    hosted = any(proof.form == "hosted" for proof in proofs)
    return replace(
        read(payload, chain),
        proofs=proofs,
        statuses=_statuses(assertion, issuer, chain, hosted=hosted),
        revocation=_revocation(payload, assertion, chain),
        problems=_problems(payload, chain),
    )


def read(payload: Payload, chain: Chain) -> Credential:
    """What the copies in `chain` say, whoever vouches for them."""
    assertion = open_badges_1.upgrade_assertion(chain.assertion.body, chain.version)
    badge = open_badges_1.upgrade_badge(chain.badge.body, chain.version)
    issuer = open_badges_1.upgrade_issuer(chain.issuer.body, chain.version)
    issued = _moment(assertion.get("issuedOn"))
    return Credential(
        standard=chain.version,
        container=payload.container,
        content=payload.content,
        document=chain.assertion.body,
        url=payload.url,
        id=first_text((assertion.get("id"), chain.assertion.address)),
        types=tuple(value for value in as_list(assertion.get("type")) if _is_text(value)),
        achievement=first_text((chain.badge.address, badge.get("id"))),
        name=_text(badge.get("name")),
        description=_text(badge.get("description")),
        issuer=_issuer(issuer, chain),
        recipient=_recipient(assertion),
        issued=issued,
        valid_from=issued,
        expires=_moment(assertion.get("expires")),
        criteria=_described(badge.get("criteria")),
        evidence=tuple(_described(value) for value in present(assertion.get("evidence"))),
        skills=tuple(Text(name=tag) for tag in present(badge.get("tags")) if _is_text(tag)),
        alignments=tuple(_alignment(value) for value in present(badge.get("alignment"))),
        related=tuple(_related(value) for value in present(badge.get("related"))),
        credits=learning.ects(badge),
        image=_image(badge.get("image")) or _image(assertion.get("image")),
    )


def _chain(payload: Payload, document: JsonObject, documents: Documents) -> Chain:
    return follow(document, payload.url, documents, signed=_signed(payload))


def _signed(payload: Payload) -> bool:
    """Whether the payload came as a compact JWS, so that somebody else has taken it apart."""
    return not payload.content.lstrip().startswith(b"{")


def _require_award(document: JsonObject, chain: Chain) -> None:
    types = [value for value in as_list(document.get("type")) if _is_text(value)]
    revoked = document.get("revoked") is True and "id" in document
    if "Assertion" in types or "badge" in document or chain.revoked or revoked:
        return
    if not document:
        raise NoCredential("not_a_badge", "The JSON is empty, so there is no badge in it.")
    if any(member in document for member in _AWARD) and not _CLASSES.intersection(types):
        return
    if "BadgeClass" in types or all(member in document for member in _CLASS):
        says = "This describes a badge that many can earn, and is nobody's award."
    elif _PROFILES.intersection(types):
        says = "This describes an issuer of badges, and is nobody's award."
    else:
        says = "This belongs to Open Badges, but is nobody's award."
    raise NoCredential("not_an_award", f"{says} Ask for the badge itself, or its own address.")


def _problems(payload: Payload, chain: Chain) -> tuple[Problem, ...]:
    return tuple(chain_problems(chain, signed=_signed(payload)))


def _proofs(payload: Payload, chain: Chain, assertion: JsonObject) -> tuple[Proof, ...]:
    if _signed(payload):
        return (Proof("signed", "JWS"),)
    if chain.version == "OB 0.5" and payload.url is None:
        return ()
    options = assertion.get("verification")
    return (Proof("hosted", "HostedBadge", options=options if isinstance(options, dict) else {}),)


def _statuses(
    assertion: JsonObject, issuer: JsonObject, chain: Chain, *, hosted: bool
) -> tuple[Status, ...]:
    """The issuer's list of what it took back, if its own profile names one."""
    url = issuer.get("revocationList")
    if chain.issuer.state is not State.SERVED or not is_address(url):
        return ()
    options = {
        "url": url,
        "id": first_text((assertion.get("id"), chain.assertion.address)),
        "uid": _text(assertion.get("uid")),
        "hosted": hosted,
    }
    return (Status("OB2RevocationList", options),)


def _revocation(payload: Payload, assertion: JsonObject, chain: Chain) -> Revocation | None:
    """Taken back by the assertion's own address, or in the very text that its issuer signed."""
    signed_away = _signed(payload) and assertion.get("revoked") is True
    if not chain.revoked and not signed_away:
        return None
    document = chain.assertion.document
    address = final_address(document) if document else None
    return Revocation(_text(assertion.get("revocationReason")), address)


def _issuer(issuer: JsonObject, chain: Chain) -> Issuer:
    return Issuer(
        id=first_text((chain.issuer.address, issuer.get("id"))),
        name=_text(issuer.get("name")),
        url=_address(issuer.get("url")),
        email=_text(issuer.get("email")),
        image=_image(issuer.get("image")),
    )


def _recipient(assertion: JsonObject) -> Recipient:
    """The one identifier; the extension `recipientProfile` may add a name and a key."""
    found = []
    for value in present(assertion.get("recipient")):
        given = _text(value.get("identity")) if isinstance(value, dict) else None
        if given is None:
            continue
        hashed, salt = value.get("hashed") is True, _text(value.get("salt"))
        kind = _text(value.get("type")) or "email"
        found.append(identities.identity(kind, given, hashed=hashed, salt=salt))
    return with_profile(Recipient(tuple(found)), assertion.get("extensions:recipientProfile"))


def with_profile(recipient: Recipient, profile: object) -> Recipient:
    """`recipient` with what a `recipientProfile` tells: a name, and the holder's key."""
    if not isinstance(profile, dict):
        return recipient
    keys = tuple(identities.plain_members(profile, ["publicKey"]))
    name = _text(profile.get("name")) or recipient.name
    return Recipient((*recipient.identities, *keys), name)


def _described(value: object) -> Text:
    """Criteria or evidence: an address, or an object with any of an address, a name and words."""
    item = next(iter(present(value)), None)
    if isinstance(item, str):
        return Text(url=item) if is_address(item) else Text(text=item)
    if not isinstance(item, dict):
        return Text()
    words = first_text((item.get("narrative"), item.get("description")))
    return Text(_address(item.get("id")), _text(item.get("name")), words)


def _alignment(value: object) -> Text:
    if not isinstance(value, dict):
        return Text()
    name = _text(value.get("targetName"))
    return Text(_address(value.get("targetUrl")), name, _text(value.get("targetDescription")))


def _related(value: object) -> Text:
    """Another version or translation of the badge class (Open Badges 2.0, "related")."""
    if not isinstance(value, dict):
        return Text(url=_address(value))
    return Text(_address(value.get("id")), text=_text(value.get("version")))


def _image(value: object) -> str | None:
    item = next(iter(present(value)), None)
    found = _text(item.get("id")) if isinstance(item, dict) else _text(item)
    inline = found is not None and found.startswith("data:image/")
    return found if inline else _address(found)


def _address(value: object) -> str | None:
    """A web address that may be shown as a link; `javascript:` and its like may not."""
    found = _text(value)
    return found if is_address(found) else None


def _moment(value: object) -> datetime | None:
    try:
        return read_time(next(iter(present(value)), None))
    except Malformed:
        return None


def _text(value: object) -> str | None:
    """Text, also as a list of one."""
    values = present(value)
    return values[0] if len(values) == 1 and isinstance(values[0], str) else None


def _is_text(value: Any) -> bool:  # noqa: ANN401 any JSON value
    return isinstance(value, str)

"""A token's claims held against the credential they came with.

Verifiable Credentials Data Model 1.1, section 6.3.1, and Open Badges 3.0, section 8.2: `iss`,
`jti`, `sub`, `nbf` and `exp` say again what the credential says. VC-JOSE-COSE, section 3.1.3: there
`exp` and `nbf` are about the signature alone. `iat` is not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from msgspec import Struct

from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.model import JsonObject, Problem, as_list
from verifier.parse.credential_rules import BADGE_TYPES, VC_2, types_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
#: The years 1 to 9999, in seconds.
_EARLIEST, _LATEST = -62_135_596_800, 253_402_300_799
#: A claim counts whole seconds, a credential may count finer.
_SAME = timedelta(seconds=1)
#: Where a date's claim stands in the credential: the member of the data model 1.1, then of 2.0.
_DATES = {"nbf": ("issuanceDate", "validFrom"), "exp": ("expirationDate", "validUntil")}


class Told(Struct, frozen=True):
    """What claims add to a credential: when it starts and ends to count, and what is wrong."""

    starts: tuple[datetime, ...] = ()
    ends: tuple[datetime, ...] = ()
    problems: tuple[Problem, ...] = ()


def told(claims: JsonObject, document: JsonObject, typ: str) -> Told:
    """What `claims` say of the credential or presentation in `document`; `typ` is the token's."""
    wrong = [*_names(claims, document)]
    found: dict[str, tuple[datetime, ...]] = {}
    for claim, members in _DATES.items():
        try:
            moments = [read_seconds(claims[claim], claim)] if claim in claims else []
        except Malformed as error:
            wrong.append(Problem("structure", error.reason, error.says))
            continue
        found[claim] = tuple(moments)
        if not _is_of_the_signature(document, typ):
            wrong += [
                _mismatch(claim, member)
                for member in _first(document, members)
                for moment in moments
                if not _same_moment(moment, document[member])
            ]
    return Told(found.get("nbf", ()), found.get("exp", ()), tuple(wrong))


def moved(claims: JsonObject, document: JsonObject) -> JsonObject:
    """The credential in the claim `vc`, with the members that the data model 1.1 lets stand in
    claims alone put back (section 6.3.1, "JSON Web Token Decoding").
    """
    dates = _DATES.items() if VC_2 not in as_list(document.get("@context")) else ()
    members = {"issuer": claims.get("iss"), "id": claims.get("jti")}
    members |= {
        names[0]: _written(claims.get(claim))
        for claim, names in dates
        if not any(name in document for name in names)
    }
    merged = {**{name: value for name, value in members.items() if value is not None}, **document}
    subject = merged.get("credentialSubject")
    if isinstance(subject, Mapping) and "id" not in subject and claims.get("sub") is not None:
        merged["credentialSubject"] = {"id": claims["sub"], **subject}
    return merged


def read_seconds(value: object, claim: str) -> datetime:
    """A NumericDate (RFC 7519, section 2). Raises `Malformed` (`jwt.date`)."""
    if (
        isinstance(value, bool)
        or not isinstance(value, (int, float))
        or not _EARLIEST <= value <= _LATEST
    ):
        raise Malformed("jwt.date", f"The token's “{claim}” is not a moment in seconds.")
    return _EPOCH + timedelta(seconds=value)


def _names(claims: JsonObject, document: JsonObject) -> Iterator[Problem]:
    """Who issued what to whom, told twice."""
    if "VerifiablePresentation" in types_of(document):
        pairs: Iterable[tuple[str, str, list[Any]]] = [
            ("iss", "holder", _ids(document.get("holder"))),
            ("jti", "id", as_list(document.get("id"))),
        ]
    else:
        pairs = [
            ("iss", "issuer", _ids(document.get("issuer"))),
            ("jti", "id", as_list(document.get("id"))),
            ("sub", "credentialSubject.id", _ids(document.get("credentialSubject"))),
        ]
    for claim, member, values in pairs:
        value = claims.get(claim)
        if claim in claims and not isinstance(value, str):
            yield Problem("structure", "jwt.claim", f"The token's “{claim}” is no text.")
        elif value is not None and values and value not in values:
            yield _mismatch(claim, member)


def _ids(value: object) -> list[Any]:
    """The ids of one object or several, each of which may be its id alone."""
    ids = [item.get("id") if isinstance(item, Mapping) else item for item in as_list(value)]
    return [item for item in ids if item is not None]


def _first(document: JsonObject, members: Iterable[str]) -> list[str]:
    return [member for member in members if document.get(member) is not None][:1]


def _is_of_the_signature(document: JsonObject, typ: str) -> bool:
    """Whether the token's dates are about its signature: by VC-JOSE-COSE, unless it is a badge,
    whose standard binds them to the badge's own (Open Badges 3.0, section 8.2.4).
    """
    return typ.endswith(("+jwt", "+sd-jwt")) and BADGE_TYPES.isdisjoint(types_of(document))


def _same_moment(moment: datetime, text: object) -> bool:
    """Dates that can't be read are told of by the rules for credentials."""
    try:
        return abs(read_moment(text) - moment) < _SAME
    except Malformed:
        return True


def _written(seconds: object) -> str | None:
    try:
        return read_seconds(seconds, "").strftime("%Y-%m-%dT%H:%M:%SZ")
    except Malformed:
        return None


def _mismatch(claim: str, member: str) -> Problem:
    says = f"The token's “{claim}” is not what the credential in it says of its “{member}”."
    return Problem("structure", "jwt.mismatch", says)

"""Open Badges 0.5, 1.0 and 1.1: told apart, held to their own rules, and written as 2.0.

0.5 is one object without any address of its own; 1.0 names the address in `verify.url`; 1.1 adds
`@context`, `type` and `id`. Dates may be days or Unix times. (Open Badges 1.1, "Assertion",
"BadgeClass", "IssuerOrganization"; Mozilla's Assertion specification 0.5.)
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from verifier.addresses import read_address
from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.model import JsonObject, Problem, as_list
from verifier.parse.members import (
    Fault,
    Member,
    each,
    iri,
    linked,
    nested,
    one,
    read_time,
    text,
    thing,
    typed,
)
from verifier.parse.open_badges_2_contexts import VOCABULARIES
from verifier.parse.open_badges_2_rules import HOSTED, SIGNED, identity

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_UNIX = re.compile(r"\d{1,11}", re.ASCII)
#: 0.5 set no length, and `sha512` was in use.
_OLD_HASH = re.compile(r"(?:sha256|sha512|md5)\$[0-9a-fA-F]+", re.ASCII)


def version_of(assertion: JsonObject) -> str:
    """The contract's word for the version an assertion is written in, by its context, else its
    members.
    """
    contexts = [context for context in as_list(assertion.get("@context")) if context]
    for context in contexts:
        if isinstance(context, str) and context in VOCABULARIES:
            return VOCABULARIES[context]
    if contexts or "verification" in assertion:
        return "OB 2.0"
    if "type" in assertion:
        return "OB 1.1" if "verify" in assertion else "OB 2.0"
    whole = isinstance(assertion.get("badge"), dict) and "verify" not in assertion
    if whole and ("issued_on" in assertion or not {"id", "uid"}.intersection(assertion)):
        return "OB 0.5"
    return "OB 1.0" if "uid" in assertion or "verify" in assertion else "OB 2.0"


def own_address(assertion: JsonObject, version: str) -> str | None:
    """Where an assertion says that its issuer hosts it; 0.5 has no word for it."""
    if version in ("OB 1.0", "OB 1.1"):
        verify = assertion.get("verify")
        found = verify.get("url") if isinstance(verify, dict) else None
    else:
        found = None if version == "OB 0.5" else assertion.get("id")
    return found if isinstance(found, str) else None


def read_date(value: object, *, end: bool = False) -> datetime:
    """A day, a moment with or without an offset (none means UTC), or a Unix time.

    With `end`, a day means its last second. Raises `Malformed` (`date.syntax`).
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, str) and _UNIX.fullmatch(value):
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(value))
    if isinstance(value, str) and _DAY.fullmatch(value):
        return read_moment(f"{value}T{'23:59:59' if end else '00:00:00'}Z")
    return read_time(value, zone="Z")


def upgrade_assertion(assertion: JsonObject, version: str) -> JsonObject:
    """The assertion in the words of 2.0, where the two differ; what can't be read stays."""
    if version in ("OB 2.0", "OB 2.1"):
        if "verification" not in assertion and "verify" in assertion:
            return {**assertion, "verification": assertion["verify"]}
        return assertion
    changed: dict[str, Any] = dict(assertion)
    if version == "OB 0.5":
        changed["recipient"] = _old_recipient(assertion)
        changed["issuedOn"] = assertion.get("issued_on")
    changed["issuedOn"] = _written(changed.get("issuedOn"))
    changed["expires"] = _written(changed.get("expires"), end=True)
    changed["verification"] = assertion.get("verify", {"type": "hosted"})
    return changed


def upgrade_badge(badge: JsonObject, version: str) -> JsonObject:
    """The badge class in the words of 2.0: alignments renamed, the paths of 0.5 made whole."""
    if version in ("OB 2.0", "OB 2.1"):
        return badge
    changed = dict(badge)
    changed["alignment"] = [
        {
            "targetName": target.get("name"),
            "targetUrl": target.get("url"),
            "targetDescription": target.get("description"),
        }
        for target in as_list(badge.get("alignment"))
        if isinstance(target, dict)
    ]
    return changed


def upgrade_issuer(issuer: JsonObject, version: str) -> JsonObject:
    """The issuer in the words of 2.0: the origin of 0.5 is both its id and its page."""
    if version != "OB 0.5":
        return issuer
    origin = issuer.get("origin")
    return {**issuer, "id": origin, "url": origin, "email": issuer.get("contact")}


def _old_recipient(assertion: JsonObject) -> object:
    value = assertion.get("recipient")
    if not isinstance(value, str):
        return value
    return {
        "type": "email",
        "identity": value,
        "hashed": "$" in value,
        "salt": assertion.get("salt"),
    }


def _written(value: object, *, end: bool = False) -> object:
    try:
        return read_date(value, end=end).isoformat()
    except Malformed:
        return value


def _date(value: object, at: str) -> Iterator[Fault]:
    try:
        read_date(value)
    except Malformed:
        yield at, "must be a date, or seconds since 1970"


def _origin(value: object, at: str) -> Iterator[Fault]:
    """Scheme, host and port, and nothing after them."""
    try:
        if read_address(value).path == "/":
            return
    except Malformed:
        pass
    yield at, "must be the issuer's web address without a path"


def _old_identity(value: object, at: str) -> Iterator[Fault]:
    """An e-mail address, or its hash as `algorithm$hex`."""
    yield from text(value, at)
    if isinstance(value, str) and "@" not in value and not _OLD_HASH.fullmatch(value):
        yield at, "must be an e-mail address, or a sha256, sha512 or md5 hash of one"


def recipient_problems(assertion: JsonObject, version: str) -> Iterator[Problem]:
    """A salt of 0.5 belongs to a hash: beside a plain address it was not what was issued."""
    recipient, salt = assertion.get("recipient"), assertion.get("salt")
    if version == "OB 0.5" and salt and isinstance(recipient, str) and "@" in recipient:
        says = "The assertion has a salt, and a recipient that is not hashed."
        yield Problem("structure", "ob1.assertion.salt", says)


def _or_path(value: object, at: str) -> Iterator[Fault]:
    """An address, or a path on the issuer's origin, as 0.5 allowed."""
    if not isinstance(value, str) or not value.startswith("/"):
        yield from iri(value, at)


_VERIFY = nested(
    Member("type", typed(*HOSTED), required=True), Member("url", one(iri), required=True)
)
_SIGNED_VERIFY = nested(
    Member("type", typed(*SIGNED), required=True), Member("url", one(iri), required=True)
)

_ASSERTION = (
    Member("recipient", one(identity), required=True),
    Member("badge", one(linked(thing)), required=True),
    Member("issuedOn", one(_date), required=True),
    Member("expires", one(_date)),
    Member("evidence", each(linked(thing))),
    Member("image", one(linked(thing))),
)
_BADGE = (
    Member("name", one(text), required=True),
    Member("description", one(text), required=True),
    Member("image", one(linked(thing)), required=True),
    Member("criteria", one(linked(thing)), required=True),
    Member("issuer", one(linked(thing)), required=True),
    Member("alignment", each(thing)),
    Member("tags", each(text)),
)
_ISSUER = (
    Member("name", one(text), required=True),
    Member("url", one(iri), required=True),
    Member("email", one(text)),
    Member("description", one(text)),
    Member("image", one(linked(thing))),
    Member("revocationList", one(iri)),
)
_OLD_ISSUER = (
    Member("origin", one(_origin), required=True),
    Member("name", one(text), required=True),
    Member("org", one(text)),
    Member("contact", one(text)),
)
_OLD_BADGE = (
    Member("name", one(text), required=True),
    Member("description", one(text), required=True),
    Member("image", one(iri), required=True),
    Member("criteria", one(_or_path), required=True),
    Member("issuer", one(thing), required=True),
)
_OLD_ASSERTION = (
    Member("recipient", one(_old_identity), required=True),
    Member("badge", one(thing), required=True),
    Member("issued_on", one(_date)),
    Member("expires", one(_date)),
    Member("evidence", one(_or_path)),
    Member("salt", one(text)),
)


def rules(version: str, *, signed: bool) -> Mapping[str, tuple[Member, ...]]:
    """The tables for `assertion`, `badge` and `issuer` of a version before 2.0."""
    verify = Member("verify", one(_SIGNED_VERIFY if signed else _VERIFY), required=True)
    uid = Member("uid", one(text), required=True)
    named = Member("type", typed("Assertion"), required=True)
    tables = {
        "OB 0.5": (_OLD_ASSERTION, _OLD_BADGE, _OLD_ISSUER),
        "OB 1.0": ((uid, *_ASSERTION, verify), _BADGE, _ISSUER),
        "OB 1.1": ((named, *_ASSERTION, verify), _BADGE, _ISSUER),
    }
    return dict(zip(("assertion", "badge", "issuer"), tables[version], strict=True))

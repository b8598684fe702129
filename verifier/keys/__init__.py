"""`verificationMethod` → public key, and whether that key is the issuer's to sign with.

Controlled Identifiers 1.0, section 3.3 (Retrieve Verification Method), with one question more: a
key proves nothing about an issuer unless the issuer's own id leads to a document that lists it for
assertions (VC Data Model 2.0, section 4.7).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from verifier.dates import SKEW, read_moment
from verifier.errors import Malformed
from verifier.keys import controllers
from verifier.keys.controllers import Controller
from verifier.keys.material import Unusable, fingerprint, read_key, read_multikey
from verifier.model import Documents, JsonObject, Request, as_list

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

LENGTH = 2000
_ANY_TIME = datetime.max.replace(tzinfo=UTC)


class Found(Struct, frozen=True, dict=True):
    """What is known of the key that a proof names.

    `key` is `None` where the signature can't be checked. `code` is a code of the question `genuine`
    that holds even if the signature is good, or `None`: then the key is the issuer's own. `reason`
    and `says` go with `code`. `algorithm` is the only one that the key's own JWK allows, if it says
    so (RFC 7517, section 4.4).
    """

    key: PublicKey | None = None
    code: str | None = None
    reason: str = ""
    says: str = ""
    algorithm: str | None = None

    @cached_property
    def fingerprint(self) -> str | None:
        """As `material.fingerprint` says of the key."""
        return None if self.key is None else fingerprint(self.key)


def needs(method: object, issuer: str | None) -> tuple[Request, ...]:
    """The documents that tell which key `method` is and whether it is the issuer's."""
    own = controllers.needs(issuer)
    if not isinstance(method, str) or len(method) > LENGTH:
        return own
    place = method.partition("#")[0]
    return own if place == issuer else own + controllers.needs(place)


def find(
    method: object,
    issuer: str | None,
    documents: Documents,
    now: datetime,
    signed: datetime | None,
    purpose: str = "assertionMethod",
) -> Found:
    """The key named by `method` in a proof made at `signed` over a credential of `issuer`, if the
    issuer lists it for `purpose` (Controlled Identifiers 1.0, section 2.3).
    """
    if not isinstance(method, str) or not method or len(method) > LENGTH:
        return Found(
            code="structure",
            reason="key.name",
            says="The proof does not name its verificationMethod.",
        )
    place, _, fragment = method.partition("#")
    own_name = _own_name(place)
    try:
        if place == issuer and own_name is not None and fragment in ("", own_name):
            return _of_itself(f"{place}#{own_name}", place, purpose)
        home = controllers.read_controller(place, documents)
        own = home if place == issuer else controllers.read_controller(issuer or "", documents)
    except Malformed as error:
        return Found(code="structure", reason=error.reason, says=error.says)
    if own_name is not None and fragment not in ("", own_name):
        return Found(
            code="structure",
            reason="did.fragment",
            says="The name of the signing key does not fit the key.",
        )
    method = method if own_name is None else f"{place}#{own_name}"
    if place == issuer:
        return _of_the_issuer(method, own, now, signed, purpose)
    return _of_another(method, own, home, now, signed, purpose)


@lru_cache(maxsize=1024)
def _of_itself(method: str, issuer: str, purpose: str) -> Found:
    """The key that the issuer's own id spells out, which has no dates and hangs on no document.
    Raises `Malformed`.
    """
    own = controllers.read_controller(issuer, {})
    return _of_the_issuer(method, own, _ANY_TIME, None, purpose)


def _own_name(place: str) -> str | None:
    """The fragment of the one key that a did:key or did:jwk is."""
    if place.startswith("did:key:"):
        return place.removeprefix("did:key:")
    return "0" if place.startswith("did:jwk:") else None


def _of_the_issuer(
    method: str, own: Controller, now: datetime, signed: datetime | None, purpose: str
) -> Found:
    """A key under the issuer's own id."""
    listed = own.listed(method, purpose)
    if isinstance(listed, Mapping):
        return _judged(listed, own, now, signed, tied=True)
    held = own.held(method)
    if held is not None:
        return _but(
            _judged(held, own, now, signed, tied=True),
            "key_not_issuers",
            "key.relationship",
            "The issuer has this key, but not for signing badges.",
        )
    spelled = _spelled(method)
    if own.state == "unsupported":
        return _unsupported(own)
    if own.state == "read" or (own.reason == "keyless" and spelled.key is None):
        return _but(
            spelled,
            "key_not_listed",
            "key.gone",
            "The issuer no longer lists the key that signed this.",
        )
    if own.id.startswith("did:") or spelled.key is None:
        return _but(
            spelled,
            "key_unreachable",
            f"key.{own.reason}",
            "The issuer's keys could not be fetched, so the signature proves nothing yet.",
        )
    return _but(spelled, "issuer_unproven", f"key.{own.reason}", _UNPROVEN)


def _of_another(
    method: str,
    own: Controller,
    home: Controller,
    now: datetime,
    signed: datetime | None,
    purpose: str,
) -> Found:
    """A key that lives outside the issuer's id: it counts only if the issuer's own document lists
    it.
    """
    listed = own.listed(method, purpose)
    described = listed if isinstance(listed, Mapping) else home.listed(method) or home.held(method)
    found = (
        _judged(described, home, now, signed, tied=False)
        if isinstance(described, Mapping)
        else _spelled(method)
    )
    if listed is not None:
        return (
            found if found.key or found.code else _but(found, "key_unreachable", "key.away", _AWAY)
        )
    if own.state == "read":
        return _but(
            found,
            "key_not_issuers",
            "key.foreign",
            "It is signed with a key that is not the issuer's.",
        )
    if own.state == "unsupported":
        return _but(found, "unsupported_proof", "did.method", _unsupported(own).says)
    if found.key is None and found.code is None:
        return (
            _unsupported(home)
            if home.state == "unsupported"
            else _but(found, "key_unreachable", "key.away", _AWAY)
        )
    if own.state == "unread" and own.id.startswith("did:"):
        return _but(
            found,
            "key_unreachable",
            f"key.{own.reason}",
            "The issuer's keys could not be fetched, so nothing ties the signature to it yet.",
        )
    return _but(found, "issuer_unproven", "key.untied", _UNPROVEN)


_UNPROVEN = "The signature fits, but nothing ties the key that made it to the issuer."
_AWAY = "The key that signed this could not be fetched."


def _judged(
    method: JsonObject, holder: Controller, now: datetime, signed: datetime | None, *, tied: bool
) -> Found:
    """The key in `method`, if its controller and its dates allow it to speak for `holder`."""
    key = read_key(method)
    if isinstance(key, Unusable):
        return Found(None, key.code, key.reason, key.says)
    jwk = method.get("publicKeyJwk")
    allowed = jwk.get("alg") if isinstance(jwk, Mapping) else None
    found = Found(key, algorithm=None if allowed is None else str(allowed))
    names = as_list(method.get("controller"))
    if tied and not names:
        return _but(
            found,
            "issuer_unproven",
            "key.controller",
            "The issuer's document does not say whose the key is.",
        )
    if tied and holder.id not in names:
        return _but(
            found,
            "key_not_issuers",
            "key.controller",
            "The key that signed this belongs to somebody else.",
        )
    return _in_time(method, found, now, signed)


_TIMES = frozenset(("created", "revoked", "expires"))


def _in_time(method: JsonObject, found: Found, now: datetime, signed: datetime | None) -> Found:
    """CID, section 2.2: no proof counts once its key is revoked or has expired. One that says it
    was made before that may have been honest, or dated back by a thief: unknown.
    """
    if _TIMES.isdisjoint(method):
        return found
    try:
        ends = [
            read_moment(method[name])
            for name in ("revoked", "expires")
            if method.get(name) is not None
        ]
        begins = [
            read_moment(method[name]) for name in ("created",) if method.get(name) is not None
        ]
    except Malformed as error:
        return Found(
            None, "key_unreachable", error.reason, f"The issuer's key can't be read. {error.says}"
        )
    if ends and min(ends) <= now:
        if signed is None or signed > min(ends) + SKEW:
            return _but(
                found,
                "key_not_issuers",
                "key.revoked",
                "The issuer had withdrawn the key before this was signed.",
            )
        return _but(
            found,
            "key_not_listed",
            "key.revoked",
            "The issuer has since withdrawn the key that signed this.",
        )
    if begins and signed is not None and signed < max(begins) - SKEW:
        return _but(
            found,
            "key_not_issuers",
            "key.created",
            "The proof claims to be older than the key that made it.",
        )
    return found


def _spelled(method: str) -> Found:
    """The key that a fragment spells out, as did:key does: enough to check a signature, never to
    prove an issuer.
    """
    try:
        key = read_multikey(method.partition("#")[2])
    except Malformed:
        return Found()
    return Found(None, key.code, key.reason, key.says) if isinstance(key, Unusable) else Found(key)


def _but(found: Found, code: str, reason: str, says: str) -> Found:
    """`found`, and what stands against it; a worse thing already known of the key itself stays."""
    if found.code is not None:
        return found
    return replace(found, code=code, reason=reason, says=says)


def _unsupported(controller: Controller) -> Found:
    return Found(
        None,
        "unsupported_proof",
        "did.method",
        f"Touchstone can't look up keys of “{controller.reason}” yet.",
    )

"""Signed: an assertion of Open Badges 1 or 2 in a JWS, by a key that its issuer's profile lists.

Open Badges 2.0, "SignedBadge": the signature fits, its key is named by `creator` (or is any of the
issuer's) and is listed by the profile that the issuer's own id gives out. Where the assertion
itself stands plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from verifier.errors import Malformed
from verifier.keys.material import fingerprint
from verifier.model import Credential, Documents, JsonObject, Proof, Request
from verifier.parse.members import present
from verifier.parse.open_badges_2_chain import Chain, Link, State, follow
from verifier.proofs import jws, profile_keys
from verifier.proofs.jws import Jws
from verifier.proofs.profile_keys import Held, Reference
from verifier.proofs.traced import (
    AGAIN,
    answer,
    by_http,
    host_of,
    insecure,
    plain_http,
    untraced,
    untraced_issuer,
)
from verifier.report import Check

_FITS = "The issuer's signature fits every word of it."
_HOLDER = "Ask the holder for the file as the issuer gave it, or ask the issuer."
_ASK = "Ask the issuer whether this badge is theirs."
_LIST = "The issuer can mend this by listing its key in its own profile."


class _Keys(Struct, frozen=True):
    """The keys that may have signed. `bare` are those that no profile lists (before 2.0)."""

    issuer: str
    references: tuple[Reference, ...]
    bare: bool


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """The badge class, the issuer's profile, and the keys that may have signed."""
    chain = _chain(credential, documents)
    yield from chain.missing
    if chain.issuer.state is State.SERVED and _untraced(chain) is None:
        yield from profile_keys.needs(list(_keys(chain).references))


def check(credential: Credential, proof: Proof, documents: Documents, now: datetime) -> Check:
    """`signature` where a key of the issuer's own profile made the signature.

    `detail.insecure` is set where what ties the key to the issuer came over plain http, or with a
    content type that is not JSON's.
    """
    try:
        token = jws.read(credential.content.strip().decode("ascii", "replace"))
    except Malformed as error:
        return _unreadable(error)
    chain = _chain(credential, documents)
    found = _untraced(chain)
    if found is not None:
        return found
    keys = _keys(chain)
    creator = _creator(chain)
    detail: dict[str, Any] = {"creator": creator, "algorithm": token.algorithm}
    listing = chain.issuer.body.get("revocationList")
    if plain_http(listing) or any(insecure(link) or by_http(link) for link in _fetched(chain)):
        detail["insecure"] = True
    if not keys.references:
        return _not_listed(creator, keys.issuer, detail)
    return _held(token, keys, documents, detail)


def _chain(credential: Credential, documents: Documents) -> Chain:
    return follow(credential.document, None, documents, signed=True)


def _fetched(chain: Chain) -> list[Link]:
    return [link for link in (chain.badge, chain.issuer) if link.document is not None]


def _untraced(chain: Chain) -> Check | None:
    """Why the way from the assertion to the issuer's profile can't be gone, or `None`."""
    gone = next((link for link in _fetched(chain) if link.state is State.GONE), None)
    if gone is None:
        return untraced(chain, "badge", chain.badge) or untraced_issuer(chain)
    says = f"{host_of(gone.address)} took away what the badge leads to, so nobody vouches for it."
    return answer("host_unreachable", says, AGAIN, {"reason": "hosted.status.410"})


def _creator(chain: Chain) -> str | None:
    """The key that the assertion says signed it: `creator`, before 2.0 the address to verify at."""
    body = chain.assertion.body
    rules = next(iter(present(body.get("verification")) + present(body.get("verify"))), None)
    if not isinstance(rules, dict):
        return None
    named = next(iter(present(rules.get("url" if _old(chain) else "creator"))), None)
    named = named.get("id") if isinstance(named, dict) else named
    return named if isinstance(named, str) else None


def _old(chain: Chain) -> bool:
    return chain.version in ("OB 1.0", "OB 1.1")


def _keys(chain: Chain) -> _Keys:
    profile: JsonObject = chain.issuer.body
    issuer, creator = str(chain.issuer.address), _creator(chain)
    listed = tuple(profile_keys.listed(profile))
    if _old(chain) and not listed and creator is not None:
        return _Keys(issuer, (Reference(creator),), True)
    if creator is not None:
        listed = tuple(one for one in listed if profile_keys.same_key(one.name, creator))
    return _Keys(issuer, listed, False)


def _not_listed(creator: str | None, issuer: str, detail: dict[str, Any]) -> Check:
    """The profile was read, and lists no such key."""
    finer = {**detail, "reason": "key.foreign"}
    if creator is not None and creator.partition("#")[0] != issuer:
        says = "It names a key as its signer's that its issuer's profile does not list."
        return answer("key_not_issuers", says, _ASK, finer)
    says = "The issuer's profile does not list the key that signed this."
    return answer("key_not_listed", says, _LIST, {**finer, "reason": "key.gone"})


def _held(token: Jws, keys: _Keys, documents: Documents, detail: dict[str, Any]) -> Check:
    """The signature against every key that may have made it."""
    held = [_hold(reference, keys, documents) for reference in keys.references]
    for one in held:
        if one.found.key is not None and jws.holds(token, one.found.key, one.found.algorithm):
            return _good(one, detail)
    unknown = next((one for one in held if one.found.key is None), None)
    if unknown is not None:
        found = unknown.found
        bad = "bad" if found.code == "bad_signature" else "unchecked"
        finer = {**detail, "reason": found.reason, "signature": bad}
        return answer(found.code or "key_unreachable", found.says, _fix(found.code), finer)
    says = "Altered after it was signed, or signed by somebody else: the signature does not fit."
    return answer("bad_signature", says, _HOLDER, {**detail, "signature": "bad"})


def _hold(reference: Reference, keys: _Keys, documents: Documents) -> Held:
    if keys.bare:
        return profile_keys.hold_bare(str(reference.name), keys.issuer, documents)
    return profile_keys.hold(reference, keys.issuer, documents)


def _good(held: Held, detail: dict[str, Any]) -> Check:
    """The signature fits; what its key still lacks to be the issuer's counts now."""
    found = held.found
    detail = {**detail, "key": held.name, "signature": "good"}
    if held.insecure:
        detail["insecure"] = True
    if found.code is not None:
        return answer(found.code, found.says, _fix(found.code), {**detail, "reason": found.reason})
    if found.key is not None:
        detail |= {"verificationMethod": held.name, "key_sha256": fingerprint(found.key)}
    return answer("signature", _FITS, None, detail)


def _fix(code: str | None) -> str:
    return {"key_not_issuers": _ASK, "issuer_unproven": _LIST}.get(str(code), AGAIN)


def _unreadable(error: Malformed) -> Check:
    """A JWS that breaks its rules was signed by nobody; one of an unknown algorithm perhaps was."""
    if error.reason == "jws.unsupported":
        fix = "This is for us to mend; until then ask the issuer to confirm the badge."
        return answer("unsupported_proof", error.says, fix, {"reason": error.reason})
    detail = {"reason": error.reason, "signature": "bad"}
    return answer("bad_signature", error.says, _HOLDER, detail)

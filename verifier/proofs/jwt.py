"""Credentials and presentations secured as a JWT: they stand in the claim `vc` or `vp` (Verifiable
Credentials Data Model 1.1, section 6.3.1), or are the payload (VC-JOSE-COSE, section 3.1; Open
Badges 3.0, section 8.2).

What the claims say again of the credential is held against it in `verifier.parse.jwt_claims`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from verifier import jsonld, keys
from verifier.errors import Malformed
from verifier.json_gate import LIMIT_IN_ALL, read_object
from verifier.jsonld import vocabulary
from verifier.keys import Found, tokens
from verifier.model import Credential, Documents, JsonObject, Proof, Request
from verifier.parse.jwt_claims import read_seconds
from verifier.proofs import jws
from verifier.proofs.algorithms import allows
from verifier.proofs.answers import answer
from verifier.proofs.jws import Jws
from verifier.report import Check

#: What a token may say that it is (`typ`), in lower case and without `application/`: the names of
#: VC-JOSE-COSE and of its drafts. Any other is of a token made for something else.
SECURED: Mapping[str, frozenset[str]] = {
    "VP": frozenset(("vp+jwt", "vp-ld+jwt", "vp+ld+jwt", "vp+ld+json+jwt")),
    "": frozenset(("vc+jwt", "vc-ld+jwt", "vc+ld+jwt", "vc+ld+json+jwt")),
}
_PLAIN = frozenset(("jwt", "none"))
#: For which of its purposes the signer's key must be listed (VC-JOSE-COSE, section 4.3); holders
#: with one key often list it for assertions alone, and a token tells by its `typ` what it is.
_PURPOSES = {"VP": ("authentication", "assertionMethod"), "": ("assertionMethod",)}


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """The documents that tell whose key signed; none for a token that can't be checked."""
    try:
        token = _read(credential)
    except Malformed:
        return ()
    return tokens.needs(token.header, credential.issuer.id)


def check(
    credential: Credential,
    proof: Proof,
    documents: Documents,
    now: datetime,
    secured: Mapping[str, frozenset[str]] = SECURED,
) -> Check:
    """What the token's signature says of the credential in it; `secured` are the names that its
    `typ` may have.
    """
    try:
        token = _read(credential)
    except Malformed as error:
        return _refused(error)
    detail = {"algorithm": token.algorithm, "kid": token.header.get("kid")}
    try:
        claims = read_object(token.payload, limit=LIMIT_IN_ALL)
        _check_type(credential, token, claims, secured)
        found = _found(credential, token, claims, documents, now)
    except Malformed as error:
        return answer("structure", error.says, detail, "unchecked", error.reason)
    fitting = [one for one in found if _holds(token, one)]
    if not fitting:
        return _misfit(token, found, detail)
    best = next((one for one in fitting if one.code is None), fitting[0])
    if best.code is not None:
        return answer(best.code, best.says, detail, "good", best.reason)
    try:
        # Where the text writes the word once, and writes no sign in another way, there is no other.
        once = token.payload.count(b"@context") == 1 and b"\\" not in token.payload
        vocabulary.check_contexts(credential.document, within=not once)
    except jsonld.Rejected as error:
        return answer(error.code, error.says, detail, "good", error.reason)
    return answer(
        "signature", "The issuer's signature fits every word of it.", met(best, detail), "good"
    )


def met(found: Found, detail: Mapping[str, Any]) -> dict[str, Any]:
    """`detail` with the key that signed."""
    if found.key is None:
        return dict(detail)
    key = {"verificationMethod": detail.get("kid"), "key_sha256": found.fingerprint}
    return {**detail, **key}


def _read(credential: Credential) -> Jws:
    return jws.read(credential.content.strip().decode("ascii", "replace"))


def _refused(error: Malformed) -> Check:
    """A token that breaks its rules was signed by nobody; one of an unknown algorithm perhaps."""
    if error.reason == "jws.unsupported":
        return answer("unsupported_proof", error.says, {}, "unchecked", error.reason)
    code = "bad_signature" if error.reason == "jws.alg" else "structure"
    return answer(code, error.says, {}, "unchecked", error.reason)


def _check_type(
    credential: Credential, token: Jws, claims: JsonObject, names: Mapping[str, frozenset[str]]
) -> None:
    """Raise `Malformed`: `jwt.typ` for a token that is meant for something else (RFC 8725, section
    3.11), `jwt.claims` for the claims `vc` and `vp` where VC-JOSE-COSE forbids them.
    """
    secured = names.get(credential.standard, names[""])
    typ = str(token.header.get("typ")).lower().removeprefix("application/")
    if typ not in _PLAIN | secured:
        raise Malformed(
            "jwt.typ", f"The token was made for something else: it says it is “{typ[:40]}”."
        )
    if typ in secured and not {"vc", "vp"}.isdisjoint(claims):
        raise Malformed("jwt.claims", "The token carries “vc” or “vp”, which its form forbids.")


def _found(
    credential: Credential, token: Jws, claims: JsonObject, documents: Documents, now: datetime
) -> list[Found]:
    """The keys of which one must have signed. Raises `Malformed`."""
    signed = _signed(claims)
    issuer = credential.issuer.id
    purposes = _PURPOSES.get(credential.standard, _PURPOSES[""])
    return [
        keys.find(method, issuer, documents, now, signed, purpose)
        for purpose in purposes
        for method in tokens.methods(token.header, issuer, documents, purpose)
    ]


def _signed(claims: JsonObject) -> datetime | None:
    """When the token says it was made: what only its signer vouches for."""
    for claim in ("iat", "nbf"):
        if claim in claims:
            try:
                return read_seconds(claims[claim], claim)
            except Malformed:
                continue
    return None


def _holds(token: Jws, found: Found) -> bool:
    return found.key is not None and jws.holds(token, found.key, found.algorithm, found.fingerprint)


def _misfit(token: Jws, found: list[Found], detail: Mapping[str, Any]) -> Check:
    """No key fits: which of those that were tried tells most of why."""
    unread = next((one for one in found if one.key is None), None)
    if unread is not None:
        code = unread.code or "key_unreachable"
        return answer(code, unread.says, detail, "unchecked", unread.reason)
    if not any(allows(one.algorithm, token.algorithm) for one in found):
        says = f"The issuer does not use this key for the algorithm {token.algorithm}."
        return answer("key_not_issuers", says, detail, "unchecked", "key.algorithm")
    says = "Altered after it was signed, or signed by somebody else: the signature does not fit."
    return answer("bad_signature", says, detail, "bad")

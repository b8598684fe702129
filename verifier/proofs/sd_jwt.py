"""SD-JWT: what its issuer signed, and whether its holder is who may show it.

RFC 9901, sections 7.1 and 7.3, and draft-ietf-oauth-sd-jwt-vc. That what is shown fits the digests
that were signed is told where the disclosures are read, in `verifier.parse.sd_jwt`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from verifier.dates import SKEW
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.keys.material import Unusable, read_key
from verifier.model import Credential, Documents, JsonObject, Proof, Request
from verifier.parse import sd_jwt
from verifier.parse.sd_jwt import SdJwt
from verifier.proofs import issuer_metadata, jws
from verifier.proofs.jws import Jws
from verifier.proofs.jwt import met
from verifier.report import Check, Question

_TYPES = frozenset(("dc+sd-jwt", "vc+sd-jwt"))
_FITS = "The issuer's signature fits every word of what its holder chose to show of it."
_FIXES = {
    "bad_signature": "Ask the holder for the file as the issuer gave it, or ask the issuer.",
    "key_unreachable": "Try again later; if it stays so, ask the issuer to publish its keys.",
    "key_not_issuers": "Ask the issuer whether this is theirs.",
    "unsupported_proof": "This is for us to mend; until then ask the issuer to confirm it.",
}


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """The documents that tell whose key signed; none for a token that can't be checked."""
    try:
        token = jws.read(sd_jwt.read(credential.content).token)
    except Malformed:
        return ()
    return issuer_metadata.needs(token.header, credential.issuer.id, documents)


def check(credential: Credential, proof: Proof, documents: Documents, now: datetime) -> Check:
    """What the signatures of issuer and holder say.

    `detail.key_binding` is `good` where the holder's own signature fits, `none` where it is not
    there. What it answers is held against what was asked in `verifier.checks.holder`.
    """
    try:
        shown = sd_jwt.read(credential.content)
        token = jws.read(shown.token)
    except Malformed as error:
        return _refused(error, {})
    detail = {"algorithm": token.algorithm, "kid": token.header.get("kid"), "key_binding": "none"}
    typ = str(token.header.get("typ")).lower().removeprefix("application/")
    if typ not in _TYPES:
        says = f"The token was made for something else: it says it is “{typ[:40]}”."
        return _answer("structure", says, detail, "unchecked", "jwt.typ")
    found = issuer_metadata.find(
        token.header, credential.issuer.id, documents, now, credential.issued
    )
    fitting = [
        one
        for one in found
        if one.key is not None and jws.holds(token, one.key, one.algorithm, one.fingerprint)
    ]
    if not fitting:
        unread = next((one for one in found if one.key is None), None)
        if unread is not None:
            code = unread.code or "key_unreachable"
            return _answer(code, unread.says, detail, "unchecked", unread.reason)
        says = "Altered after it was signed, or signed by somebody else: the signature is not its."
        return _answer("bad_signature", says, detail, "bad")
    best = next((one for one in fitting if one.code is None), fitting[0])
    if best.code is not None:
        return _answer(best.code, best.says, detail, "good", best.reason)
    return bound(shown, now, detail) or _answer("signature", _FITS, met(best, detail), "good")


def bound(shown: SdJwt, now: datetime, detail: dict[str, Any]) -> Check | None:
    """What is wrong with the holder's own signature, or `None`; `detail` is told of it."""
    if shown.binding is None:
        return None
    try:
        token = jws.read(shown.binding)
        _check_binding(token, shown, now)
    except Malformed as error:
        return _refused(error, detail)
    detail["key_binding"] = "good"
    return None


def _check_binding(token: Jws, shown: SdJwt, now: datetime) -> None:
    """RFC 9901, section 7.3, step 5. Raises `Malformed`."""
    claims = read_object(token.payload)
    if str(token.header.get("typ")).lower() != "kb+jwt":
        raise Malformed("sd_jwt.binding.typ", "What should be its holder's signature is none.")
    confirmed = shown.claims.get("cnf")
    jwk = confirmed.get("jwk") if isinstance(confirmed, Mapping) else None
    key = read_key({"publicKeyJwk": jwk}) if isinstance(jwk, Mapping) else None
    if key is None or isinstance(key, Unusable):
        raise Malformed("sd_jwt.binding.key", "Its issuer named no key that its holder could use.")
    marked = jwk.get("alg") if isinstance(jwk, Mapping) else None
    if not jws.holds(token, key, None if marked is None else str(marked)):
        raise Malformed("sd_jwt.binding.signature", "Whoever shows this is not its holder.")
    if claims.get("sd_hash") != shown.digest:
        raise Malformed("sd_jwt.binding.hash", "Its holder signed another choice of what to show.")
    if not all(isinstance(claims.get(name), str) for name in ("nonce", "aud")):
        raise Malformed("sd_jwt.binding.claims", "Its holder does not say whom it was shown to.")
    made = claims.get("iat")
    if isinstance(made, bool) or not isinstance(made, (int, float)) or not 0 <= made < 2**37:
        raise Malformed("sd_jwt.binding.iat", "Its holder does not say when it was shown.")
    if datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=made) > now + SKEW:
        raise Malformed("sd_jwt.binding.iat", "It was shown at a moment that has not come yet.")


def presented(content: bytes) -> JsonObject:
    """The claims of the holder's own token; none where there is none that can be read."""
    try:
        binding = sd_jwt.read(content).binding
        return {} if binding is None else read_object(jws.read(binding).payload)
    except Malformed:
        return {}


def _refused(error: Malformed, detail: Mapping[str, Any]) -> Check:
    """A token that breaks its rules was signed by nobody; one of an unknown algorithm perhaps."""
    if error.reason == "jws.unsupported":
        return _answer("unsupported_proof", error.says, detail, "unchecked", error.reason)
    return _answer("bad_signature", error.says, detail, "bad", error.reason)


def _answer(
    code: str, says: str, detail: Mapping[str, Any], signature: str, reason: str | None = None
) -> Check:
    finer = {"reason": reason} if reason else {}
    fix = None if code == "signature" else _FIXES.get(code, "Ask the issuer, who can mend this.")
    return Check(Question.GENUINE, code, says, fix, {**detail, "signature": signature, **finer})

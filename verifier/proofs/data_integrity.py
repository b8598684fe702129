"""Data Integrity proofs, of every suite in the table, alone, side by side or in a chain.

Verifiable Credential Data Integrity 1.0, section 4.4 (Verify Proof). What a suite signs is told in
`verifier.proofs.covered` and `verifier.proofs.selective`. Section numbers in the comments are of
the first standard, DI.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from verifier import jsonld, kept, keys
from verifier.dates import SKEW, read_moment, written
from verifier.encodings import read_multibase
from verifier.errors import Malformed
from verifier.jsonld import vocabulary
from verifier.model import Credential, Documents, JsonObject, Proof, Request
from verifier.proofs import covered
from verifier.proofs.algorithms import allows, fits, kind_of
from verifier.proofs.answers import answer
from verifier.proofs.detached_jws import DetachedJws, read_jws
from verifier.proofs.suites import Suite, suite_of
from verifier.report import Check, Question

#: No signature of these suites is longer in base58; anything longer is not decoded.
PROOF_VALUE_LENGTH = 150

_MEMBERS = (
    *("id", "type", "cryptosuite", "created", "expires", "domain", "challenge", "nonce"),
    *("proofPurpose", "verificationMethod", "previousProof", "@context"),
)
#: Members of a proof that we know the meaning of, by where its signature stands. Any other could
#: change what the proof says.
_KNOWN = {value: frozenset((*_MEMBERS, value)) for value in ("proofValue", "jws")}

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey
    from verifier.proofs.selective import Derived

    Value = bytes | DetachedJws | Derived


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """The documents that tell whose key signed; none for a suite that can't be checked."""
    if suite_of(proof.options) is None:
        return ()
    return keys.needs(proof.options.get("verificationMethod"), credential.issuer.id)


def check(credential: Credential, proof: Proof, documents: Documents, now: datetime) -> Check:
    """What this proof says of the credential.

    Raises `TooCostly` for a credential whose canonical form takes too much work.
    """
    options = proof.options
    suite = suite_of(options)
    if suite is None:
        from verifier.proofs.unsupported import check as answered

        return answered(credential, proof, documents, now)
    detail = {
        "verificationMethod": options.get("verificationMethod"),
        "cryptosuite": proof.cryptosuite or proof.type,
        "created": options.get("created"),
    }
    try:
        value = _value(suite, options)
    except Malformed as error:
        if error.reason == "proof.base":
            return _base_proof(error, detail)
        return answer("bad_signature", error.says, detail, "bad", error.reason)
    try:
        times = _times(options)
        purpose = _purpose(credential, options)
    except Malformed as error:
        return answer("structure", error.says, detail, "unchecked", error.reason)
    found = keys.find(
        options.get("verificationMethod"),
        credential.issuer.id,
        documents,
        now,
        times.get("created"),
        purpose,
    )
    if found.key is None:
        return answer(
            found.code or "key_unreachable", found.says, detail, "unchecked", found.reason
        )
    algorithm = _algorithm(suite, found.key, value)
    if algorithm is not None and not allows(found.algorithm, algorithm):
        says = f"The issuer uses the key for {found.algorithm:.20} alone, not for {algorithm}."
        return answer("key_not_issuers", says, detail, "unchecked", "key.algorithm")
    name = kept.named("proof", found.fingerprint, credential.standard, credential.document, options)
    if not kept.fits(name):
        bad = _misfit(suite, algorithm, found.key, value, credential, options, detail)
        if bad is not None:
            return bad
        kept.keep(name)
    if found.code is not None:
        return answer(found.code, found.says, detail, "good", found.reason)
    detail["key_sha256"] = found.fingerprint
    return _weighed(suite, value, options, times, now, detail) or answer(
        "signature", _SAYS.get(suite.form, _FITS), detail, "good"
    )


def _misfit(
    suite: Suite,
    algorithm: str | None,
    key: PublicKey,
    value: Value,
    credential: Credential,
    options: JsonObject,
    detail: Mapping[str, Any],
) -> Check | None:
    """Why the signature does not count by itself, or `None`."""
    if algorithm is None:
        says = f"A key of the kind {kind_of(key)} makes no proofs of this kind."
        return answer("bad_signature", says, detail, "bad", "proof.key")
    try:
        good = _fits(suite, algorithm, key, value, credential, options)
        if suite.form == "jcs" and good:
            _check_vocabulary(credential)
    except Malformed as error:
        code = "structure" if error.reason == "proof.chain" else "bad_signature"
        return answer(code, error.says, detail, "bad", error.reason)
    except jsonld.Rejected as error:
        # DI 4.4: a document that can't be transformed whole does not verify; an unknown vocabulary
        # says nothing either way.
        seen = "good" if suite.form == "jcs" else "unchecked" if error.code == "context" else "bad"
        return answer(error.code, error.says, detail, seen, error.reason)
    if good:
        return None
    says = "Altered after it was signed: the signature no longer fits."
    return answer("bad_signature", says, detail, "bad")


def _fits(
    suite: Suite,
    algorithm: str,
    key: PublicKey,
    value: Value,
    credential: Credential,
    options: JsonObject,
) -> bool:
    """Whether the signature is one of this document by this key."""
    digest = suite.hash_of(algorithm)
    if isinstance(value, bytes):
        by = covered.by_json if suite.form == "jcs" else covered.by_rdf
        return fits(algorithm, key, value, by(credential, options, digest))
    if isinstance(value, DetachedJws):
        data = value.over(covered.by_rdf(credential, options, digest, suite.value))
        return fits(algorithm, key, value.signature, data)
    from verifier.proofs import selective  # here: few proofs are

    return selective.covers(value, key, *covered.canonical_forms(credential, options, digest))


def _algorithm(suite: Suite, key: PublicKey, value: Value) -> str | None:
    """The algorithm by which `key` may have made `value`, by our table."""
    named = value.algorithm if isinstance(value, DetachedJws) else None
    return suite.algorithm_of(kind_of(key), named)


def _check_vocabulary(credential: Credential) -> None:
    """Canonical JSON covers the text and not what its words mean: the same vocabularies are asked
    for as with RDF. Raises `jsonld.Rejected`.
    """
    vocabulary.check_contexts(credential.document)


def _weighed(
    suite: Suite,
    value: Value,
    options: JsonObject,
    times: Mapping[str, datetime],
    now: datetime,
    detail: Mapping[str, Any],
) -> Check | None:
    """What a good signature by the right key still lacks, or `None`."""
    if not _KNOWN[suite.value].issuperset(options):
        unknown = min(set(options) - _KNOWN[suite.value])
        says = f"The signature fits, but Touchstone can't weigh its member “{unknown[:40]}”."
        return answer("unsupported_proof", says, detail, "good", "proof.member")
    late = _out_of_time(times, now)
    if late is not None:
        return answer("bad_signature", late, detail, "good", "proof.time")
    return None


def _value(suite: Suite, options: JsonObject) -> Value:
    """The signature as the suite writes it. Raises `Malformed`."""
    text = options.get(suite.value)
    if suite.value == "jws":
        return read_jws(text)
    if suite.form == "selective":
        from verifier.proofs import selective

        return selective.read_proof(text)
    # EdDSA 3.2.1 and ECDSA 3.2.1: multibase, base58btc.
    if not isinstance(text, str) or not text.startswith("z") or len(text) > PROOF_VALUE_LENGTH:
        raise Malformed("proof.value", "The proof's proofValue is no signature in base58btc.")
    try:
        return read_multibase(text)
    except Malformed as error:
        says = "The proof's proofValue is no signature in base58btc."
        raise Malformed("proof.value", says) from error


def _base_proof(error: Malformed, detail: Mapping[str, Any]) -> Check:
    """The holder's own copy, which tells more than it may prove (ECDSA 3.5.3 makes it, 3.5.6 makes
    what is shown of it).
    """
    fix = "The holder's wallet can make a copy of it that is meant to be shown."
    found = {**detail, "signature": "unchecked", "reason": error.reason}
    return Check(Question.GENUINE, "unsupported_proof", error.says, fix, found)


def _purpose(credential: Credential, options: JsonObject) -> str:
    """DI 4.4, steps 2 and 3; a badge is an assertion, a presentation authenticates its holder."""
    purpose = "authentication" if credential.standard == "VP" else "assertionMethod"
    if options.get("proofPurpose") != purpose:
        raise Malformed(
            "proof.purpose",
            "The proof was not made to present anything: its proofPurpose is another."
            if credential.standard == "VP"
            else "The proof was not made to assert anything: its proofPurpose is another.",
        )
    if not isinstance(options.get("type"), str) or not isinstance(
        options.get("verificationMethod"), str
    ):
        raise Malformed("proof.method", "The proof does not name its verificationMethod.")
    return purpose


def _times(options: JsonObject) -> dict[str, datetime]:
    return {
        member: read_moment(options[member])
        for member in ("created", "expires")
        if options.get(member) is not None
    }


def _out_of_time(times: Mapping[str, datetime], now: datetime) -> str | None:
    """DI 2.1, `created` and `expires`: a proof counts neither before it was made nor after it
    ended.
    """
    created, expires = times.get("created"), times.get("expires")
    if created is not None and created > now + SKEW:
        return f"The signature is dated {written(created)}, which has not come yet."
    if expires is not None and expires < now - SKEW:
        return f"The signature counted until {written(expires)} and no longer."
    return None


_FITS = "The issuer's signature fits every word of it."
_SAYS = {
    "selective": "The issuer's signature fits every word of what its holder chose to show of it."
}

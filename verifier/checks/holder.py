"""The holder of a presentation: whoever signed it, in answer to a challenge (VC Data Integrity,
section 2.1, `challenge` and `domain`; VC-JOSE-COSE and OpenID4VP, `nonce` and `aud`).
"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import Credential, Identity, JsonObject, Recipient, as_list
from verifier.ports import Circumstances
from verifier.proofs.suites import suite_of
from verifier.report import Check, Outcome, Question, worst


def check(credential: Credential, genuine: Check, circumstances: Circumstances) -> Check:
    """`genuine`, or `bad_challenge` where a well-signed presentation does not answer what was
    asked.

    Every proof that can be checked must answer: one that does not was made for somebody else.
    Without a challenge nothing tells a presentation from a copy of it, so it proves no holder. A
    credential is for everybody, unless a proof of its own names a domain.
    """
    if credential.standard != "VP":
        if _is_disclosed(credential):
            return _bound(credential, genuine, circumstances)
        if circumstances.domain is None:
            return genuine
        return _for_another_domain(credential, genuine, circumstances.domain)
    genuine = _of_the_holder(genuine)
    asked = {"challenge": circumstances.challenge, "domain": circumstances.domain}
    for member, wanted in asked.items():
        given = [_answers(options, member) for options in _options(credential)]
        if wanted is not None and not all(wanted in one for one in given):
            bad = _bad(member, genuine)
            return worst([genuine, bad]) if genuine.outcome is Outcome.FAILED else bad
    if genuine.outcome is not Outcome.PASSED:
        return genuine
    says = "The holder's signature fits, and answers your challenge."
    if circumstances.challenge is None:
        says = (
            "The signature on the presentation fits. Nobody asked for it with a challenge, so it "
            "may be a copy: it proves no holder."
        )
    detail = {**genuine.detail, "holder_proven": circumstances.challenge is not None}
    return replace(genuine, says=says, detail=detail)


def _of_the_holder(genuine: Check) -> Check:
    """The same answer, about the holder's key where it speaks of the issuer's."""
    says = _KEYS.get(genuine.code)
    if says is None or not str(genuine.detail.get("reason")).startswith(("key.", "did.")):
        return genuine
    return replace(genuine, says=says, fix="The holder can mend this, or present it anew.")


_KEYS = {
    "key_not_issuers": "It is signed with a key that is not the holder's to present with.",
    "key_not_listed": "The holder no longer lists the key that signed this presentation.",
    "key_unreachable": "The holder's keys could not be fetched, so the signature proves nothing.",
    "issuer_unproven": "The signature fits, but nothing ties the key that made it to the holder.",
}


def _for_another_domain(credential: Credential, genuine: Check, wanted: str) -> Check:
    """VC Data Integrity, section 4.4, on the option `domain`."""
    named = [as_list(proof.options.get("domain")) for proof in credential.proofs]
    if all(not domains or wanted in domains for domains in named):
        return genuine
    bad = _bad("domain", genuine)
    return worst([genuine, bad]) if genuine.outcome is Outcome.FAILED else bad


def recipient(credential: Credential, genuine: Check) -> Recipient:
    """Whom the credential is about: for a presentation its holder, where the challenge proved
    one.
    """
    if credential.standard != "VP" or not genuine.detail.get("holder_proven"):
        return credential.recipient
    holder = credential.issuer.id or ""
    return Recipient((Identity("did" if holder.startswith("did:") else "url", holder),))


def _is_disclosed(credential: Credential) -> bool:
    """Whether this, which is no presentation, is secured as SD-JWT VC are."""
    forms = [proof.form for proof in credential.proofs]
    return credential.standard == "SD-JWT VC" or "disclosed" in forms


def _bound(credential: Credential, genuine: Check, circumstances: Circumstances) -> Check:
    """An SD-JWT whose holder was asked for must answer (RFC 9901, section 7.3): what was asked
    decides whether it must be bound to its holder, and not what came.
    """
    if genuine.detail.get("signature") != "good":
        return genuine
    from verifier.proofs import sd_jwt  # here: nothing else is bound

    claims = sd_jwt.presented(credential.content)
    for member, claim in (("challenge", "nonce"), ("domain", "aud")):
        wanted = getattr(circumstances, member)
        if wanted is not None and claims.get(claim) != wanted:
            bad = _bad(member, genuine)
            return worst([genuine, bad]) if genuine.outcome is Outcome.FAILED else bad
    if genuine.outcome is not Outcome.PASSED or genuine.detail.get("key_binding") != "good":
        return genuine
    proven = circumstances.challenge is not None
    says = (
        "The signatures of issuer and holder fit, and answer your challenge."
        if proven
        else "The issuer's signature fits. Nobody asked for it with a challenge: it may be a copy."
    )
    return Check(
        genuine.question, genuine.code, says, None, {**genuine.detail, "holder_proven": proven}
    )


def _options(credential: Credential) -> Iterator[JsonObject]:
    """What each proof that can be checked says it was made for."""
    for proof in credential.proofs:
        if proof.form == "data_integrity":
            if suite_of(proof.options) is not None:
                yield proof.options
        elif proof.options:
            yield proof.options
        elif proof.form != "unsupported":
            yield _claims(credential.content)


def _claims(content: bytes) -> JsonObject:
    """The claims of a JWT; none in anything else."""
    parts = content.strip().partition(b"~")[0].split(b".")
    try:
        claims = read_object(read_base64url(parts[1].decode("ascii"))) if len(parts) == 3 else {}
    except (Malformed, UnicodeDecodeError):
        claims = {}
    return {"challenge": claims.get("nonce"), "domain": claims.get("aud")}


def _answers(options: JsonObject, member: str) -> list[object]:
    """A challenge is one text; a domain one or several."""
    value = options.get(member)
    return as_list(value) if member == "domain" else [value]


def _bad(member: str, genuine: Check) -> Check:
    words = {
        "challenge": "The presentation does not answer your challenge: it was made for another.",
        "domain": "It was made for another domain than yours.",
    }
    detail = {**genuine.detail, "reason": f"presentation.{member}"}
    fix = "Ask the holder to present it again, to you and now."
    return Check(Question.GENUINE, "bad_challenge", words[member], fix, detail)

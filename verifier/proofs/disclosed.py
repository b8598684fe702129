"""W3C credentials and presentations secured with SD-JWT (VC-JOSE-COSE, section 3.2): what the
holder shows of a payload that is the credential itself, signed with the keys that a JWT would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from msgspec.structs import replace

from verifier.errors import Malformed
from verifier.model import Credential, Documents, Proof, Request
from verifier.parse import sd_jwt as disclosures
from verifier.proofs import jwt, sd_jwt
from verifier.proofs.answers import answer
from verifier.report import Check, Outcome

#: What such a token may say that it is, with the names of the drafts.
_SECURED: Mapping[str, frozenset[str]] = {
    "VP": frozenset(("vp+sd-jwt", "vp-ld+sd-jwt", "vp+ld+json+sd-jwt")),
    "": frozenset(("vc+sd-jwt", "vc-ld+sd-jwt", "vc+ld+json+sd-jwt")),
}
#: What decides whether a credential still counts, and may be among what is not shown.
_DECISIVE = ("credentialStatus", "validUntil", "exp")


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """The documents that tell whose key signed; none for a token that can't be checked."""
    try:
        token = disclosures.read(credential.content).token
    except Malformed:
        return ()
    return jwt.needs(replace(credential, content=token.encode()), proof, documents)


def check(credential: Credential, proof: Proof, documents: Documents, now: datetime) -> Check:
    """What the signatures of issuer and holder say.

    `detail.key_binding` is as in `verifier.proofs.sd_jwt`; `detail.hidden` names those of the
    members that decide whether it counts which may be there, or hold more than is shown.
    """
    try:
        shown = disclosures.read(credential.content)
    except Malformed as error:
        return answer("structure", error.says, {}, "unchecked", error.reason)
    issued = replace(credential, content=shown.token.encode())
    found = jwt.check(issued, proof, documents, now, _SECURED)
    if found.outcome is not Outcome.PASSED:
        return found
    detail = {**found.detail, "key_binding": "none"}
    says = "The issuer's signature fits every word of what its holder chose to show of it."
    hidden = [
        name
        for name in _DECISIVE
        if name in shown.withheld or ("" in shown.withheld and name not in credential.document)
    ]
    if hidden:
        detail["hidden"] = hidden
        says = f"{says} Not all is shown: when it ends, or its status, may be among the rest."
    wrong = sd_jwt.bound(shown, now, detail)
    return wrong or replace(found, says=says, detail=detail)

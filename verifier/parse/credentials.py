"""Verifiable credentials: Open Badges 3.0, Comprehensive Learner Records 2.0, W3C VC 1.1 and 2.0,
presentations of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from verifier.errors import Malformed, NoCredential
from verifier.model import (
    Credential,
    Documents,
    Issuer,
    JsonObject,
    Payload,
    Problem,
    Proof,
    Request,
    Status,
    as_list,
    objects,
    text_or_none,
)
from verifier.parse import achievement, parts, record
from verifier.parse.credential_rules import (
    BADGE_TYPES,
    VC_1,
    VC_2,
    first_type,
    moments,
    problems,
    types_of,
)
from verifier.parse.learning import text_of

if TYPE_CHECKING:
    from verifier.parse.jwt_claims import Told
    from verifier.parse.sd_jwt import SdJwt


#: Proofs that are looked at in one credential.
LIMIT = 8

_OB_3 = "https://purl.imsglobal.org/spec/ob/v3p0/"
_CLASSES = frozenset(("Achievement", "Profile"))
_PRESENTATION = "VerifiablePresentation"
_STARTS, _ENDS = ("validFrom", "issuanceDate"), ("validUntil", "expirationDate")


def recognises(document: JsonObject) -> bool:
    """Whether `document` means to be a verifiable credential or presentation, or a class or profile
    of Open Badges 3.0.
    """
    if "credentialSubject" in document or "vct" in document:
        return True
    contexts = [item for item in as_list(document.get("@context")) if isinstance(item, str)]
    types = types_of(document)
    return any(item in (VC_1, VC_2) or item.startswith(_OB_3) for item in contexts) or any(
        item in ("VerifiableCredential", _PRESENTATION, *BADGE_TYPES) for item in types
    )


def needs(payload: Payload, document: JsonObject, documents: Documents) -> Iterable[Request]:
    """Nothing: a verifiable credential is whole in itself."""
    return ()


def parse(payload: Payload, document: JsonObject, documents: Documents) -> Credential:
    """The credential in `document`; breaches of structure go to `problems`.

    Raises `NoCredential` (`not_an_award`) for an achievement or a profile alone.
    """
    types = types_of(document)
    if "credentialSubject" not in document and _CLASSES.intersection(types):
        raise NoCredential(
            "not_an_award",
            "This describes a badge or an issuer, but nobody was awarded it here.",
            tuple(text for text in (text_of(document.get("name")),) if text),
        )
    standard = _standard(document, types)
    subjects = objects(document.get("credentialSubject"))
    subject = subjects[0] if subjects else {}
    form = None if payload.content[:1] == b"{" else _form_of(payload.content)
    shown = _shown(payload, document) if form == "SD-JWT" else None
    proofs, found = _proofs(form, document, shown)
    at, undated = moments(document)
    if standard == "VP":
        from verifier.parse import presentation_rules  # here: for no credential alone

        found = [*presentation_rules.problems(document), *found]
    elif shown is not None or form != "SD-JWT":
        found = [*problems(document, types, at, undated), *found]
    starts, ends = [], []
    for member, moment in at.items():
        if member in _STARTS:
            starts.append(moment)
        elif member in _ENDS:
            ends.append(moment)
    if form is not None:
        told = _told(payload, form, document, shown)
        starts, ends, found = [*starts, *told.starts], [*ends, *told.ends], [*found, *told.problems]
    return Credential(
        standard=standard,
        container=payload.container,
        content=payload.content,
        document=document,
        url=payload.url,
        id=text_or_none(document.get("id")),
        types=types,
        issuer=_holder(document) if standard == "VP" else _issuer(document),
        issued=at.get("awardedDate") or at.get("issuanceDate") or at.get("validFrom"),
        valid_from=max(starts) if starts else None,
        expires=min(ends) if ends else None,
        proofs=proofs,
        statuses=_statuses(document, standard),
        problems=tuple(dict.fromkeys(found)) if found else (),
        bundle=parts.bundle(payload, document, standard) if standard in parts.BUNDLES else (),
        endorsements=parts.endorsements(payload, document, subjects),
        **achievement.read(document, subject, standard),
        **(record.read(subject) if standard == "CLR 2.0" else {}),
    )


def _standard(document: JsonObject, types: tuple[str, ...]) -> str:
    """The contract's word for what this is, by its types first and its vocabulary next."""
    if _PRESENTATION in types:
        return "VP"
    if "vct" in document and "credentialSubject" not in document:
        return "SD-JWT VC"
    if "ClrCredential" in types:
        return "CLR 2.0"
    if not BADGE_TYPES.isdisjoint(types):
        return "OB 3.0"
    contexts = [item for item in as_list(document.get("@context")) if isinstance(item, str)]
    named = " ".join(contexts)
    if "EndorsementCredential" in types and _OB_3 in named:
        return "OB 3.0"
    if "blockcerts" in named:
        return "Blockcerts 3"
    if "EuropeanDigitalCredential" in types:
        return "Europass"
    return "VC 1.1" if VC_1 in contexts else "VC 2.0"


def _issuer(document: JsonObject) -> Issuer:
    """Whose key must have signed."""
    issuer = document.get("issuer")
    if not isinstance(issuer, dict):
        return Issuer(id=text_or_none(issuer))
    return Issuer(
        id=text_or_none(issuer.get("id")),
        name=text_of(issuer.get("name")),
        url=text_or_none(issuer.get("url")),
        email=text_or_none(issuer.get("email")),
        image=achievement.image_of(issuer.get("image")),
    )


def _holder(document: JsonObject) -> Issuer:
    """A presentation's holder; where it names none, whoever's DID its one proof was made with (VC
    Data Model 2.0, section 4.13: `holder` is optional).
    """
    holder = document.get("holder")
    if isinstance(holder, dict):
        holder = holder.get("id")
    proofs = as_list(document.get("proof"))
    if holder is None and len(proofs) == 1 and isinstance(proofs[0], dict):
        method = text_or_none(proofs[0].get("verificationMethod"))
        holder = method.partition("#")[0] if method and method.startswith("did:") else None
    return Issuer(id=text_or_none(holder))


def _statuses(document: JsonObject, standard: str) -> tuple[Status, ...]:
    """The entries; Blockcerts without one leave it to the list in their issuer's profile."""
    entries = objects(document.get("credentialStatus"))
    if entries:
        return tuple([Status(first_type(entry), entry) for entry in entries])
    if standard == "Blockcerts 3":
        return (Status("BlockcertsRevocation", {"id": document.get("id")}),)
    return ()


def _shown(payload: Payload, document: JsonObject) -> SdJwt | None:
    """The SD-JWT whose claims are the credential itself (VC-JOSE-COSE, section 3.2); `None` for
    anything else, and for a credential that stands in one otherwise, which no standard knows.
    """
    from verifier.parse import sd_jwt

    try:
        shown = sd_jwt.read(payload.content)
    except Malformed:
        return None
    unread = any(problem.code == "unsupported_proof" for problem in shown.problems)
    return shown if shown.claims == document and not unread else None


def _form_of(content: bytes) -> str | None:
    """As `compact.form_of`."""
    from verifier.parse import compact  # here: most badges are JSON as they stand

    return compact.form_of(content)


def _told(payload: Payload, form: str, document: JsonObject, shown: SdJwt | None) -> Told:
    """What a token says besides of the credential in it."""
    from verifier.parse import compact, jwt_claims

    if shown is not None:
        return compact.told(payload.content, document, shown.claims)
    return compact.told(payload.content, document) if form == "JWT" else jwt_claims.Told()


def _proofs(
    form: str | None, document: JsonObject, shown: SdJwt | None
) -> tuple[tuple[Proof, ...], list[Problem]]:
    """The ways in which this is signed, and how they are checked."""
    if shown is not None:
        return (Proof("disclosed", "SD-JWT"),), list(shown.problems)
    if form is not None:
        return (Proof("jwt" if form == "JWT" else "unsupported", form),), []
    entries = as_list(document.get("proof"))
    looked_at = entries[:LIMIT]
    found = tuple([_proof(entry) for entry in looked_at if isinstance(entry, dict)])
    wrong: list[Problem] = []
    if len(entries) > LIMIT:
        wrong.append(
            Problem(
                "too_costly",
                "vc.proof",
                f"It carries {len(entries)} proofs, more than are looked at.",
            )
        )
    if len(found) != len(looked_at):
        wrong.append(
            Problem(
                "structure",
                "vc.proof",
                "“proof” holds something that is not an object with a “type”.",
            )
        )
    return found, wrong


def _proof(entry: JsonObject) -> Proof:
    """A proof that stands in the document; which suites can be checked is for the proofs to say."""
    kind, suite = first_type(entry), text_or_none(entry.get("cryptosuite"))
    form = "merkle" if _is_merkle(kind, suite, entry) else "data_integrity"
    return Proof(form, kind or "proof", suite, entry)


def _is_merkle(kind: str, suite: str | None, entry: JsonObject) -> bool:
    """The three forms in which Blockcerts 3 carry a MerkleProof2019."""
    if kind == "ChainedProof2021":
        return entry.get("chainedProofType") == "MerkleProof2019"
    return kind == "MerkleProof2019" or (
        kind == "DataIntegrityProof" and suite == "merkle-proof-2019"
    )

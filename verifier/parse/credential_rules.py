"""What the standards demand of a credential's structure: each breach is a `Problem` that names the
member.

Verifiable Credentials Data Model 1.1 and 2.0, section 4; Open Badges 3.0, appendix B. Only what a
standard says MUST be is demanded, and not what the largest honest issuers have never kept (a
subject's identifier, an issue date on every badge).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.model import JsonObject, Problem, as_list

VC_1 = "https://www.w3.org/2018/credentials/v1"
VC_2 = "https://www.w3.org/ns/credentials/v2"
BADGE_TYPES = frozenset(("OpenBadgeCredential", "AchievementCredential"))
#: A credential's and a presentation's (VC Data Model 2.0, sections 4.12 and 4.13).
ENVELOPES = ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation")
_ENVELOPES = frozenset(ENVELOPES)

#: A URL as the data model means it: any absolute IRI, web addresses, DIDs and URNs alike.
_URL = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>"\\]+')


def is_url(value: object) -> bool:
    """Whether `value` is an absolute URL (of any scheme)."""
    return isinstance(value, str) and _URL.fullmatch(value) is not None


def is_envelope(document: JsonObject) -> bool:
    """Whether `document` says that it is an envelope, and so nothing by itself."""
    return not _ENVELOPES.isdisjoint(types_of(document))


def types_of(value: object) -> tuple[str, ...]:
    """The `type` of an object: any number of strings."""
    types = value.get("type") if isinstance(value, dict) else None
    if types is None:
        return ()
    if type(types) is str:
        return (types,)
    return tuple([item for item in as_list(types) if type(item) is str])


def problems(document: JsonObject) -> Iterator[Problem]:
    """Every breach of structure in a credential's document."""
    for rule in _CREDENTIAL:
        yield from rule(document)
    for member, with_id in _OBJECTS:
        if member in document:
            yield from _objects(document, member, with_id=with_id)
    if BADGE_TYPES.intersection(types_of(document)):
        for rule in _BADGE:
            yield from rule(document)


def _broken(reason: str, says: str) -> Problem:
    return Problem("structure", reason, says)


# --- Verifiable Credentials Data Model ---


def _context(document: JsonObject) -> Iterable[Problem]:
    items = as_list(document.get("@context"))
    if not items or items[0] not in (VC_1, VC_2):
        says = "The first item of “@context” is not the vocabulary of Verifiable Credentials."
        return (_broken("vc.context", says),)
    if not all(is_url(item) or isinstance(item, dict) for item in items[1:]):
        return (_broken("vc.context", "“@context” holds something that is not an address."),)
    return ()


def _id(document: JsonObject) -> Iterable[Problem]:
    if "id" in document and not is_url(document["id"]):
        return (_broken("vc.id", "The credential's “id” is not one absolute URL."),)
    return ()


def _type(document: JsonObject) -> Iterable[Problem]:
    types = as_list(document.get("type"))
    if "VerifiableCredential" not in types or not all(type(item) is str for item in types):
        says = "The credential's “type” does not include VerifiableCredential."
        return (_broken("vc.type", says),)
    return ()


def _issuer(document: JsonObject) -> Iterator[Problem]:
    issuer = document.get("issuer")
    if not is_url(issuer.get("id") if isinstance(issuer, dict) else issuer):
        yield _broken(
            "vc.issuer",
            "The credential's “issuer” is neither a URL nor an object with a URL as its “id”.",
        )
    if isinstance(issuer, dict):
        yield from _texts(issuer, "issuer.")


def _subject(document: JsonObject) -> Iterator[Problem]:
    subjects = as_list(document.get("credentialSubject"))
    if not subjects or not all(isinstance(subject, dict) and subject for subject in subjects):
        yield _broken(
            "vc.credentialSubject", "The credential has no “credentialSubject” that says anything."
        )
    for subject in subjects:
        if isinstance(subject, dict) and "id" in subject and not is_url(subject["id"]):
            yield _broken(
                "vc.credentialSubject", "The “id” of “credentialSubject” is not one absolute URL."
            )


def _dates(document: JsonObject) -> Iterator[Problem]:
    moments = {}
    for member in ("validFrom", "validUntil", "issuanceDate", "expirationDate"):
        if document.get(member) is not None:
            try:
                moments[member] = read_moment(document[member])
            except Malformed as error:
                yield _broken(f"vc.{member}", f"“{member}”: {error.says}")
    demanded = VC_1 in as_list(document.get("@context"))[:1] and not _may_be_partial(document)
    if demanded and document.get("issuanceDate") is None:
        yield _broken("vc.issuanceDate", "The credential has no “issuanceDate”.")
    for start, end in (("validFrom", "validUntil"), ("issuanceDate", "expirationDate")):
        if start in moments and end in moments and moments[end] < moments[start]:
            yield _broken(f"vc.{end}", f"“{end}” lies before “{start}”.")


def _may_be_partial(document: JsonObject) -> bool:
    """Whether all its proofs are of a suite by which a holder leaves members out, and which can't
    be checked: then nobody can tell whether the issuer broke a rule (Data Integrity BBS
    Cryptosuites 1.0, section 3.3.6).
    """
    proofs = as_list(document.get("proof"))
    return bool(proofs) and all(
        isinstance(proof, dict) and proof.get("cryptosuite") == "bbs-2023" for proof in proofs
    )


def _texts(document: JsonObject, where: str = "") -> Iterator[Problem]:
    """Section 11.1 of the data model 2.0: a string, or language value objects."""
    for member in ("name", "description"):
        values = document.get(member)
        if values is None or type(values) is str:
            continue
        for value in as_list(values):
            good = isinstance(value, str) or (
                isinstance(value, dict)
                and (
                    all(isinstance(text, str) for text in value.values())
                    and (
                        "@value" not in value or set(value) <= {"@value", "@language", "@direction"}
                    )
                )
            )
            if not good:
                yield _broken(
                    f"vc.{member}", f"“{where}{member}” is neither text nor text with its language."
                )


def _objects(document: JsonObject, member: str, *, with_id: bool) -> Iterator[Problem]:
    """What is wrong with members whose values are objects with a `type` and, if `with_id`, an
    `id`.
    """
    for value in as_list(document[member]):
        if not isinstance(value, dict) or not types_of(value):
            yield _broken(
                f"vc.{member}",
                f"“{member}” holds something that is not an object with a “type”.",
            )
        elif with_id and "id" not in value:
            yield _broken(f"vc.{member}", f"“{member}” has no “id”.")
        elif "id" in value and not is_url(value["id"]):
            yield _broken(f"vc.{member}", f"The “id” of “{member}” is not one absolute URL.")


_CREDENTIAL: tuple[Callable[[JsonObject], Iterable[Problem]], ...] = (
    *(_context, _id, _type, _issuer, _subject, _dates, _texts),
)
#: Members whose values are objects, and whether these have an `id`.
_OBJECTS = (
    ("credentialStatus", False),
    ("credentialSchema", True),
    ("refreshService", False),
    ("termsOfUse", False),
    ("evidence", False),
    ("proof", False),
)


# --- Open Badges 3.0 ---


def _badge_issuer(document: JsonObject) -> Iterator[Problem]:
    issuer = document.get("issuer")
    if isinstance(issuer, dict) and "Profile" not in types_of(issuer):
        yield _broken("ob3.issuer", "The badge's “issuer” is not of the type Profile.")


def _badge_subject(document: JsonObject) -> Iterator[Problem]:
    subjects = as_list(document.get("credentialSubject"))
    if len(subjects) > 1:
        yield _broken(
            "ob3.credentialSubject", "A badge has one “credentialSubject”, this one has several."
        )
    for subject in subjects:
        if not isinstance(subject, dict):
            continue
        if "AchievementSubject" not in types_of(subject):
            yield _broken(
                "ob3.credentialSubject",
                "“credentialSubject” is not of the type AchievementSubject.",
            )
        yield from _achievement(subject.get("achievement"))
        for identity in as_list(subject.get("identifier")):
            yield from _identity(identity)
        if "result" in subject:
            yield from _typed(subject, "result", "Result")


def _achievement(achievement: object) -> Iterator[Problem]:
    if not isinstance(achievement, dict):
        yield _broken("ob3.achievement", "The badge does not say which “achievement” it is for.")
        return
    if "Achievement" not in types_of(achievement):
        yield _broken("ob3.achievement", "“achievement” is not of the type Achievement.")
    if not is_url(achievement.get("id")):
        yield _broken("ob3.achievement", "The “id” of “achievement” is not one absolute URL.")
    for member in ("name", "description"):
        if not achievement.get(member):
            yield _broken(f"ob3.achievement.{member}", f"The achievement has no “{member}”.")
    yield from _texts(achievement, "achievement.")
    if not isinstance(achievement.get("criteria"), dict):
        yield _broken("ob3.achievement.criteria", "The achievement does not say its “criteria”.")
    for member, kind in (("resultDescription", "ResultDescription"), ("alignment", "Alignment")):
        if member in achievement:
            yield from _typed(achievement, member, kind)


def _identity(identity: object) -> Iterator[Problem]:
    if not (
        isinstance(identity, dict)
        and "IdentityObject" in types_of(identity)
        and isinstance(identity.get("hashed"), bool)
        and isinstance(identity.get("identityHash"), str)
        and isinstance(identity.get("identityType"), str)
        and isinstance(identity.get("salt", ""), (str, type(None)))
    ):
        yield _broken(
            "ob3.identifier",
            "An “identifier” of “credentialSubject” is not a whole IdentityObject.",
        )


def _typed(holder: JsonObject, member: str, kind: str) -> Iterator[Problem]:
    for value in as_list(holder[member]):
        if kind not in types_of(value):
            yield _broken(
                f"ob3.{member}", f"“{member}” holds something that is not of the type {kind}."
            )


def _badge_evidence(document: JsonObject) -> Iterable[Problem]:
    return _typed(document, "evidence", "Evidence") if "evidence" in document else ()


_BADGE: tuple[Callable[[JsonObject], Iterable[Problem]], ...] = (
    *(_badge_issuer, _badge_subject, _badge_evidence),
)

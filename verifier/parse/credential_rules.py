"""What the standards demand of a credential's structure: each breach is a `Problem` that names the
member.

Verifiable Credentials Data Model 1.1 and 2.0, section 4; Open Badges 3.0, appendix B. Only what a
standard says MUST be is demanded, and not what the largest honest issuers have never kept (a
subject's identifier, an issue date on every badge).
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.model import JsonObject, Problem, as_list

VC_1 = "https://www.w3.org/2018/credentials/v1"
VC_2 = "https://www.w3.org/ns/credentials/v2"
BADGE_TYPES = frozenset(("OpenBadgeCredential", "AchievementCredential"))
#: A credential's and a presentation's (VC Data Model 2.0, sections 4.12 and 4.13).
ENVELOPES = ("EnvelopedVerifiableCredential", "EnvelopedVerifiablePresentation")

#: A URL as the data model means it: any absolute IRI, web addresses, DIDs and URNs alike.
_URL = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\s\x00-\x20\x7f<>"\\]+')
#: Those of them that are ASCII, as most are: found out in half the time.
_is_plain_url = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-\[\]-~]+").fullmatch

_DATES = ("validFrom", "validUntil", "issuanceDate", "expirationDate", "awardedDate")


def is_url(value: object) -> bool:
    """Whether `value` is an absolute URL (of any scheme)."""
    if not isinstance(value, str):
        return False
    return _is_plain_url(value) is not None or _URL.fullmatch(value) is not None


def is_envelope(document: JsonObject) -> bool:
    """Whether `document` says that it is an envelope, and so nothing by itself."""
    types = document.get("type")
    if type(types) is not list:
        return types in ENVELOPES
    return ENVELOPES[0] in types or ENVELOPES[1] in types


def types_of(value: object) -> tuple[str, ...]:
    """The `type` of an object: any number of strings."""
    types = value.get("type") if isinstance(value, dict) else None
    if type(types) is list:
        return tuple([item for item in types if type(item) is str])
    return (types,) if type(types) is str else ()


def first_type(value: object) -> str:
    """The first `type` of an object; empty where it has none."""
    types = value.get("type") if isinstance(value, dict) else None
    return types if type(types) is str else (*types_of(value), "")[0]


def is_of(value: object, kind: str) -> bool:
    """Whether `kind` is a `type` of an object, perhaps among others."""
    types = value.get("type") if isinstance(value, dict) else None
    return kind in types if type(types) is list else types == kind


def moments(document: JsonObject) -> tuple[dict[str, datetime], list[Problem]]:
    """The members that are dates, and what is wrong with those that should be."""
    found: dict[str, datetime] = {}
    wrong: list[Problem] = []
    for member in _DATES:
        value = document.get(member)
        if value is None:
            continue
        try:
            found[member] = read_moment(value)
        except Malformed as error:
            if member != "awardedDate":
                wrong.append(_broken(f"vc.{member}", f"“{member}”: {error.says}"))
    return found, wrong


def problems(
    document: JsonObject, types: tuple[str, ...], at: dict[str, datetime], undated: list[Problem]
) -> list[Problem]:
    """Every breach of structure in a credential's document, which is of these `types` and has these
    `moments`.
    """
    contexts, issuer = as_list(document.get("@context")), document.get("issuer")
    subjects = as_list(document.get("credentialSubject"))
    wrong: list[Problem] = []
    _head(document, contexts, types, wrong)
    _issuer(issuer, wrong)
    _subjects(subjects, wrong)
    wrong += undated
    if contexts and contexts[0] == VC_1:
        _issue_date(document, wrong)
    if len(at) > 1:
        _order(at, wrong)
    _texts(document, wrong)
    for member, with_id in _OBJECTS:
        if member in document:
            _objects(document, member, wrong, with_id=with_id)
    if not BADGE_TYPES.isdisjoint(types):
        if isinstance(issuer, dict) and not is_of(issuer, "Profile"):
            wrong.append(_broken("ob3.issuer", "The badge's “issuer” is not of the type Profile."))
        _badge_subjects(subjects, wrong)
        if "evidence" in document:
            _typed(document, "evidence", "Evidence", wrong)
    return wrong


def _broken(reason: str, says: str) -> Problem:
    return Problem("structure", reason, says)


# --- Verifiable Credentials Data Model ---


def _head(
    document: JsonObject, contexts: list[Any], types: tuple[str, ...], wrong: list[Problem]
) -> None:
    """What is wrong with its `@context`, its `id` and its `type`."""
    if not contexts or contexts[0] not in (VC_1, VC_2):
        says = "The first item of “@context” is not the vocabulary of Verifiable Credentials."
        wrong.append(_broken("vc.context", says))
    else:
        for item in contexts[1:]:
            if not is_url(item) and not isinstance(item, dict):
                says = "“@context” holds something that is not an address."
                wrong.append(_broken("vc.context", says))
                break
    if "id" in document and not is_url(document["id"]):
        wrong.append(_broken("vc.id", "The credential's “id” is not one absolute URL."))
    if "VerifiableCredential" not in types or len(types) < len(as_list(document.get("type"))):
        says = "The credential's “type” does not include VerifiableCredential."
        wrong.append(_broken("vc.type", says))


def _issuer(issuer: Any, wrong: list[Problem]) -> None:  # noqa: ANN401 any JSON
    whole = isinstance(issuer, dict)
    if not is_url(issuer.get("id") if whole else issuer):
        says = "The credential's “issuer” is neither a URL nor an object with a URL as its “id”."
        wrong.append(_broken("vc.issuer", says))
    if whole:
        _texts(issuer, wrong, "issuer.")


def _subjects(subjects: list[Any], wrong: list[Problem]) -> None:
    if not subjects or [one for one in subjects if not isinstance(one, dict) or not one]:
        says = "The credential has no “credentialSubject” that says anything."
        wrong.append(_broken("vc.credentialSubject", says))
    for subject in subjects:
        if isinstance(subject, dict) and "id" in subject and not is_url(subject["id"]):
            says = "The “id” of “credentialSubject” is not one absolute URL."
            wrong.append(_broken("vc.credentialSubject", says))


def _issue_date(document: JsonObject, wrong: list[Problem]) -> None:
    """The first data model wants one.

    Where all its proofs are of a suite by which a holder leaves members out, and which can't be
    checked, nobody can tell whether the issuer broke a rule (Data Integrity BBS Cryptosuites 1.0,
    section 3.3.6).
    """
    if document.get("issuanceDate") is not None:
        return
    proofs = as_list(document.get("proof"))
    if not proofs or not all(
        isinstance(proof, dict) and proof.get("cryptosuite") == "bbs-2023" for proof in proofs
    ):
        wrong.append(_broken("vc.issuanceDate", "The credential has no “issuanceDate”."))


def _order(at: dict[str, datetime], wrong: list[Problem]) -> None:
    for start, end in (("validFrom", "validUntil"), ("issuanceDate", "expirationDate")):
        if start in at and end in at and at[end] < at[start]:
            wrong.append(_broken(f"vc.{end}", f"“{end}” lies before “{start}”."))


def _texts(document: JsonObject, wrong: list[Problem], where: str = "") -> None:
    """Section 11.1 of the data model 2.0: a string, or language value objects."""
    for member in ("name", "description"):
        values = document.get(member)
        if values is None or type(values) is str:
            continue
        for value in as_list(values):
            if not _is_text(value):
                says = f"“{where}{member}” is neither text nor text with its language."
                wrong.append(_broken(f"vc.{member}", says))


def _is_text(value: object) -> bool:
    if not isinstance(value, dict):
        return isinstance(value, str)
    return all(isinstance(text, str) for text in value.values()) and (
        "@value" not in value or set(value) <= {"@value", "@language", "@direction"}
    )


def _objects(document: JsonObject, member: str, wrong: list[Problem], *, with_id: bool) -> None:
    """What is wrong with members whose values are objects with a `type` and, if `with_id`, an
    `id`.
    """
    for value in as_list(document[member]):
        kind = value.get("type") if isinstance(value, dict) else None
        if type(kind) is not str and not types_of(value):
            says = f"“{member}” holds something that is not an object with a “type”."
            wrong.append(_broken(f"vc.{member}", says))
        elif with_id and "id" not in value:
            wrong.append(_broken(f"vc.{member}", f"“{member}” has no “id”."))
        elif "id" in value and not is_url(value["id"]):
            says = f"The “id” of “{member}” is not one absolute URL."
            wrong.append(_broken(f"vc.{member}", says))


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


def _badge_subjects(subjects: list[Any], wrong: list[Problem]) -> None:
    if len(subjects) > 1:
        says = "A badge has one “credentialSubject”, this one has several."
        wrong.append(_broken("ob3.credentialSubject", says))
    for subject in subjects:
        if not isinstance(subject, dict):
            continue
        if not is_of(subject, "AchievementSubject"):
            says = "“credentialSubject” is not of the type AchievementSubject."
            wrong.append(_broken("ob3.credentialSubject", says))
        _achievement(subject.get("achievement"), wrong)
        if "identifier" in subject:
            for identity in as_list(subject["identifier"]):
                _identity(identity, wrong)
        if "result" in subject:
            _typed(subject, "result", "Result", wrong)


def _achievement(achievement: object, wrong: list[Problem]) -> None:
    if not isinstance(achievement, dict):
        says = "The badge does not say which “achievement” it is for."
        wrong.append(_broken("ob3.achievement", says))
        return
    if not is_of(achievement, "Achievement"):
        wrong.append(_broken("ob3.achievement", "“achievement” is not of the type Achievement."))
    if not is_url(achievement.get("id")):
        says = "The “id” of “achievement” is not one absolute URL."
        wrong.append(_broken("ob3.achievement", says))
    for member in ("name", "description"):
        if not achievement.get(member):
            says = f"The achievement has no “{member}”."
            wrong.append(_broken(f"ob3.achievement.{member}", says))
    _texts(achievement, wrong, "achievement.")
    if not isinstance(achievement.get("criteria"), dict):
        says = "The achievement does not say its “criteria”."
        wrong.append(_broken("ob3.achievement.criteria", says))
    if "resultDescription" in achievement:
        _typed(achievement, "resultDescription", "ResultDescription", wrong)
    if "alignment" in achievement:
        _typed(achievement, "alignment", "Alignment", wrong)


def _identity(identity: object, wrong: list[Problem]) -> None:
    if not (
        isinstance(identity, dict)
        and is_of(identity, "IdentityObject")
        and isinstance(identity.get("hashed"), bool)
        and isinstance(identity.get("identityHash"), str)
        and isinstance(identity.get("identityType"), str)
        and isinstance(identity.get("salt", ""), (str, type(None)))
    ):
        says = "An “identifier” of “credentialSubject” is not a whole IdentityObject."
        wrong.append(_broken("ob3.identifier", says))


def _typed(holder: JsonObject, member: str, kind: str, wrong: list[Problem]) -> None:
    for value in as_list(holder[member]):
        if not is_of(value, kind):
            says = f"“{member}” holds something that is not of the type {kind}."
            wrong.append(_broken(f"ob3.{member}", says))

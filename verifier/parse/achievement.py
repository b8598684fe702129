"""What a credential is for and about whom: the achievement and its subject, read into the one
model.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from verifier.addresses import is_address
from verifier.model import (
    Identity,
    JsonObject,
    Recipient,
    Text,
    as_list,
    first_text,
    objects,
    text_or_none,
)
from verifier.parse import identities, learning
from verifier.parse.credential_rules import types_of
from verifier.parse.learning import address_of, text_of

#: The contract's words for what Open Badges 3.0 calls `achievementType`; anything else is a badge.
_KINDS = {
    **dict.fromkeys(
        (
            *(
                "Degree",
                "AssociateDegree",
                "BachelorDegree",
                "MasterDegree",
                "DoctoralDegree",
                "Diploma",
            ),
            *("ProfessionalDoctorate", "ResearchDoctorate", "SecondarySchoolDiploma"),
            "GeneralEducationDevelopment",
        ),
        "degree",
    ),
    **dict.fromkeys(
        (
            *("Certificate", "CertificateOfCompletion", "ApprenticeshipCertificate"),
            *("JourneymanCertificate", "MasterCertificate"),
        ),
        "certificate",
    ),
    **dict.fromkeys(("Certification", "License"), "certification"),
    **dict.fromkeys(("Course", "LearningProgram"), "course"),
}
#: Identifiers that subjects hold as text: Schema.org's, CLR 1.0's and those of Blockcerts 3.
_PLAIN = ("email", "telephone", "sourcedId", "studentId", "publicKey")

#: Members with identifiers in objects, and how each is read.
_IDENTIFYING: tuple[tuple[str, Callable[[object], Iterable[Identity]]], ...] = (
    ("identifier", identities.identity_objects),
    ("otherIdentifier", identities.identifier_entries),
    ("identifier", lambda values: identities.legal_identifiers(values, "identifier")),
    ("nationalID", lambda values: identities.legal_identifiers(values, "nationalIdentityNumber")),
    ("contactPoint", identities.contact_points),
)
_NAMES = ("name", "fullName", "givenName", "familyName")
#: Whatever tells more of a subject than its `id`.
_TELLING = frozenset((*_PLAIN, *_NAMES, *(member for member, _ in _IDENTIFYING)))


def read(document: JsonObject, subject: JsonObject, standard: str) -> dict[str, Any]:
    """The members of `Credential` that tell what was achieved and by whom, those of them left out
    of which nothing is said.

    A badge's title is its achievement's name: the credential's own `name` is, with some issuers,
    the holder's.
    """
    # `hasCredential` is what the first learner credentials said, before Open Badges 3.0 named it.
    achieved = _object(subject.get("achievement")) or _object(subject.get("hasCredential"))
    if standard == "Blockcerts 3":
        achieved = achieved or _object(subject.get("claim"))
    if standard == "CLR 2.0":
        achieved = {}  # a record lists achievements; it is for none of them
    title = achieved.get("name") if achieved or standard == "OB 3.0" else document.get("name")
    told: dict[str, Any] = {
        "achievement": text_or_none(achieved.get("id")),
        "kind": _kind(achieved, standard),
        "name": text_of(title)
        or (text_of(document.get("name")) if standard == "Blockcerts 3" else None)
        or (None if achieved or standard == "VP" else _type_name(document)),
        "description": text_of(achieved.get("description"))
        or text_of(document.get("description"))
        or text_of(subject.get("endorsementComment")),
        "recipient": _recipient(subject),
        "image": image_of(achieved.get("image"))
        or image_of(document.get("image"))
        or image_of(subject.get("image")),
    }
    if "evidence" in document:
        told["evidence"] = tuple([_told(item) for item in objects(document["evidence"])])
    if "criteria" in achieved:
        told["criteria"] = criteria_of(achieved["criteria"])
    if "tag" in achieved or "alignment" in achieved:
        told |= _skills(achieved)
    if "related" in achieved:
        told["related"] = tuple(_related(achieved["related"]))
    told |= learning.read(subject, achieved)
    return told


def _skills(achieved: JsonObject) -> dict[str, Any]:
    """What an achievement is aligned to; skills are its tags besides."""
    tags = as_list(achieved.get("tag"))
    skills = [Text(None, tag) for tag in tags if isinstance(tag, str) and tag]
    if "alignment" not in achieved:
        return {"skills": tuple(skills)}
    alignments: list[Text] = []
    part_of: list[Text] = []
    for item in objects(achieved["alignment"]):
        aligned = _aligned(item)
        alignments.append(aligned)
        kind = item.get("targetType")
        if kind is not None and _is_skill(kind):
            skills.append(aligned)
        if kind is not None and _is_credential(kind):
            part_of.append(aligned)
    return {
        "skills": tuple(skills),
        "alignments": tuple(alignments),
        "part_of": tuple(part_of),
    }


def _related(value: object) -> Iterator[Text]:
    for item in objects(value):
        address = address_of(item.get("id"))
        if address is not None:
            yield Text(url=address, text=text_of(item.get("version")))


def image_of(value: object) -> str | None:
    """The address of an image, given alone or as an object."""
    if value is None:
        return None
    for item in as_list(value):
        address = item.get("id") if isinstance(item, dict) else item
        if isinstance(address, str) and (is_address(address) or address.startswith("data:image/")):
            return address
    return None


def _object(value: object) -> JsonObject:
    """The first object among a member's values; empty where there is none."""
    if type(value) is dict:
        return value
    found = objects(value)
    return found[0] if found else {}


def _kind(achieved: JsonObject, standard: str) -> str:
    if standard == "CLR 2.0":
        return "record"
    if standard == "Blockcerts 3":
        return "certificate"
    if not achieved:
        return "badge" if standard == "OB 3.0" else "other"
    return kind_of(achieved)


def kind_of(achieved: JsonObject) -> str:
    """The contract's word for the kind of an achievement."""
    kind = achieved.get("achievementType")
    if type(kind) is not str:
        kind = first_text(as_list(kind)) or ""
    return _KINDS.get(kind, "badge")


def _type_name(document: JsonObject) -> str | None:
    """Without any name: the most particular type the credential gives itself."""
    types = reversed(types_of(document))
    return first_text([item for item in types if item != "VerifiableCredential"])


def _recipient(subject: JsonObject) -> Recipient:
    """Open Badges 3.0, "AchievementSubject", and what other subjects have beside it: members that
    credentials of the web's own vocabularies use, and a person of the European Learning Model.
    """
    identifier = text_or_none(subject.get("id"))
    itself = () if identifier is None else (identities.of_uri(identifier),)
    if _TELLING.isdisjoint(subject):
        return Recipient(itself)
    found: list[Identity] = []
    for member, read_values in _IDENTIFYING:
        if member in subject:
            found += read_values(subject[member])
    found += identities.plain_members(subject, _PLAIN)
    found += itself
    return Recipient(tuple(found), _name(subject, found))


def _name(subject: JsonObject, found: list[Identity]) -> str | None:
    name = text_of(subject.get("name")) or text_of(subject.get("fullName"))
    if name:
        return name
    parts = [text_of(subject.get(member)) for member in ("givenName", "familyName")]
    given = [one.value for one in found if one.kind == "name" and not one.hashed]
    return " ".join(filter(None, parts)) or first_text(given)


def criteria_of(value: object) -> Text:
    """What has to be done for an achievement."""
    criteria = _object(value)
    return Text(address_of(criteria.get("id")), None, text_of(criteria.get("narrative")))


def _told(item: JsonObject) -> Text:
    words = text_of(item.get("narrative")) or text_of(item.get("description"))
    return Text(address_of(item.get("id")), text_of(item.get("name")), words)


def _aligned(item: JsonObject) -> Text:
    return Text(
        address_of(item.get("targetUrl")),
        text_of(item.get("targetName")),
        text_of(item.get("targetDescription")),
    )


def _is_skill(target_type: object) -> bool:
    kind = str(target_type).lower()
    return "skill" in kind or "competency" in kind


def _is_credential(target_type: object) -> bool:
    """Open Badges 3.0, "AlignmentTargetType": what it leads to is a credential itself."""
    return "ceterms:Credential" in as_list(target_type)

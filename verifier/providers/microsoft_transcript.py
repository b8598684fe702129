"""A transcript at Microsoft Learn, as Microsoft's own answer gives it: the legal name, and each
certification with its number, status and dates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from msgspec.structs import replace

from verifier.dates import read_day, read_moment
from verifier.errors import Malformed
from verifier.model import (
    Credential,
    Document,
    Documents,
    Issuer,
    JsonObject,
    Listed,
    Recipient,
    Standing,
)
from verifier.providers.microsoft_catalogue import HOME, is_uid, objects, page_of
from verifier.providers.pages import text_of
from verifier.providers.platform import Match, answer_of, object_of, shown

ASKS = f"{HOME}/api/profiles/transcript/share/{{id}}?locale=en-us"
MISSING = (
    "Microsoft shows no such transcript: its holder may have taken it back. Ask for a new link."
)
MICROSOFT = Issuer(id=HOME, name="Microsoft", url=HOME)
#: Of modules and of learning paths each, how many of one transcript are listed.
LIMIT = 500
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_NUMBER = re.compile(r"[0-9A-F]{6}-[0-9A-F]{6}")
_SKILL = re.compile(r"[0-9A-F]{16}")


def read(match: Match, documents: Documents) -> Credential | None:
    """The transcript as one record, and in its `bundle` each certification and Applied Skills, all
    for the person whose legal name it gives. It may hold an e-mail address; that is left behind.
    """
    address = ASKS.format(id=match.id)
    document = answer_of(documents, address)
    answer = object_of(documents, address)
    if answer is None or document is None:
        return None
    certified = answer.get("certificationData")
    holder = text_of(certified.get("legalName")) if isinstance(certified, dict) else None
    if not isinstance(certified, dict) or holder is None:
        return None
    certifications = tuple(
        one
        for list_of in ("activeCertifications", "historicalCertifications")
        for one in objects(certified.get(list_of))
    )
    skills = answer.get("appliedSkillsData")
    applied = objects(skills.get("appliedSkillsCredentials") if isinstance(skills, dict) else None)
    entries = (
        *(_certification(match, document, one) for one in certifications),
        *(_applied(match, document, one) for one in applied),
    )
    recipient = Recipient(name=holder)
    return shown(
        match,
        document,
        kind="record",
        name="Microsoft Learn transcript",
        description=_counted(certifications, answer),
        issuer=MICROSOFT,
        recipient=recipient,
        listed=tuple(_listed(answer, certified)),
        bundle=tuple(replace(entry, recipient=recipient) for entry in entries if entry is not None),
    )


def day_of(value: object) -> datetime | None:
    """The day of a moment as Microsoft writes one; the time of day is no part of what it states."""
    found = _DAY.match(str(value))
    return None if found is None else read_day(found[0], "%Y-%m-%d")


def _moment(value: object) -> datetime | None:
    try:
        return read_moment(value)
    except Malformed:
        return None


def _listed(answer: JsonObject, certified: JsonObject) -> Iterator[Listed]:
    """The modules and learning paths completed and the exams passed, in its order."""
    for kind, of in (("badge", "modulesCompleted"), ("trophy", "learningPathsCompleted")):
        for one in objects(answer.get(of))[:LIMIT]:
            uid, name = text_of(one.get("uid")), text_of(one.get("title"))
            if uid is not None and is_uid(uid):
                earned = day_of(one.get("completedOn"))
                yield Listed(uid, name, kind, page_of(one.get("url")), earned)
    for one in objects(certified.get("passedExams"))[:LIMIT]:
        number, name = text_of(one.get("examNumber")), text_of(one.get("examTitle"))
        if number is not None and is_uid(number):
            earned = day_of(one.get("examDateTaken"))
            yield Listed(f"exam.{number.lower()}", name, "other", None, earned)


def _counted(certifications: tuple[JsonObject, ...], answer: JsonObject) -> str:
    count = Counter(text_of(one.get("status")) or "without a status" for one in certifications)
    parts = [f"{number} {status}" for status, number in count.items()]
    modules = len(objects(answer.get("modulesCompleted")))
    paths = len(objects(answer.get("learningPathsCompleted")))
    certified = ", ".join(parts) if parts else "none"
    return f"Certifications: {certified}. Completed: {modules} modules, {paths} learning paths."


def _certification(match: Match, document: Document, one: JsonObject) -> Credential | None:
    name, number = text_of(one.get("name")), text_of(one.get("certificationNumber"))
    if name is None:
        return None
    known = number is not None and _NUMBER.fullmatch(number) is not None
    ends = one.get("expiration") is not None
    expires = _moment(one.get("expiration"))
    return shown(
        match,
        document,
        kind="certification",
        id=f"{match.canonical}#{number}" if known else match.canonical,
        name=name,
        issuer=MICROSOFT,
        issued=day_of(one.get("dateEarned")),
        expires=expires,
        standing=_standing(text_of(one.get("status")), ends=ends, readable=expires is not None),
    )


def _standing(status: str | None, *, ends: bool, readable: bool) -> Standing:
    """What Microsoft's status says; one that is active without an end does not expire."""
    if status == "Active" and (readable or not ends):
        return Standing(None, "Microsoft lists it as active.")
    if status == "Expired":
        return Standing("expired", "Microsoft lists it as expired.")
    if status == "Retired":
        return Standing("not_stated", _RETIRED)
    return Standing("not_stated", "Microsoft does not say, in words known here, if it is active.")


def _applied(match: Match, document: Document, one: JsonObject) -> Credential | None:
    name, number = text_of(one.get("title")), str(one.get("credentialId")).upper()
    if name is None:
        return None
    return shown(
        match,
        document,
        kind="certificate",
        id=f"{match.canonical}#{number}" if _SKILL.fullmatch(number) else match.canonical,
        name=name,
        issuer=MICROSOFT,
        issued=day_of(one.get("awardedOn")),
    )


_RETIRED = (
    "It was earned. Microsoft has since retired this certification, and does not say whether it "
    "still counts."
)

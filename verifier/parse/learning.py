"""What a credential tells of the learning behind it: who assessed it, with which result, for how
many credits and hours. Its issuer's words, read as they stand; no unit is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from verifier.addresses import is_address
from verifier.model import JsonObject, Text, first_text, objects, text_or_none

#: XML Schema's durations in days, hours and minutes; months and years have no length in hours.
_DURATION = r"P(?:(\d{1,4})D)?(?:T(?:(\d{1,5})H)?(?:(\d{1,6})M)?(?:\d{1,6}S)?)?"

#: Members of which any may tell something of this.
_TOLD = frozenset(("hasClaim", "source", "result", "creditsEarned"))
_OF_ACHIEVEMENTS = frozenset(("creditsAvailable", "ECTS", "extensions:ECTSExtension"))


def read(subject: JsonObject, achieved: JsonObject) -> dict[str, Any]:
    """`assessed_by`, `results`, `credits` and `hours` of `Credential`.

    Open Badges 3.0, "AchievementSubject": `source` is whoever assessed for the issuer, `result`
    what came of it. The European Learning Model has the same in the one achievement that a
    credential is about; of several, none is this credential's.
    """
    if _TOLD.isdisjoint(subject) and _OF_ACHIEVEMENTS.isdisjoint(achieved):
        return {}
    credited = (subject.get("creditsEarned"), achieved.get("creditsAvailable"), ects(achieved))
    told: dict[str, Any] = {"credits": _number(credited)}
    assessors = [*_profiles(subject.get("source"))]
    claims = objects(subject.get("hasClaim"))
    if len(claims) == 1:
        assessors += _assessors(claims[0])
        (specified, *_) = *objects(claims[0].get("specifiedBy")), {}
        told["hours"] = hours(specified.get("volumeOfLearning"))
    if assessors:
        told["assessed_by"] = tuple(dict.fromkeys(assessors))
    if "result" in subject:
        told["results"] = tuple(_results(subject, achieved))
    return told


def ects(achieved: JsonObject) -> float | None:
    """European credits, as an extension of Open Badges 2.0 and its heirs give them."""
    extension = achieved.get("extensions:ECTSExtension")
    inner = extension.get("ECTS") if isinstance(extension, dict) else None
    return _number((achieved.get("ECTS"), inner))


def hours(duration: object) -> float | None:
    """A duration of XML Schema in hours, `None` where it is none or has no fixed length."""
    found = re.fullmatch(_DURATION, duration, re.ASCII) if isinstance(duration, str) else None
    if found is None:
        return None
    days, whole, minutes = (int(part or 0) for part in found.groups())
    return round(days * 24 + whole + minutes / 60, 2) or None


def text_of(value: object) -> str | None:
    """Text in any of the forms it may have: plain, with its language, or one for each language."""
    if value is None or type(value) is str:
        return value or None
    if isinstance(value, dict):
        told = (value.get("@value"), value.get("en"), *value.values())
        return first_text(text_of(one) for one in told if not isinstance(one, dict))
    if isinstance(value, list):
        return first_text(text_of(item) for item in value)
    return text_or_none(value)


def address_of(value: object) -> str | None:
    """A web address that may be shown as a link, `None` for anything else."""
    return value if isinstance(value, str) and is_address(value) else None


def _profiles(value: object) -> Iterator[Text]:
    """Organisations and people by what they are called, and where they are found."""
    for one in objects(value):
        name = text_of(one.get("name")) or text_of(one.get("legalName"))
        url = address_of(one.get("url")) or address_of(one.get("id"))
        if name or url:
            yield Text(url, name or text_of(one.get("altLabel")))


def _assessors(claim: JsonObject) -> Iterator[Text]:
    for assessment in objects(claim.get("provenBy")):
        yield from _profiles(assessment.get("assessedBy"))
        for award in objects(assessment.get("awardedBy")):
            yield from _profiles(award.get("awardingBody"))


def _results(subject: JsonObject, achieved: JsonObject) -> Iterator[Text]:
    """Each result with the name that its description gives it (Open Badges 3.0, "Result")."""
    for one in objects(subject["result"]):
        about = _named(achieved.get("resultDescription"), one.get("resultDescription"))
        level = _named(about.get("rubricCriterionLevel"), one.get("achievedLevel"))
        value = first_text((one.get("value"), text_of(level.get("name")), one.get("status")))
        if value:
            yield Text(name=text_of(about.get("name")), text=value)


def _named(values: object, id: object) -> JsonObject:
    """The object of that id among `values`; empty where there is none."""
    if isinstance(id, str):
        for one in objects(values):
            if one.get("id") == id:
                return one
    return {}


def _number(values: Iterable[object]) -> float | None:
    for value in values:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return float(value)
    return None

"""A transcript at Microsoft Learn, as Microsoft's own answer gives it: the legal name, and each
certification with its number, status and dates.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from verifier.model import Credential, Documents, Issuer, JsonObject, Recipient, Standing, Text
from verifier.providers.pages import text_of
from verifier.providers.platform import Match, answer_of, object_of, shown

HOME = "https://learn.microsoft.com"
ASKS = f"{HOME}/api/profiles/transcript/share/{{id}}?locale=en-us"
MISSING = (
    "Microsoft shows no such transcript: its holder may have taken it back. Ask for a new link."
)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EACH = (
    "A transcript lists certifications, and each has a status and an end of its own. Look at the "
    "one that matters."
)


def read(match: Match, documents: Documents) -> Credential | None:
    """The transcript as one record: what it lists is its evidence, with Microsoft's own words for
    each one's status. It may hold an e-mail address; that is left behind.
    """
    address = ASKS.format(id=match.id)
    document = answer_of(match, documents, address)
    answer = object_of(match, documents, address)
    if answer is None or document is None:
        return None
    certified = answer.get("certificationData")
    holder = text_of(certified.get("legalName")) if isinstance(certified, dict) else None
    if not isinstance(certified, dict) or holder is None:
        return None
    certifications = tuple(
        one
        for list_of in ("activeCertifications", "historicalCertifications")
        for one in _objects(certified.get(list_of))
    )
    skills = answer.get("appliedSkillsData")
    applied = _objects(skills.get("appliedSkillsCredentials") if isinstance(skills, dict) else None)
    listed = (
        *(_certification(one) for one in certifications),
        *(_applied(one) for one in applied),
    )
    return shown(
        match,
        document,
        kind="record",
        name="Microsoft Learn transcript",
        description=_counted(certifications, answer),
        issuer=Issuer(id=HOME, name="Microsoft", url=HOME),
        recipient=Recipient(name=holder),
        evidence=listed,
        standing=Standing("not_stated", _EACH) if certifications else None,
    )


def _objects(value: object) -> tuple[dict[str, Any], ...]:
    return tuple(one for one in value if isinstance(one, dict)) if isinstance(value, list) else ()


def _counted(certifications: tuple[dict[str, Any], ...], answer: JsonObject) -> str:
    count = Counter(text_of(one.get("status")) or "without a status" for one in certifications)
    parts = [f"{number} {status}" for status, number in count.items()]
    modules = len(_objects(answer.get("modulesCompleted")))
    paths = len(_objects(answer.get("learningPathsCompleted")))
    certified = ", ".join(parts) if parts else "none"
    return f"Certifications: {certified}. Completed: {modules} modules, {paths} learning paths."


def _certification(one: dict[str, Any]) -> Text:
    return Text(name=text_of(one.get("name")), text=" · ".join(_facts(one)) or None)


def _facts(one: dict[str, Any]) -> Iterator[str]:
    """Number, status and dates as Microsoft gives them; Fundamentals have no end."""
    number, status = text_of(one.get("certificationNumber")), text_of(one.get("status"))
    yield from filter(None, (number, status))
    for member, word in (("dateEarned", "earned"), ("expiration", "until")):
        day = _DAY.match(str(one.get(member)))
        if day is not None:
            yield f"{word} {day[0]}"


def _applied(one: dict[str, Any]) -> Text:
    day = _DAY.match(str(one.get("awardedOn")))
    told = "Applied Skills" if day is None else f"Applied Skills · awarded {day[0]}"
    return Text(name=text_of(one.get("title")), text=told)

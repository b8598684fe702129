"""LinkedIn: certificates of LinkedIn Learning, and addresses that hold no award.

A profile is its owner's word, and LinkedIn lets nobody copy one, so none is fetched. What a
certificate's page holds has not been seen by those who wrote this: it is read by the words that
LinkedIn puts on certificates, and only where all of them are there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from verifier.dates import read_day
from verifier.model import Credential, Issuer, Recipient
from verifier.providers.pages import Page
from verifier.providers.platform import (
    PAGE,
    Evidence,
    Example,
    Match,
    Provider,
    Shape,
    printed,
    shown,
)

HOME = "https://www.linkedin.com/learning"
_WWW = ("www.linkedin.com", "linkedin.com")
_COMPLETED = re.compile(r"Course completed on (?P<day>[A-Z][a-z]{2} \d{1,2}, \d{4})\b.*")
_HOLDER = re.compile(r"Congratulations, (?P<name>.{1,120})")
_ID = re.compile(r"Certificate Id: ?(?P<id>[0-9A-Fa-f]{62,64})")
_PROFILE = (
    "This is a profile: its owner writes the licences in it, and LinkedIn lets no program copy it. "
    "Open the credential's own link from there."
)
_ONE = "0a1b2c3d" * 8


_COMPLETION = "Certificate of Completion"


def _certified(lines: Sequence[str], id: str) -> tuple[str, str, datetime] | None:
    """Holder, course and day of the certificate of this `id`, `None` where `lines` give another or
    not all of it, or two of anything.
    """
    numbered = ((number, _HOLDER.fullmatch(line)) for number, line in enumerate(lines))
    holders = [(number, found["name"]) for number, found in numbered if found]
    days = [found["day"] for found in map(_COMPLETED.fullmatch, lines) if found]
    ids = [found["id"].lower() for found in map(_ID.fullmatch, lines) if found]
    if len(holders) != 1 or len(days) != 1 or ids != [id] or _COMPLETION not in lines:
        return None
    number, holder = holders[0]
    course = lines[number + 1] if number + 1 < len(lines) else ""
    if not course or _COMPLETED.fullmatch(course):
        return None
    day = read_day(days[0], "%b %d, %Y")
    return None if day is None else (holder, course, day)


def _certificate(match: Match, page: Page) -> Credential | None:
    read = _certified([" ".join(line.split()) for line in page.soup.stripped_strings], match.id)
    return None if read is None else shown(match, page, **_members(*read))


def _printed(lines: Sequence[str]) -> Credential | None:
    """The certificate as a PDF: its one number, and the rest where all of it can be read."""
    ids = {found["id"].lower() for found in map(_ID.fullmatch, lines) if found}
    if len(ids) != 1 or _COMPLETION not in lines:
        return None
    (id,) = ids
    match = Match("linkedin", "award", id, f"{HOME}/certificates/{id}")
    read = _certified(lines, id)
    return printed(match, **({"kind": "course"} if read is None else _members(*read)))


def _members(holder: str, course: str, day: datetime) -> dict[str, Any]:
    return {
        "kind": "course",
        "name": course,
        "issuer": Issuer(id=HOME, name="LinkedIn Learning", url=HOME),
        "recipient": Recipient(name=holder, chosen_by_holder=True),
        "issued": day,
    }


PROVIDER = Provider(
    name="linkedin",
    title="LinkedIn Learning",
    shapes=(
        Shape(
            "award",
            _WWW,
            "/learning/certificates/(?P<id>[0-9a-fA-F]{62,64})",
            f"{HOME}/certificates/{{id}}",
            lower=("id",),
            asks="{canonical}",
            accept=PAGE,
            sees=_certificate,
            missing="LinkedIn shows no such certificate. Ask its holder for a newer link.",
            award="course",
        ),
        Shape(
            "profile",
            ("linkedin.com", "*.linkedin.com"),
            r"/in/(?P<id>[^/]+)(?:/details/(?:certifications|licenses-certifications))?",
            "https://www.linkedin.com/in/{id}/",
            says=_PROFILE,
        ),
        Shape(
            "template",
            _WWW,
            r"/learning/(?P<id>(?!certificates$|certificates/)[a-z0-9-]+)",
            f"{HOME}/{{id}}",
            says="This is a course and nobody's certificate. Ask for the certificate's link.",
        ),
        Shape("short_link", ("lnkd.in",), r"/(?P<id>[A-Za-z0-9_-]+)", "https://lnkd.in/{id}"),
    ),
    examples=(
        Example(
            f"https://linkedin.com/learning/certificates/{_ONE.upper()}?trk=share_certificate",
            "award",
            _ONE,
            f"{HOME}/certificates/{_ONE}",
        ),
        Example(
            "https://uk.linkedin.com/in/mira-solano/details/certifications/",
            "profile",
            "mira-solano",
            "https://www.linkedin.com/in/mira-solano/",
        ),
        Example(f"{HOME}/laying-hedges", "template", "laying-hedges"),
        Example("https://lnkd.in/dMadeUp1", "short_link", "dMadeUp1"),
    ),
    closed=("linkedin.com", "*.linkedin.com"),
    strangers=(
        f"https://www.linkedin.com.evil.example/learning/certificates/{_ONE}",
        f"{HOME}/certificates/",
        "https://www.linkedin.com/company/meadow-school/",
        "https://media.licdn.com/dms/image/v2/logo",
    ),
    evidence=(
        Evidence(
            "certificate link",
            "issuer_page",
            "LinkedIn's page, where it opens without signing in or stands in the reader's tab.",
        ),
        Evidence("certificate PDF", "none", "Anybody can draw one; it names the link to open."),
        Evidence("profile", "none", "Its owner writes it, and LinkedIn lets nobody copy it."),
        Evidence(
            "data export (Certifications.csv)",
            "none",
            "Its holder's word; the award behind each link in it is checked, and what it claims.",
        ),
    ),
    prints=_printed,
)

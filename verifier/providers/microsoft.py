"""Microsoft Learn: module badges, trophies, certifications and Applied Skills.

A share link is made by its holder. Its page names the thing in its head and, before scripts run,
neither holder nor date; the transcript link names both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.model import Credential, Documents, Request, Standing
from verifier.providers import microsoft_profile as profile
from verifier.providers import microsoft_stack as stack
from verifier.providers import microsoft_transcript as transcript
from verifier.providers.microsoft_catalogue import HOME
from verifier.providers.pages import Page
from verifier.providers.platform import PAGE, Evidence, Example, Match, Provider, Shape, shown

_HOSTS = ("learn.microsoft.com", "docs.microsoft.com")
_LOCALE = "(?:[a-z]{2,3}(?:-[a-z]{2,4}){0,2}/)?"
_USER = "(?P<user>[A-Za-z0-9-]+)"
_PLACE = re.compile(
    r"https://learn\.microsoft\.com/(?:[a-z]{2}-[a-z]{2}/)?"
    r"(?:media/learn/(?P<credential>certification|credential)/badges|(?:learn|training)/achievements)"
    r"/[a-z0-9/_-]+\.(?:png|svg)"
)
_LAPSES = (
    "The page does not say when this was earned or until when it counts. Ask its holder for the "
    "transcript link, which names holder, number, status and dates."
)


def _credential(match: Match, page: Page) -> Credential | None:
    """A certification or Applied Skills; `None` where the page's picture is none of theirs."""
    return _shared(match, page, credential=True)


def _achievement(match: Match, page: Page) -> Credential | None:
    """A module's badge or a path's trophy: the page does not tell which, its holder's list does."""
    return _shared(match, page, credential=False)


def _shared(match: Match, page: Page, *, credential: bool) -> Credential | None:
    name, image = page.meta("og:title"), page.meta("og:image")
    place = _PLACE.fullmatch(image or "")
    if name is None or place is None or (place["credential"] is not None) is not credential:
        return None
    applied = name.startswith("Microsoft Applied Skills")
    kind = "badge" if not credential else "certificate" if applied else "certification"
    return shown(
        match,
        page,
        kind=kind,
        name=name,
        image=image,
        issuer=transcript.MICROSOFT,
        standing=Standing("not_stated", _LAPSES) if credential else None,
    )


def _wants(credential: Credential, documents: Documents) -> Iterator[Request]:
    yield from profile.wants(credential, documents)
    yield from stack.wants(credential, documents)


def _completes(credential: Credential, documents: Documents) -> Credential:
    return stack.completes(profile.completes(credential, documents), documents)


def _name(match: Match) -> str:
    """Languages and the many spellings of a user lead to the same credential, achievement or
    transcript; a certification's slug is only one person's.
    """
    if "/credentials/" in match.canonical and re.fullmatch("[0-9A-F]{16}", match.id):
        return match.id
    if "/transcript/" in match.canonical:
        return f"transcript {match.id}"
    locale = match.parts.get("locale")
    return match.canonical if locale is None else match.canonical.replace(f"/{locale}/", "/", 1)


PROVIDER = Provider(
    name="microsoft",
    title="Microsoft Learn",
    names=_name,
    shapes=(
        Shape(
            "award",
            _HOSTS,
            rf"/api/credentials/share/(?P<locale>[a-z-]+)/{_USER}/(?P<id>[0-9A-Fa-f]{{16}})",
            f"{HOME}/api/credentials/share/{{locale}}/{{user}}/{{id}}",
            upper=("id",),
            asks="{canonical}",
            accept=PAGE,
            sees=_credential,
            award="certification",
        ),
        Shape(
            "award",
            _HOSTS,
            rf"/{_LOCALE}users/{_USER}/credentials/(?P<id>[0-9A-Fa-f]{{16}})",
            f"{HOME}/users/{{user}}/credentials/{{id}}",
            lower=("user",),
            upper=("id",),
            asks="{canonical}",
            accept=PAGE,
            sees=_credential,
            award="certification",
        ),
        Shape(
            "award",
            _HOSTS,
            rf"/{_LOCALE}users/{_USER}/credentials/certification/(?P<id>[a-z0-9-]+)",
            f"{HOME}/users/{{user}}/credentials/certification/{{id}}",
            lower=("user",),
            asks="{canonical}",
            accept=PAGE,
            sees=_credential,
            award="certification",
        ),
        Shape(
            "award",
            _HOSTS,
            rf"/api/achievements/share/(?P<locale>[a-z-]+)/{_USER}/(?P<id>[0-9A-Za-z]{{6,16}})",
            f"{HOME}/api/achievements/share/{{locale}}/{{user}}/{{id}}",
            asks="{canonical}",
            accept=PAGE,
            sees=_achievement,
        ),
        Shape(
            "award",
            _HOSTS,
            rf"/{_LOCALE}users/{_USER}/transcript/(?P<id>[a-z0-9]+)",
            f"{HOME}/users/{{user}}/transcript/{{id}}",
            lower=("user",),
            asks=transcript.ASKS,
            reads=transcript.read,
            missing=transcript.MISSING,
            award="record",
        ),
        Shape(
            "award",
            _HOSTS,
            r"/api/profiles/transcript/share/(?P<id>[a-z0-9]+)",
            f"{HOME}/api/profiles/transcript/share/{{id}}",
            asks=transcript.ASKS,
            reads=transcript.read,
            missing=transcript.MISSING,
            award="record",
        ),
        Shape(
            "profile",
            _HOSTS,
            rf"/{_LOCALE}users/(?P<id>[A-Za-z0-9-]+)(?:/achievements)?",
            f"{HOME}/users/{{id}}",
            lower=("id",),
            asks=profile.asks,
            reads=profile.list_awards,
            missing=profile.MISSING,
        ),
        Shape(
            "picture",
            _HOSTS,
            rf"/{_LOCALE}(?:learn|training)/achievements/(?P<id>[a-z0-9/_-]+?)(?:-social)?\.(?:svg|png)",
            f"{HOME}/training/achievements/{{id}}.svg",
            says="This picture is the same for every holder and names nobody. Ask for the link.",
        ),
        Shape(
            "picture",
            _HOSTS,
            rf"/{_LOCALE}media/learn/(?P<of>certification|credential)/badges"
            r"/(?P<file>(?:microsoft-certified-)?(?P<id>[a-z0-9-]+?)(?:-badge)?(?:-social)?\.(?:svg|png))",
            f"{HOME}/media/learn/{{of}}/badges/{{file}}",
            says="This picture is the same for every holder and names nobody. Ask for the link.",
        ),
        Shape(
            "template",
            _HOSTS,
            rf"/{_LOCALE}credentials/(?:certifications|applied-skills)/(?P<id>[a-z0-9-]+)",
            f"{HOME}/credentials/certifications/{{id}}",
            says="This page describes an exam and is nobody's award. Ask for the holder's link.",
        ),
        Shape(
            "template",
            _HOSTS,
            rf"/{_LOCALE}training/(?P<of>modules|paths)/(?P<id>[a-z0-9-]+)",
            f"{HOME}/training/{{of}}/{{id}}",
            says="This is a course page and nobody's award. Ask for the holder's link.",
        ),
        Shape(
            "private",
            ("mcp.microsoft.com",),
            r"/Anonymous//?Transcript/Validate",
            "https://mcp.microsoft.com/Anonymous/Transcript/Validate",
            "validate",
            says="Microsoft closed this service. Ask the holder for a transcript link.",
        ),
    ),
    examples=(
        Example(
            "https://learn.microsoft.com/api/credentials/share/en-us/MiraSolano-12/0a0b0c0d0e0f0a0b?sharingId=1",
            "award",
            "0A0B0C0D0E0F0A0B",
            "https://learn.microsoft.com/api/credentials/share/en-us/MiraSolano-12/0A0B0C0D0E0F0A0B",
        ),
        Example(
            "https://docs.microsoft.com/de-de/users/MiraSolano/credentials/0a0b0c0d0e0f0a0b",
            "award",
            "0A0B0C0D0E0F0A0B",
            "https://learn.microsoft.com/users/mirasolano/credentials/0A0B0C0D0E0F0A0B",
        ),
        Example(
            "https://learn.microsoft.com/users/mirasolano/credentials/certification/azure-fundamentals",
            "award",
            "azure-fundamentals",
        ),
        Example(
            "https://learn.microsoft.com/api/achievements/share/en-us/MiraSolano/AB12CD34",
            "award",
            "AB12CD34",
        ),
        Example(
            "https://learn.microsoft.com/users/mirasolano/transcript/v0abc123", "award", "v0abc123"
        ),
        Example(
            "https://learn.microsoft.com/api/profiles/transcript/share/v0abc123",
            "award",
            "v0abc123",
        ),
        Example(
            "https://learn.microsoft.com/en-us/users/MiraSolano/achievements/",
            "profile",
            "mirasolano",
            "https://learn.microsoft.com/users/mirasolano",
        ),
        Example(
            "https://learn.microsoft.com/training/achievements/generic-trophy.svg",
            "picture",
            "generic-trophy",
        ),
        Example(
            "https://learn.microsoft.com/media/learn/credential/badges/applied-skill.svg",
            "picture",
            "applied-skill",
        ),
        Example(
            "https://learn.microsoft.com/credentials/certifications/azure-fundamentals",
            "template",
            "azure-fundamentals",
        ),
        Example("https://learn.microsoft.com/training/paths/clouds", "template", "clouds"),
        Example(
            "https://mcp.microsoft.com/Anonymous//Transcript/Validate",
            "private",
            "validate",
            "https://mcp.microsoft.com/Anonymous/Transcript/Validate",
        ),
    ),
    strangers=(
        "https://learn.microsoft.com.evil.example/api/credentials/share/en-us/A/0A0B0C0D0E0F0A0B",
        "https://learn.microsoft.com/en-us/azure/",
    ),
    evidence=(
        Evidence(
            "transcript link",
            "issuer_page",
            "Microsoft's own answer: the legal name; each certification's number, status, dates, "
            "and each Applied Skills, with five answers of its own; modules, trophies and passed "
            "exams, and what they count towards where the catalogue tells.",
        ),
        Evidence(
            "share link of a certification or Applied Skills",
            "issuer_page",
            "Microsoft's page names the award, not its holder nor a date.",
        ),
        Evidence(
            "share link of a badge or trophy",
            "issuer_page",
            "The same; holder's chosen name and day where their public list has it, and the "
            "modules of a trophy where the catalogue does.",
        ),
        Evidence("profile", "none", "A list of badges and trophies."),
        Evidence("picture", "none", "The same for every holder."),
    ),
    wants=_wants,
    completes=_completes,
)

"""The page of a made-up person at a made-up university who learned on every system that such pages
show: links and pictures as those systems have their holders share them, and what each answers.
"""

from __future__ import annotations

import json

from msgspec.structs import replace

from tests.made import cases_credly as credly
from tests.made import cases_hosts, cases_microsoft, cases_platforms
from tests.made.cases_microsoft import ACHIEVEMENT, CERTIFICATION, TRANSCRIPT
from tests.made.folder import Answer, Case, Web, as_json
from tests.made.issuers import HOLDER
from tests.pages.page import MadePage, attribute

ADDRESS = "https://people.university.made-up.example/mira-solano"
LEARN = "https://learn.microsoft.com"

MICROSOFT = {case.name: case for case in cases_microsoft.cases()}
PLATFORMS = {case.name: case for case in cases_platforms.cases()}
HOSTS = {case.name: case for case in cases_hosts.cases()}

#: Organisations' real ids at Credly, which the shipped list vouches for.
LOUISVILLE = "b78f4414-dcde-479b-830a-43e39c92f0ab"
ADOBE = "c1e588dd-dc0c-461a-b7f2-552c56c5bc2a"
GOOGLE = "4afabdd4-cf3e-4dc6-8b33-55c996204a21"
#: One that no list knows.
STRANGER = "11111111-2222-4333-8444-5555555555ff"

BADGE = ACHIEVEMENT.replace("AB12CD34", "EF56AB78")
TROPHY = ACHIEVEMENT
LINKEDIN = str(PLATFORMS["a-linkedin-certificate-that-opens"].source)
GOOGLE_BADGE = PLATFORMS["a-google-badge-in-the-readers-tab"]
ACCREDIBLE = HOSTS["a-credential-at-accredible"]
#: Numbers of the awards at Credly, the last digits of their ids.
AT_CREDLY = {"stranger": "61", "louisville": "62", "adobe": "63", "google": "64"}


def at_credly(whose: str) -> str:
    """The address of this organisation's award."""
    return credly.AWARD.removesuffix("11") + AT_CREDLY[whose]


def university() -> MadePage:
    """The page: its person as a card, and one entry for each badge."""
    entries = (
        _entry(f"{BADGE}?sharingId=0A1B2C3D4E5F6071", f"{LEARN}/training/achievements/monitor.svg"),
        _entry(f"{TROPHY}?sharingId=0A1B2C3D", f"{LEARN}/training/achievements/generic-trophy.svg"),
        _entry(
            f"{CERTIFICATION}?sharingId=0A1B2C3D4E5F6071",
            f"{LEARN}/media/learn/certification/badges/microsoft-certified-general-badge.svg",
        ),
        _entry(TRANSCRIPT, None),
        _entry(f"{LINKEDIN}?trk=share_certificate", None),
        _entry(str(GOOGLE_BADGE.source), f"https://cdn.qwiklabs.com/{'aB3' * 14}%3D"),
        _entry(str(ACCREDIBLE.source), None),
        *(_entry(f"{at_credly(whose)}/public_url", _picture(whose)) for whose in AT_CREDLY),
    )
    html = (
        f"<!doctype html><title>{HOLDER} · University</title>"
        f'<main class="h-card"><h1 class="p-name">{HOLDER}</h1>'
        f"<h2>Badges and certificates</h2><ul>{''.join(entries)}</ul></main>"
    )
    return MadePage(ADDRESS, html)


def google_page() -> MadePage:
    """The skill badge's own page, which the platform shows to people alone."""
    return MadePage(str(GOOGLE_BADGE.source), (GOOGLE_BADGE.seen or b"").decode())


def answers() -> Web:
    """What the systems answer to programs: nothing in Google's name."""
    return {
        **_microsoft(),
        **PLATFORMS["a-linkedin-certificate-that-opens"].web,
        **ACCREDIBLE.web,
        **_award("stranger", STRANGER, "Cedar Watch", "Water Quality Sampling", HOLDER),
        **_award("louisville", LOUISVILLE, "University of Louisville", "River Ethics", HOLDER),
        **_award("adobe", ADOBE, "Adobe", "Creative Hedges", None),
        **_award("google", GOOGLE, "Google Career Certificates", "Tide Support", HOLDER),
    }


def _entry(link: str, picture: str | None) -> str:
    shown = (
        "Show" if picture is None else f'<img src="{attribute(picture)}" width="96" height="96">'
    )
    return f'<li><a href="{attribute(link)}" target="_blank" rel="noopener">{shown}</a></li>'


def _microsoft() -> Web:
    """A badge and a trophy on their holder's public list, a certification, a transcript."""
    badge = MICROSOFT["a-microsoft-badge-that-its-page-shows"]
    trophy = MICROSOFT["a-microsoft-trophy-on-its-holders-list"].web
    title = b"Read a tide table"
    page = (badge.web[ACHIEVEMENT].content or b"").replace(_TITLE, title)
    place = next(url for url in trophy if "/achievements/user/" in url)
    listed = json.loads(trophy[place].content or b"")
    listed["achievements"].append(
        {
            "typeId": "learn.tides-one.badge",
            "title": title.decode(),
            "grantedOn": "2024-02-01T10:00:00Z",
        }
    )
    return {
        **trophy,
        place: replace(trophy[place], content=as_json(listed)),
        BADGE: replace(badge.web[ACHIEVEMENT], content=page),
        **MICROSOFT["a-microsoft-certification-whose-page-gives-no-date"].web,
        **_transcript().web,
    }


_TITLE = b"Measure tides with cloud services"


def _transcript() -> Case:
    return MICROSOFT["a-microsoft-transcript"]


def _award(whose: str, organisation: str, issuer: str, name: str, holder: str | None) -> Web:
    """An award at Credly, whose page's title names `holder` where it is public."""
    web = credly.award_web(organisation, issuer, name)
    number = AT_CREDLY[whose]
    made = {
        _renumbered(url, number): replace(
            answer, content=_renumbered((answer.content or b"").decode(), number).encode()
        )
        for url, answer in web.items()
    }
    if holder is None:
        return made
    head = f'<meta property="og:title" content="{name} was issued by {issuer} to {holder}.">'
    page = f"<!doctype html><html><head><title>Credly</title>{head}</head></html>"
    return {**made, at_credly(whose): Answer(page.encode(), "text/html")}


def _picture(whose: str) -> str:
    picture = _renumbered(credly.PICTURE, AT_CREDLY[whose])
    return f"https://images.credly.com/size/340x340/images/{picture}/image.png"


def _renumbered(text: str, number: str) -> str:
    """`text` with the ids of award, class and picture made this award's own."""
    for id in (credly.CLASS, credly.PICTURE):
        text = text.replace(id, f"{id[:-4]}{id[-2:]}{number}")
    return text.replace(credly.ONE, credly.ONE.removesuffix("11") + number)

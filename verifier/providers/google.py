"""Google Skills: badges by profile and number, on each of the hosts that it has had.

Google checks who comes, so its pages are read where the reader opened them. The holder chooses the
name on a profile; a badge has no end and can't be taken back.
"""

from __future__ import annotations

import re

from verifier.errors import NoCredential
from verifier.model import Credential, Issuer
from verifier.providers.pages import Page
from verifier.providers.platform import UUID, Evidence, Example, Match, Provider, Shape, shown

_HOME = "https://www.skills.google"
_HOSTS = (
    *("www.skills.google", "skills.google", "www.qwiklabs.com", "qwiklabs.com"),
    *("www.cloudskillsboost.google", "cloudskillsboost.google", "partner.cloudskillsboost.google"),
    *("google.qwiklabs.com", "partner.skills.google"),
)
_PROFILE = rf"/public_profiles/(?P<profile>{UUID})"
_BADGE = re.compile(rf"(?:https://(?P<host>[a-z.]+))?{_PROFILE}/badges/(?P<number>\d+)/?")
_AWARD = f"{_HOME}/public_profiles/{{profile}}/badges/{{number}}"
_TAB = (
    "Google checks that its visitors are people, so Touchstone does not fetch this. Open the link "
    "and check the page in your own tab."
)
#: The one mark of a game that Google's own titles carry; other games look like courses.
_GAME = re.compile(r"Skills Boost Arcade .+")
_LOGIN = "This page is shown to its owner only. Ask the holder for the public link of the badge."
_PICTURE = (
    "Badges and other pictures lie on this host, the same for every holder. Ask for the "
    "badge's link."
)
_ONE, _NUMBER = "01b2c3d4-0000-4000-8000-00000000ff01", "25110001"


def _badge(match: Match, page: Page) -> Credential | None:
    """The badge by its title; the page must say of itself that it is this badge's.

    Neither holder nor day stands in it.
    """
    name, own = page.meta("og:title"), _BADGE.fullmatch(page.meta("og:url") or "")
    if name is None or name.endswith("| Google Skills") or own is None:
        return None
    if own["host"] not in _HOSTS or f"{own['profile'].lower()}/{own['number']}" != match.id:
        return None
    game = _GAME.fullmatch(name) is not None
    return shown(
        match,
        page,
        kind="other" if game else "badge",
        name=name,
        description="A game's badge, by its title."
        if game
        else "Google does not say whether this is a skill badge, a course's or a game's.",
        issuer=Issuer(id=_HOME, name="Google", url=_HOME),
        image=page.meta("og:image"),
    )


def _profile(match: Match, page: Page) -> Credential | None:
    """The badges that a profile shows, told by where they link. Raises `NoCredential`."""
    links = (_BADGE.fullmatch(str(link["href"])) for link in page.soup.find_all("a", href=True))
    found = dict.fromkeys(
        _AWARD.format(profile=match.id, number=link["number"])
        for link in links
        if link is not None
        and link["profile"].lower() == match.id
        and link["host"] in (None, *_HOSTS)
    )
    if page.soup.select_one("#alert-message") is not None and not found:
        raise NoCredential("not_an_award", "This Google Skills profile is private, or gone.")
    if not found:
        return None
    says = "This is a profile at Google Skills and no award. Pick the badge to check."
    raise NoCredential("not_an_award", says, tuple(found))


PROVIDER = Provider(
    name="google",
    title="Google Skills",
    shapes=(
        Shape(
            "award",
            _HOSTS,
            rf"{_PROFILE}/badges/(?P<number>\d+)",
            _AWARD,
            "{profile}/{number}",
            lower=("profile",),
            sees=_badge,
            says=_TAB,
        ),
        Shape(
            "profile",
            _HOSTS,
            _PROFILE,
            f"{_HOME}/public_profiles/{{profile}}",
            "{profile}",
            lower=("profile",),
            sees=_profile,
            says=f"This is a profile and no award. {_TAB}",
        ),
        Shape(
            "private", _HOSTS, "/my_account/profile", f"{_HOME}/my_account/profile", "", says=_LOGIN
        ),
        Shape(
            "private",
            ("skillshop.exceedlms.com",),
            r"/student/award/(?P<id>[A-Za-z0-9]+)",
            "https://skillshop.exceedlms.com/student/award/{id}",
            says=_LOGIN,
        ),
        Shape(
            "template",
            _HOSTS,
            r"/(?P<of>course_templates|games|quests|paths)/(?P<id>\d+)",
            f"{_HOME}/{{of}}/{{id}}",
            says="This is a course or a game and nobody's award. Ask for the badge's link.",
        ),
        Shape(
            "picture",
            ("cdn.qwiklabs.com",),
            r"/(?P<id>[A-Za-z0-9%+/=_-]{40,80})",
            "https://cdn.qwiklabs.com/{id}",
            says=_PICTURE,
        ),
    ),
    examples=(
        Example(
            f"https://cloudskillsboost.google/public_profiles/{_ONE.upper()}/badges/{_NUMBER}?utm=x",
            "award",
            f"{_ONE}/{_NUMBER}",
            f"{_HOME}/public_profiles/{_ONE}/badges/{_NUMBER}",
        ),
        Example(
            f"https://google.qwiklabs.com/public_profiles/{_ONE}",
            "profile",
            _ONE,
            f"{_HOME}/public_profiles/{_ONE}",
        ),
        Example(f"{_HOME}/my_account/profile", "private", ""),
        Example("https://skillshop.exceedlms.com/student/award/12345", "private", "12345"),
        Example(f"{_HOME}/games/6001", "template", "6001"),
        Example(f"https://cdn.qwiklabs.com/{'aB3' * 14}%3D", "picture", f"{'aB3' * 14}%3D"),
    ),
    closed=_HOSTS,
    strangers=(
        f"https://www.skills.google.evil.example/public_profiles/{_ONE}/badges/1",
        f"https://skills.goog1e/public_profiles/{_ONE}",
        f"{_HOME}/public_profiles/not-an-id/badges/1",
        "https://lh3.googleusercontent.com/a/photo",
        f"{_HOME}/",
    ),
    evidence=(
        Evidence(
            "badge link, open in the reader's tab",
            "issuer_page",
            "Google's page names the badge, not its holder nor the day.",
        ),
        Evidence("profile", "none", "A list of badges to pick from; its owner chose the name."),
        Evidence("picture", "none", "Lab screenshots lie on the same host."),
    ),
)

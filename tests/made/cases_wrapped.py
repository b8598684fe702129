"""Cases of links around links: redirectors, scanners of mail, forms that a link fills in."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from tests.made.assertions import assertion, hosted
from tests.made.expected import comes_out, refused
from tests.made.folder import Case
from tests.made.issuers import HARBOUR

_READER = "reader%40work.example"
_GOOGLE = "https://www.google.com/url?q="


def cases() -> Iterator[Case]:
    """Every case of a wrapped link."""
    own = assertion("Chart Reading", HARBOUR)
    web = hosted(own, "Chart Reading")
    at = quote(own["id"], safe="")
    good = comes_out("verified", genuine="hosted")
    for name, link in (
        (
            "a-mail-scanner",
            f"https://eur01.safelinks.protection.outlook.com/?url={at}&data=05%7C02%7C{_READER}",
        ),
        ("google", f"{_GOOGLE}{at}&sa=D&ust=1"),
        ("linkedin", f"https://www.linkedin.com/safety/go/?url={at}&trk=x&urlhash=y"),
        ("an-older-linkedin", f"https://www.linkedin.com/redir/redirect?url={at}"),
        ("a-form-for-licences", f"https://www.linkedin.com/profile/add?name=Mira&certUrl={at}"),
        ("a-verifier", f"https://badgecheck.io/?url={at}&identity__email={_READER}"),
        ("a-mail-picture", f"https://ci3.googleusercontent.com/meips/x=s0-d-e1-ft#{own['id']}"),
        ("google-around-a-scanner", _GOOGLE + quote(_scanned(at), safe="")),
    ):
        yield Case(f"a-badge-wrapped-by-{name}", link, good, web)
    nothing = refused("not_a_badge")
    for name, link in (
        ("script", f"{_GOOGLE}javascript%3Aalert(1)"),
        ("name-before-a-host", f"{_GOOGLE}{quote('https://harbour-guild.example@evil.example/')}"),
        ("nothing", _scanned("")),
        ("two-addresses", f"{_GOOGLE}{at}&q=https%3A%2F%2Fevil.example"),
        ("itself-again-and-again", _within(own["id"], 7)),
    ):
        yield Case(f"a-link-around-{name}", link, nothing, web)
    away = refused("unreachable")
    for name, host in (
        ("a-look-alike", "www.google.com.evil.example"),
        ("another", "google.com.co"),
    ):
        yield Case(f"a-link-that-{name}-host-wraps", f"https://{host}/url?q={at}", away, web)


def _scanned(at: str) -> str:
    return f"https://nam02.safelinks.protection.outlook.com/?url={at}&data=05%7C{_READER}"


def _within(url: str, times: int) -> str:
    for _ in range(times):
        url = f"{_GOOGLE}{quote(url, safe='')}"
    return url

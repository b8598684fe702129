"""Badgr, later Canvas Credentials, now Parchment Digital Badges: Open Badges that it hosts.

An address answers people with a page, programs with JSON, and 200 for a badge taken back, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from verifier.model import Documents, Request
from verifier.providers.platform import Evidence, Example, Match, Provider, Shape

_HOSTS = (
    *(
        f"{api}{region}badgr.{end}"
        for api in ("", "api.")
        for region in ("", "eu.", "ca.", "au.")
        for end in ("com", "io")
    ),
    *("badges.parchment.com", "*.badges.parchment.com"),
)
_ID = "(?P<id>[A-Za-z0-9_-]{22})"
_NOBODYS = (
    "This is a kind of badge, an issuer or a list, and nobody's award. Ask for the award's link."
)
_ONE = "Ma1deUp2Awa3rd4Iden5ti"
_MISSING = (
    "There is no such badge at this address, or it is not public any more. Ask its holder for a "
    "newer link, or for the badge as a file."
)

#: Where the platform keeps its badges now; an id has stayed what it was.
_NOW = "badges.parchment.com"


def _asks(match: Match, documents: Documents) -> Iterator[Request]:
    """The address itself, and where its host is dead the same at the platform's newest host."""
    yield Request(match.canonical)
    answer = documents.get(Request(match.canonical))
    if answer is not None and answer.error in ("dns", "refused", "timeout", "tls"):
        yield Request(match.canonical.replace(f"//{match.parts['host']}/", f"//{_NOW}/"))


PROVIDER = Provider(
    name="badgr",
    title="Badgr, Canvas Credentials, Parchment",
    names=lambda match: match.id,
    shapes=(
        # Links that people share often hold the earner's e-mail address.
        Shape(
            "award",
            _HOSTS,
            rf"/public/assertions/{_ID}(?:\.json)?",
            "https://{host}/public/assertions/{id}",
            asks=_asks,
            missing=_MISSING,
        ),
        Shape(
            "picture",
            _HOSTS,
            rf"/public/assertions/{_ID}/(?P<of>image|baked)",
            "https://{host}/public/assertions/{id}/{of}",
            asks=_asks,
            missing=_MISSING,
        ),
        Shape(
            "template",
            _HOSTS,
            rf"/public/badges/{_ID}(?:\.json|/image)?",
            "https://{host}/public/badges/{id}",
            says=_NOBODYS,
        ),
        Shape(
            "organization",
            _HOSTS,
            rf"/public/issuers/{_ID}(?:\.json|/image)?",
            "https://{host}/public/issuers/{id}",
            says=_NOBODYS,
        ),
        Shape(
            "profile",
            _HOSTS,
            rf"/public/collections/{_ID}(?:\.json)?",
            "https://{host}/public/collections/{id}",
            says=_NOBODYS,
        ),
        Shape(
            "private",
            _HOSTS,
            rf"/(?:backpack|recipient)/(?:badges|earned-badge)/{_ID}",
            "https://{host}/backpack/badges/{id}",
            says="This page is shown to its owner only. Ask the holder for the public link.",
        ),
    ),
    examples=(
        Example(
            f"https://badgr.com/public/assertions/{_ONE}?identity__email=learner%40example.org",
            "award",
            _ONE,
            f"https://badgr.com/public/assertions/{_ONE}",
        ),
        Example(f"https://meadow.badges.parchment.com/public/assertions/{_ONE}", "award", _ONE),
        Example(f"https://api.eu.badgr.io/public/assertions/{_ONE}/baked", "picture", _ONE),
        Example(f"https://api.badgr.io/public/badges/{_ONE}", "template", _ONE),
        Example(f"https://api.badgr.io/public/issuers/{_ONE}", "organization", _ONE),
        Example(f"https://api.badgr.io/public/collections/{_ONE}", "profile", _ONE),
        Example(f"https://badgr.com/backpack/badges/{_ONE}", "private", _ONE),
    ),
    strangers=(
        f"https://badgr.com.evil.example/public/assertions/{_ONE}",
        f"https://a.b.badges.parchment.com/public/assertions/{_ONE}",
        f"https://api.badgr.io/public/assertions/{_ONE}0",
        "https://badgr.com/",
    ),
    evidence=(
        Evidence(
            "award link, picture",
            "hosted",
            "The platform's own assertion, or taken back; of a dead host, at its newest one.",
        ),
        Evidence("Open Badges 3.0 file", "signature", "By its own proof."),
        Evidence("class, issuer, collection", "none", "Nobody's award."),
    ),
)

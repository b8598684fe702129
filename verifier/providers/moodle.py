"""Moodle: badges hosted by the school's own site, on any domain, known by the paths.

What is proven is that domain's word.
"""

from __future__ import annotations

from verifier.providers.platform import Evidence, Example, Provider, Shape

_ANY = ("**",)
_ROOT = "(?P<root>(?:/[A-Za-z0-9._~-]+)*?)"
_HASH = "[0-9a-f]{32,64}"
_ASSERTION = "{scheme}://{host}{root}/badges/assertion.php?b="
_ONE = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
_MISSING = (
    "This site knows no such badge: it was deleted, or never was. Ask its holder for the badge as "
    "a file."
)

PROVIDER = Provider(
    name="moodle",
    title="Moodle",
    # In either version, and as the page for people; each site counts for itself.
    names=lambda match: "{scheme}://{host}{root} {0}".format(match.id, **match.parts),
    shapes=(
        Shape(
            "award",
            _ANY,
            f"{_ROOT}/badges/badge\\.php",
            "{scheme}://{host}{root}/badges/badge.php?hash={hash}",
            "{hash}",
            query={"hash": _HASH},
            asks=f"{_ASSERTION}{{hash}}&obversion=2",
            missing=_MISSING,
        ),
        Shape(
            "award",
            _ANY,
            f"{_ROOT}/badges/assertion\\.php",
            f"{_ASSERTION}{{b}}&obversion={{obversion}}",
            "{b}",
            query={"b": _HASH, "obversion": "2|2\\.0|1|1\\.1"},
            asks="{canonical}",
            missing=_MISSING,
        ),
        Shape(
            "award",
            _ANY,
            f"{_ROOT}/badges/assertion\\.php",
            f"{_ASSERTION}{{b}}",
            "{b}",
            query={"b": _HASH},
            asks="{canonical}",
            missing=_MISSING,
        ),
        Shape(
            "template",
            _ANY,
            f"{_ROOT}/badges/badge_json\\.php",
            "{scheme}://{host}{root}/badges/badge_json.php?id={id}",
            query={"id": r"\d+"},
            says="This is a kind of badge and nobody's award. Ask for the award's link.",
        ),
    ),
    examples=(
        Example(f"https://learn.meadow.example/badges/badge.php?hash={_ONE}", "award", _ONE),
        Example(
            f"https://meadow.example/moodle/badges/assertion.php?b={_ONE}&obversion=2",
            "award",
            _ONE,
        ),
        Example(f"https://meadow.example/badges/assertion.php?b={_ONE}", "award", _ONE),
        Example("https://meadow.example/badges/badge_json.php?id=7", "template", "7"),
    ),
    strangers=(
        "https://meadow.example/badges/badge.php",
        "https://meadow.example/badges/badge.php?hash=latest",
        "https://meadow.example/badges/index.php",
    ),
    evidence=(
        Evidence("award link", "hosted", "The word of the school's own domain, or taken back."),
    ),
)

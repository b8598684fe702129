"""Open Badge Passport: pages of badges that earners keep; the pictures have the badge in them."""

from __future__ import annotations

from verifier.providers.platform import Evidence, Example, Provider, Shape

_HOME = "https://openbadgepassport.com"
_HOSTS = ("openbadgepassport.com", "www.openbadgepassport.com")
_FILE = "0a1b2c3d" * 8

PROVIDER = Provider(
    name="open-badge-passport",
    title="Open Badge Passport",
    shapes=(
        Shape(
            "award",
            _HOSTS,
            r"/app/badge/info/(?P<id>\d+)(?:/pic/embed)?",
            f"{_HOME}/app/badge/info/{{id}}",
            says="This page shows a copy that the earner keeps. Ask for the "
            "badge's picture as a file: the badge is in it.",
        ),
        Shape(
            "picture",
            _HOSTS,
            r"/(?P<path>file/(?:[0-9a-f]/){4}(?P<id>[0-9a-f]{64})\.(?:png|svg))",
            f"{_HOME}/{{path}}",
            asks="{canonical}",
            says="This picture has no badge in it. Ask for the badge as a file.",
        ),
    ),
    examples=(
        Example(
            f"{_HOME}/app/badge/info/123456/pic/embed",
            "award",
            "123456",
            f"{_HOME}/app/badge/info/123456",
        ),
        Example(f"{_HOME}/file/0/a/1/b/{_FILE}.png", "picture", _FILE),
    ),
    strangers=(
        "https://openbadgepassport.com.evil.example/app/badge/info/1",
        f"{_HOME}/app/user/profile/1",
    ),
    evidence=(
        Evidence("picture", "hosted", "The assertion in it, as its issuer hosts it."),
        Evidence("badge page", "none", "A copy that the earner keeps."),
    ),
)

"""BadgeCert: badges by a short code at bcert.me."""

from __future__ import annotations

from verifier.providers.platform import Evidence, Example, Provider, Shape

_HOME = "https://bcert.me"
_SAYS = (
    "BadgeCert shows this to people and gives programs nothing to check. Open the link and compare "
    "by eye: whose it is, who issued it, and when."
)

PROVIDER = Provider(
    name="badgecert",
    title="BadgeCert",
    shapes=(
        Shape("award", ("bcert.me",), r"/(?P<id>[a-z0-9]{6,16})", f"{_HOME}/{{id}}", says=_SAYS),
        Shape(
            "award",
            ("bcert.me",),
            r"/bc/html/show-badge\.html",
            f"{_HOME}/bc/html/show-badge.html?b={{b}}",
            "{b}",
            query={"b": r"[A-Za-z0-9]{4,32}"},
            says=_SAYS,
        ),
    ),
    examples=(
        Example(f"{_HOME}/smadeupone", "award", "smadeupone"),
        Example(
            f"{_HOME}/bc/html/show-badge.html?b=madeupone",
            "award",
            "madeupone",
        ),
    ),
    strangers=("https://bcert.me.evil.example/smadeupone", f"{_HOME}/", f"{_HOME}/about/us"),
    evidence=(Evidence("badge link", "none", "Recognised: a page for people only."),),
)

"""Google Developer Profiles: what its owner shows of themselves."""

from __future__ import annotations

from verifier.providers.platform import Evidence, Example, Provider, Shape

_SLUG = "(?P<id>[A-Za-z0-9_.-]+)"
_HOME = "https://developers.google.com/profile/u"
_OWN = "This profile is written by its owner and holds no award that can be checked."

PROVIDER = Provider(
    name="google-developers",
    title="Google Developer Profiles",
    shapes=(
        Shape("profile", ("g.dev",), f"/{_SLUG}", f"{_HOME}/{{id}}", says=_OWN),
        Shape(
            "profile",
            ("developers.google.com",),
            f"/profile/u/{_SLUG}",
            f"{_HOME}/{{id}}",
            says=_OWN,
        ),
    ),
    examples=(
        Example("https://g.dev/mirasolano", "profile", "mirasolano", f"{_HOME}/mirasolano"),
        Example(f"{_HOME}/mirasolano", "profile", "mirasolano"),
    ),
    strangers=("https://g.dev.evil.example/mirasolano", "https://developers.google.com/learn"),
    evidence=(Evidence("profile", "none", "Its owner writes it."),),
)

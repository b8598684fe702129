"""edX: certificates of courses and records of programs."""

from __future__ import annotations

from verifier.providers.platform import Evidence, Example, Provider, Shape

_COURSES = "https://courses.edx.org"
_PROGRAMS = "https://credentials.edx.org"
_ONE = "0a1b2c3d4e5f60718293a4b5c6d7e8f9"
_ID = "(?P<id>[0-9a-fA-F]{32})"
_SAYS = (
    "edX shows this to people and gives programs nothing to check. Open the link and compare by "
    "eye: whose it is, which course, and when."
)

PROVIDER = Provider(
    name="edx",
    title="edX",
    shapes=(
        Shape(
            "award",
            ("courses.edx.org",),
            f"/certificates/{_ID}",
            f"{_COURSES}/certificates/{{id}}",
            lower=("id",),
            says=_SAYS,
            award="course",
        ),
        Shape(
            "award",
            ("credentials.edx.org",),
            f"/credentials/{_ID}",
            f"{_PROGRAMS}/credentials/{{id}}/",
            lower=("id",),
            says=_SAYS,
            award="certificate",
        ),
    ),
    examples=(
        Example(f"{_COURSES}/certificates/{_ONE}", "award", _ONE),
        Example(f"{_PROGRAMS}/credentials/{_ONE}/", "award", _ONE),
    ),
    strangers=(
        f"https://courses.edx.org.evil.example/certificates/{_ONE}",
        f"{_COURSES}/certificates/{_ONE}0",
        "https://www.edx.org/learn/hedges",
    ),
    evidence=(Evidence("certificate link", "none", "Recognised: a page for people only."),),
)

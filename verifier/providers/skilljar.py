"""Skilljar: certificates of the academies that it runs."""

from __future__ import annotations

from verifier.providers.platform import Evidence, Example, Provider, Shape

_HOME = "https://verify.skilljar.com"

PROVIDER = Provider(
    name="skilljar",
    title="Skilljar",
    shapes=(
        Shape(
            "award",
            ("verify.skilljar.com",),
            r"/c/(?P<id>[a-z0-9]{8,32})",
            f"{_HOME}/c/{{id}}",
            says="Skilljar shows this to people and gives programs nothing to check. Open the link "
            "and compare by eye: whose it is, which course, and when.",
            award="course",
        ),
    ),
    examples=(Example(f"{_HOME}/c/madeup123456", "award", "madeup123456"),),
    strangers=("https://verify-skilljar.com/c/madeup123456", f"{_HOME}/c/"),
    evidence=(Evidence("certificate link", "none", "Recognised: a page for people only."),),
)

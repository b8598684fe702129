"""Salesforce Trailhead: profiles of what somebody completed, and the page that looks them up."""

from __future__ import annotations

from verifier.providers.platform import Evidence, Example, Provider, Shape

_HOME = "https://www.salesforce.com/trailblazer"
_SLUG = "(?P<id>[A-Za-z0-9][A-Za-z0-9._-]*)"
_LOOK_UP = "https://trailhead.salesforce.com/credentials/certification-detail-print"
_PROFILE = (
    "This is a Trailhead profile: its owner writes the name, and Salesforce gives programs no "
    "published way to read it. Ask for the certifications to be looked up by name at Salesforce."
)

PROVIDER = Provider(
    name="trailhead",
    title="Salesforce Trailhead",
    shapes=(
        Shape(
            "profile",
            ("www.salesforce.com", "salesforce.com"),
            f"/trailblazer/{_SLUG}",
            f"{_HOME}/{{id}}",
            says=_PROFILE,
        ),
        Shape(
            "profile",
            ("trailblazer.me", "www.trailblazer.me"),
            f"/id/{_SLUG}",
            f"{_HOME}/{{id}}",
            says=_PROFILE,
        ),
        Shape(
            "award",
            ("trailhead.salesforce.com",),
            "(?:/[a-z]{2})?/credentials/certification-detail-print",
            f"{_LOOK_UP}?searchString={{searchString}}",
            "{searchString}",
            query={"searchString": r"[A-Za-z0-9+/=_-]{1,400}"},
            says="Touchstone can't read what Salesforce shows there. Open the link "
            "and compare by eye: the certifications, their dates and whether they are active.",
            award="certification",
        ),
    ),
    examples=(
        Example(
            "https://salesforce.com/trailblazer/mirasolano",
            "profile",
            "mirasolano",
            f"{_HOME}/mirasolano",
        ),
        Example(
            "https://trailblazer.me/id/mirasolano", "profile", "mirasolano", f"{_HOME}/mirasolano"
        ),
        Example(f"{_LOOK_UP}/?searchString=abc", "award", "abc", f"{_LOOK_UP}?searchString=abc"),
    ),
    strangers=(
        "https://trailblazer.me.evil.example/id/mirasolano",
        "https://trailhead.salesforce.com/content/learn/modules/hedges",
        "https://www.salesforce.com/products/",
    ),
    evidence=(
        Evidence("profile", "none", "Recognised: no published way for programs to read it."),
        Evidence("verification link", "none", "Recognised: a page for people only."),
    ),
)

"""A learner's profile at LinkedIn with everything on it that can be wrong, the wallet that it is
held against, and the web that both rest on.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.made import cases_credly
from tests.made.assertions import JSON_LD, assertion, assertion_url, hosted
from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.credentials import by
from tests.made.folder import Answer, Web, answered
from tests.made.issuers import HARBOUR, RIVERSIDE, STRANGER_EMAIL
from tests.pages.linkedin import LANGUAGES, LAYOUTS, Entry, Words, profile
from tests.pages.page import MadePage

GUILD = HARBOUR.name
SAMPLING = "Water Quality Sampling"
#: Where the guild had its badges before it moved.
OLD = "https://old.harbour-guild.example/assertions"
RENEWED = f"{HARBOUR.home}/assertions/tide-modelling-again"
CLASS = f"{cases_credly.HOME}/org/cedar-valley-college/badge/water-quality-sampling"
#: A badge of the college's that is signed and has no address of its own.
LITERACY = by(RIVERSIDE, good())
#: Each entry of the page with what is to be found of it.
ENTRIES: Mapping[Entry, str] = {
    Entry(SAMPLING, "Cedar Valley College", CLASS, issued=5): "wrong_link",
    Entry("Expert Chart Reading", GUILD, assertion_url("Chart Reading"), 12): "misdescribed",
    Entry("Tide Modelling", GUILD, assertion_url("Tide Modelling"), 5): "expired",
    Entry("Open Data", GUILD, assertion_url("Open Data"), 5): "revoked",
    Entry("Sail Making", GUILD, assertion_url("Sail Making"), 5): "not_yours",
    Entry("Knots", GUILD, f"{OLD}/knots", 5): "dead",
    Entry("Old Ropes", GUILD, f"{OLD}/ropes", 5): "dead",
    Entry("Harbour Radio", GUILD, assertion_url("Harbour Radio"), 5): "not_established",
    Entry("Sea Rescue", GUILD, assertion_url("Sea Rescue"), 5): "fine",
    Entry("Buoys", GUILD, assertion_url("Buoys"), 5): "not_genuine",
    Entry("Data Literacy", "Riverside College", None, 5): "unlinked",
}
#: What the wallet keeps, beside that badge: addresses.
KEPT = (
    *(cases_credly.AWARD, RENEWED),
    *(assertion_url(name) for name in ("Chart Reading", "Knots", "Weather Signals")),
)


def web() -> Web:
    """What everybody answers."""
    made: dict[str, dict[str, Any]] = {
        name: assertion(name)
        for name in ("Chart Reading", "Knots", "Weather Signals", "Sea Rescue")
    }
    made["Tide Modelling"] = assertion("Tide Modelling", expires="2024-12-31T23:59:59Z")
    made["Open Data"] = assertion("Open Data", revoked=True, revocationReason="Issued in error")
    made["Sail Making"] = assertion("Sail Making", HARBOUR, STRANGER_EMAIL)
    again = {"id": RENEWED, "issuedOn": "2025-01-02T10:00:00Z", "expires": "2090-01-02T10:00:00Z"}
    found = {**COLLEGE_WEB, **cases_credly.award_web()}
    for name, one in made.items():
        found |= hosted(one, name)
    found |= hosted(assertion("Tide Modelling", **again), "Tide Modelling")
    buoys = {**assertion("Buoys"), "id": assertion_url("Bells")}
    found |= {
        **hosted(assertion("Buoys"), "Buoys"),
        assertion_url("Buoys"): answered(buoys, JSON_LD),
    }
    gone, slow = Answer(None, status=404), Answer(error="timeout")
    return {
        **found,
        **{f"{OLD}/{name}": gone for name in ("knots", "ropes")},
        assertion_url("Harbour Radio"): slow,
    }


def profiled(layout: str = LAYOUTS[0], words: Words = LANGUAGES[0]) -> MadePage:
    """The profile as the site shows it."""
    return profile(5, layout, words, entries=list(ENTRIES))


def page(layout: str = LAYOUTS[0], words: Words = LANGUAGES[0]) -> bytes:
    """The profile as its owner saves it."""
    return profiled(layout, words).html.encode()

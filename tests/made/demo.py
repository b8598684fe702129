"""The demo page's badges: one for each verdict, a picture that is no badge, and two links."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from msgspec import Struct

from tests.made import pictures, png
from tests.made.assertions import assertion, hosted
from tests.made.credentials import (
    badge,
    badge_2020,
    by,
    entry,
    entry_2021,
    hashed_email,
    list_url,
    plain_name,
    published,
    status_list_2021,
)
from tests.made.folder import Answer, Web, answered, as_json, write, write_web
from tests.made.issuers import (
    HARBOUR,
    HOLDER,
    HOLDER_EMAIL,
    IMITATOR,
    LARKSPUR,
    MEADOW,
    OTHER_EMAIL,
    RIVERSIDE,
    STRANGER,
    Issuer,
    issuer_list,
)
from tests.made.signing import JsonDocument, signed_2020

STYLES = {
    RIVERSIDE: pictures.COLLEGE,
    LARKSPUR: pictures.INSTITUTE,
    HARBOUR: pictures.GUILD,
    MEADOW: pictures.MAKERS,
    IMITATOR: pictures.IMITATION,
}
SUSPENDED = 777
LINKED = "badges/chart-reading.json"


class Shown(Struct, frozen=True):
    """A badge on the page: its picture's motif, its credential, and what the page says of it."""

    verdict: str
    issuer: Issuer
    title: str
    motif: str
    credential: JsonDocument
    text: str
    issued: str = "2025-03"
    claimed: str | None = None

    @property
    def file(self) -> str:
        """Where its picture is, from the demo's folder."""
        ending = ".svg" if self.motif == "svg" else ".png"
        return f"badges/{self.title.lower().replace(' ', '-')}{ending}"


def _college() -> list[Shown]:
    """Riverside College signs with `eddsa-rdfc-2022` and keeps `BitstringStatusList`s."""
    mine = hashed_email()

    def made(name: str, *identifiers: JsonDocument, **more: object) -> JsonDocument:
        members = {"credentialStatus": entry(RIVERSIDE), **more}
        return by(RIVERSIDE, badge(RIVERSIDE, name, *(identifiers or (mine,)), **members))

    altered = made("Project Assistant")
    altered["name"] = altered["credentialSubject"]["achievement"]["name"] = "Project Manager"
    return [
        Shown(
            "verified",
            RIVERSIDE,
            "Data Literacy",
            "bars",
            made("Data Literacy"),
            "Reading, questioning and presenting data.",
        ),
        Shown(
            "holder_unproven",
            RIVERSIDE,
            "Civil Engineering Foundations",
            "bridge",
            made("Civil Engineering Foundations", hashed_email(OTHER_EMAIL)),
            "Earned at my last job, under my address there.",
        ),
        Shown(
            "overstated",
            RIVERSIDE,
            "Cloud Architecture Associate",
            "cloud",
            made("Cloud Architecture Associate"),
            "Designing systems that stay up.",
            claimed="Cloud Architecture Professional",
        ),
        Shown(
            "suspended",
            RIVERSIDE,
            "Laboratory Assistant",
            "gear",
            made(
                "Laboratory Assistant",
                credentialStatus=entry(RIVERSIDE, SUSPENDED, "suspension"),
            ),
            "Safe work in a shared laboratory.",
        ),
        Shown(
            "invalid",
            RIVERSIDE,
            "Project Manager",
            "star",
            altered,
            "Leading a project from idea to handover.",
        ),
    ]


def _institute() -> list[Shown]:
    """Larkspur Institute signs with `Ed25519Signature2020` and keeps a `StatusList2021`."""

    def made(name: str, holder: str, **more: object) -> JsonDocument:
        members = {"credentialStatus": entry_2021(LARKSPUR), **more}
        unsigned = badge_2020(LARKSPUR, name, plain_name(holder), **members)
        return signed_2020(unsigned, LARKSPUR.domain, LARKSPUR.method)

    return [
        Shown(
            "verified",
            LARKSPUR,
            "Peer Mentor",
            "svg",
            made("Peer Mentor", HOLDER),
            "Two terms of mentoring first-year students.",
        ),
        Shown(
            "not_yet_valid",
            LARKSPUR,
            "Sustainable Design",
            "leaf",
            made("Sustainable Design", HOLDER, issuanceDate="2099-09-01T00:00:00Z"),
            "Starts with the new programme.",
            issued="2099-09",
        ),
        Shown(
            "not_theirs",
            LARKSPUR,
            "Research Methods",
            "star",
            made("Research Methods", STRANGER),
            "Planning and defending a study.",
        ),
    ]


def _guild() -> list[Shown]:
    """Harbour Data Guild hosts Open Badges 2.0."""
    lapsed = assertion("Tide Modelling", expires="2024-12-31T23:59:59Z")
    return [
        Shown(
            "expired",
            HARBOUR,
            "Tide Modelling",
            "waves",
            lapsed,
            "Forecasting with open harbour data.",
            issued="2024-05",
        ),
        Shown(
            "revoked",
            HARBOUR,
            "Navigator of Open Data",
            "lighthouse",
            assertion("Navigator of Open Data"),
            "The guild's highest grade.",
            issued="2024-05",
        ),
    ]


def _others() -> list[Shown]:
    """An issuer nobody knows, and one who would like to be taken for Riverside College."""
    mine = hashed_email()
    return [
        Shown(
            "unvouched",
            MEADOW,
            "Workshop Safety",
            "gear",
            by(MEADOW, badge(MEADOW, "Workshop Safety", mine)),
            "Saws, drills and common sense.",
        ),
        Shown(
            "unknown",
            MEADOW,
            "Community Garden",
            "svg",
            by(MEADOW, badge(MEADOW, "Community Garden", mine, credentialStatus=entry(MEADOW))),
            "One season of planting together.",
        ),
        Shown(
            "impostor",
            IMITATOR,
            "Machine Learning",
            "bars",
            by(IMITATOR, badge(IMITATOR, "Machine Learning", mine)),
            "From regression to neural networks.",
        ),
    ]


def shown() -> list[Shown]:
    """Every badge of the page, in the order in which it stands there."""
    order = (
        *("verified", "overstated", "holder_unproven", "unvouched", "expired", "not_theirs"),
        *("suspended", "revoked", "not_yet_valid", "impostor", "invalid", "unknown"),
    )
    every = [*_college(), *_institute(), *_guild(), *_others()]
    return sorted(every, key=lambda one: order.index(one.verdict))


def web() -> Web:
    """What the made-up issuers' addresses answer."""
    signed_list = signed_2020(status_list_2021(LARKSPUR), LARKSPUR.domain, LARKSPUR.method)
    taken_back = assertion(
        "Navigator of Open Data", revoked=True, revocationReason="Issued in error"
    )
    lapsed = next(one.credential for one in _guild() if one.verdict == "expired")
    page = b"<!doctype html>\n<title>Harbour Data Guild</title>\n<h1>About the guild</h1>\n"
    return {
        **RIVERSIDE.web(),
        **LARKSPUR.web(),
        **MEADOW.web(),
        **IMITATOR.web(),
        **published(RIVERSIDE),
        **published(RIVERSIDE, [SUSPENDED], "suspension"),
        list_url(LARKSPUR): answered(signed_list, "application/vc+ld+json"),
        list_url(MEADOW): Answer(error="timeout"),
        **hosted(lapsed, "Tide Modelling"),
        **hosted(taken_back, "Navigator of Open Data"),
        **hosted(assertion("Chart Reading"), "Chart Reading"),
        f"{HARBOUR.home}/about": Answer(page, "text/html"),
    }


def _picture(one: Shown) -> bytes:
    """The badge's picture, with its credential baked in."""
    content = as_json(one.credential).strip()
    style = STYLES[one.issuer]
    if one.motif == "svg":
        start, end = b"<openbadges:credential><![CDATA[", b"]]></openbadges:credential>\n</svg>"
        drawn = pictures.written(style, one.title)
        named = b'<svg xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0" '
        return drawn.replace(b"<svg ", named).replace(b"</svg>", start + content + end)
    keyword = b"openbadges" if one.issuer is HARBOUR else b"openbadgecredential"
    drawn = pictures.drawn(style, one.motif, one.title)
    return png.with_chunk(drawn, png.international(content, keyword))


def _page() -> dict[str, Any]:
    return {
        "person": {
            "name": HOLDER,
            "email": HOLDER_EMAIL,
            "headline": "Data and design, by the water",
            "about": "I turn measurements into decisions people can follow. "
            "Below is what I have learned so far.",
        },
        "badges": [
            {
                "file": one.file,
                "title": one.claimed or one.title,
                "issuer": one.issuer.name,
                "issued": one.issued,
                "text": one.text,
                "verdict": one.verdict,
            }
            for one in shown()
        ],
        "picture": {
            "file": "badges/hills.png",
            "title": "The hills behind the harbour",
            "error": "not_a_badge",
        },
        "links": [
            {
                "file": LINKED,
                "text": "Chart Reading, Harbour Data Guild",
                "verdict": "verified",
            },
            {
                "href": f"{HARBOUR.home}/about",
                "text": "About the Harbour Data Guild",
                "error": "not_a_badge",
            },
        ],
    }


def make(folder: Path) -> None:
    """Write the demo into `folder`."""
    for one in shown():
        write(folder, one.file, _picture(one))
    write(folder, "badges/hills.png", pictures.photograph())
    write(folder, LINKED, as_json(assertion("Chart Reading")))
    write_web(folder / "documents", web())
    write(folder, "trust.json", as_json(issuer_list()))
    write(folder, "page.json", as_json(_page()))

"""Badges that are one award in many forms, and the web that they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.made import (
    cases_bundles,
    cases_credly,
    cases_current,
    cases_genuine,
    cases_hosts,
    cases_issuer,
    cases_microsoft,
    cases_tokens,
)
from tests.made.assertions import assertion, badge_class, hosted
from tests.made.cases_genuine import good
from tests.made.credentials import badge, by, entry, hashed_email, published
from tests.made.folder import Case, Web, as_json, write_web
from tests.made.issuers import HARBOUR, IMITATOR, MEADOW, RIVERSIDE, issuer_list

Source = Case | bytes | str | Mapping[str, Any]
CASES = {
    case.name: case
    for module in (
        *(cases_bundles, cases_credly, cases_current, cases_genuine, cases_hosts, cases_issuer),
        *(cases_microsoft, cases_tokens),
    )
    for case in module.cases()
}
#: A badge class that the guild gives out in both standards, under one id.
NAME = "Tide Tables"
CLASS = badge_class(NAME)["id"]
GUILD_2 = assertion(NAME)
GUILD_3: dict[str, Any] = badge(
    HARBOUR,
    NAME,
    hashed_email(salt="brine"),
    id="urn:uuid:01b2c3d4-0000-4000-8000-0000000000a1",
    validFrom="2024-05-02T10:00:00Z",
)
GUILD_3["credentialSubject"]["achievement"]["id"] = CLASS
#: Three forms of one badge of the college's.
INTACT = by(RIVERSIDE, good())
ENDED = by(RIVERSIDE, good(validUntil="2025-06-01T00:00:00Z"))
REVOKED = by(RIVERSIDE, good(credentialStatus=entry(RIVERSIDE, 7)))
#: Addresses of Microsoft's and Accredible's that lead to one award each.
SHARED = cases_microsoft.CERTIFICATION


def whole_web() -> Web:
    """Every address that these badges rest on; where two cases differ, what holds comes first."""
    web: dict[str, Any] = {}
    for case in (
        *(CASES["a-file-from-credly"], CASES["an-award-at-credly"], CASES["signed-by-the-issuer"]),
        *(CASES["a-badge-at-badgr"], CASES["a-badge-at-a-dead-host-of-badgrs"]),
        *(CASES["a-credential-at-accredible"], CASES["a-picture-at-credly"]),
    ):
        web = {**case.web, **web}
    web |= {**hosted(GUILD_2, NAME), **published(RIVERSIDE, (7,)), **published(MEADOW, (7,))}
    return {**web, **HARBOUR.web(), **MEADOW.web(), **IMITATOR.web()}


def options_in(folder: Path, web: Web) -> tuple[str, ...]:
    """Options of a server for which `web`, written to `folder`, is the whole web."""
    write_web(folder / "web", web)
    (folder / "trust.json").write_bytes(as_json(issuer_list()))
    named = ("--documents", str(folder / "web"), "--trust", str(folder / "trust.json"))
    return (*named, "--no-default-trust")

"""Cases of papers: certificates as PDF files, and LinkedIn's export of its member's licences."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from tests.made import cases_credly
from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.credentials import by
from tests.made.documents import archive, packed, pdf
from tests.made.expected import comes_out, refused
from tests.made.folder import Case, as_json
from tests.made.issuers import RIVERSIDE

ID = "0a1b2c3d" * 8
CERTIFICATE = (
    "Certificate of Completion",
    "Congratulations, Mira Solano",
    "Laying Hedges",
    "Course completed on Jan 05, 2025 at 04:31PM UTC \u2022 2 hours 11 minutes",
    "LinkedIn Learning",
    f"Certificate Id: {ID}",
)
COLUMNS = ("Name", "Url", "Authority", "Started On", "Finished On", "License Number")
AWARD = f"{cases_credly.AWARD}/linked_in_profile"
HELD = (cases_credly.NAME, AWARD, "Cedar Valley College", "May 2025", "", cases_credly.ONE)
ALONE = ("First Aid at Sea", "", "Harbour School", "2023", "Mar 2026", "HS-17")
DEAD = ("Laying Hedges", "https://hedges.example/nobody", "Hedge School", "", "", "")
MORE = ("Expert Harbour Piloting", AWARD, "Cedar Valley College", "May 2025", "", "")
_PAPER = comes_out("unknown", genuine="page_only", current="no_status")


def cases() -> Iterator[Case]:
    """Every case of papers."""
    yield Case("a-linkedin-certificate-as-a-pdf", pdf(lines=CERTIFICATE), _PAPER)
    partly = tuple(line for line in CERTIFICATE if not line.startswith("Congratulations"))
    yield Case("a-linkedin-certificate-as-a-pdf-without-a-holder", pdf(lines=partly), _PAPER)
    two = pdf(lines=(*CERTIFICATE, f"Certificate Id: {ID[::-1]}"))
    yield Case("a-pdf-with-two-certificate-numbers", two, refused("not_a_badge"))
    letter = pdf(lines=("Dear Ms Solano,", "thank you for your certificate of completion."))
    yield Case("a-pdf-that-is-a-letter", letter, refused("not_a_badge"))
    both = pdf(packed(as_json(by(RIVERSIDE, good()))), lines=CERTIFICATE)
    yield Case("a-pdf-certificate-with-a-badge-attached", both, comes_out("verified"), COLLEGE_WEB)
    yield from _exports()


def _exports() -> Iterator[Case]:
    web = cases_credly.award_web()
    rows = {
        "a-linkedin-export-with-a-badge-that-holds": (HELD,),
        "a-linkedin-export-with-a-licence-without-a-link": (ALONE,),
        "a-linkedin-export-with-a-link-that-leads-nowhere": (DEAD,),
        "a-linkedin-export-that-overstates-a-badge": (MORE,),
        "a-linkedin-export-with-the-same-row-twice": (HELD, HELD),
    }
    for name, given in rows.items():
        verdict = "verified" if HELD in given else "overstated" if MORE in given else "unknown"
        yield Case(name, export(*given), _with(verdict), web)
    several = export(HELD, ALONE, DEAD, MORE)
    bundle = _with("verified", "unknown", "unknown", "overstated")
    yield Case("a-linkedin-export-of-four-licences", several, bundle, web)
    wide = several.decode("utf-8").encode("utf-16")
    yield Case("a-linkedin-export-in-utf-16", wide, bundle, web)
    whole = archive({"Profile.csv": b"First Name\nMira\n", "Certifications.csv": several})
    yield Case("a-linkedin-export-as-it-is-handed-out", whole, bundle, web)
    yield Case("a-linkedin-export-of-no-licence", export(), refused("not_a_badge"))
    damaged = export(HELD) + b'"never closed'
    yield Case("a-linkedin-export-that-was-cut-off", damaged, refused("malformed"))
    other = b"Name,Colour\nMira,green\n"
    yield Case("a-list-of-something-else", other, refused("not_a_badge"))


def _with(*bundle: str) -> dict[str, Any]:
    return {**_PAPER, "bundle": list(bundle)}


def export(*rows: tuple[str, ...]) -> bytes:
    """The list as LinkedIn writes it."""
    written = io.StringIO()
    csv.writer(written).writerows((COLUMNS, *rows))
    return written.getvalue().encode()

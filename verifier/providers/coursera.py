"""Coursera: certificates of courses, specializations and professional programs.

Its robots file keeps programs from the pages, so they are read where the reader opened them.
"""

from __future__ import annotations

import re
from datetime import datetime

from verifier.dates import read_day
from verifier.model import Credential, Issuer, Recipient
from verifier.providers.pages import Page
from verifier.providers.platform import Evidence, Example, Match, Provider, Shape, shown

_HOME = "https://www.coursera.org"
_HOSTS = ("www.coursera.org", "coursera.org")
_ID = "(?P<id>[A-Z0-9]{12})"
_ONE = "MADEUPONE123"
_SAYS = (
    "Coursera does not want its certificates to be fetched by programs. Open the link and check "
    "the page in your own tab."
)
_PDF = "A PDF of a certificate can be drawn by anybody. Ask for the certificate's link at Coursera."
_CERTIFIED = re.compile(
    r"(?P<holder>[^.!?]{1,120}?)\s?[\u2019']s account is verified\. "
    r"Coursera certifies their successful completion of (?P<name>.{1,200}?)\.?"
)
_DATE = re.compile(r"Completed by (?P<holder>.{1,120}?) (?P<date>[A-Z][a-z]{2,8} \d{1,2}, \d{4})\b")


def _certificate(match: Match, page: Page) -> Credential | None:
    """The certificate, by the one sentence with which Coursera certifies it: who, and what.

    Nothing is read where a page certifies two people or courses, or where the sentence stands
    within itself, since holders choose the names that it holds.
    """
    blocks = (block for block in page.soup.find_all(["p", "div"]) if not block.find(["p", "div"]))
    lines = [" ".join(block.get_text(" ").split()) for block in blocks]
    said = {(one["holder"], one["name"]) for one in map(_CERTIFIED.fullmatch, lines) if one}
    if len(said) != 1 or page.text.count("Coursera certifies their") != 1:
        return None
    holder, name = said.pop()
    return shown(
        match,
        page,
        kind="course",
        name=name,
        issuer=Issuer(id=_HOME, name="Coursera", url=_HOME),
        recipient=Recipient(name=holder, chosen_by_holder=True),
        issued=_completed(page, holder),
    )


def _completed(page: Page, holder: str) -> datetime | None:
    """The day beside the holder's name, `None` where the page gives none in English."""
    found = _DATE.search(page.text)
    if found is None or found["holder"] != holder:
        return None
    return read_day(found["date"], "%B %d, %Y", "%b %d, %Y")


def _award(path: str, kept: str, award: str = "course") -> Shape:
    """A certificate's address; several of them lead to the same one."""
    return Shape(
        "award",
        _HOSTS,
        path,
        f"{_HOME}/{kept}",
        sees=_certificate,
        says=_SAYS,
        award=award,
    )


_KEPT = "account/accomplishments"

PROVIDER = Provider(
    name="coursera",
    title="Coursera",
    shapes=(
        _award(rf"/(?:{_KEPT}/)?verify/{_ID}", f"{_KEPT}/verify/{{id}}"),
        _award(rf"/{_KEPT}/(?:certificate|records)/{_ID}", f"{_KEPT}/verify/{{id}}"),
        _award(
            rf"/(?:{_KEPT}/)?(?:verify/)?specialization/(?:certificate/)?{_ID}",
            f"{_KEPT}/specialization/{{id}}",
            "certificate",
        ),
        _award(
            rf"/(?:{_KEPT}/)?(?:verify/)?professional-cert/(?:certificate/)?{_ID}",
            f"{_KEPT}/professional-cert/{{id}}",
            "certificate",
        ),
        _award("/share/(?P<id>[0-9a-f]{32})", "share/{id}"),
        Shape(
            "file",
            _HOSTS,
            rf"/api/certificate\.v1/pdf/{_ID}",
            f"{_HOME}/api/certificate.v1/pdf/{{id}}",
            says=_PDF,
            award="course",
        ),
    ),
    examples=(
        Example(
            f"https://coursera.org/verify/{_ONE}", "award", _ONE, f"{_HOME}/{_KEPT}/verify/{_ONE}"
        ),
        Example(
            f"{_HOME}/{_KEPT}/records/{_ONE}?trk=x",
            "award",
            _ONE,
            f"{_HOME}/{_KEPT}/verify/{_ONE}",
        ),
        Example(
            f"{_HOME}/verify/specialization/{_ONE}",
            "award",
            _ONE,
            f"{_HOME}/{_KEPT}/specialization/{_ONE}",
        ),
        Example(f"{_HOME}/{_KEPT}/professional-cert/{_ONE}", "award", _ONE),
        Example(f"{_HOME}/share/{'0a1b' * 8}", "award", "0a1b" * 8),
        Example(f"{_HOME}/api/certificate.v1/pdf/{_ONE}", "file", _ONE),
    ),
    closed=_HOSTS,
    strangers=(
        f"https://www.coursera.org.evil.example/verify/{_ONE}",
        f"{_HOME}/learn/hedges",
        f"{_HOME}/verify/{_ONE}0",
    ),
    evidence=(
        Evidence(
            "certificate link, open in the reader's tab",
            "issuer_page",
            "Coursera's page names holder, course and day. Its robots file forbids fetching.",
        ),
        Evidence("PDF", "none", "Anybody can draw one."),
    ),
)

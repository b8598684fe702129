"""Cases of CVs and mails: one made-up person's, in each kind of file that people send."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from tests.made import cases_credly, cvs, png
from tests.made.assertions import assertion, assertion_url, hosted
from tests.made.cases_genuine import COLLEGE_WEB
from tests.made.credentials import badge, by, hashed_email, plain_name
from tests.made.cvs import Line
from tests.made.expected import comes_out, refused
from tests.made.folder import Case, Web, as_json
from tests.made.issuers import (
    HOLDER,
    HOLDER_EMAIL,
    OTHER_EMAIL,
    RIVERSIDE,
    STRANGER,
    STRANGER_EMAIL,
)

LOST = "https://www.credly.com/badges/11111111-2222-4333-8444-555555555599"
HEAD = (
    Line(HOLDER),
    Line("Data Analyst"),
    Line(f"{HOLDER_EMAIL} | +44 20 7946 0000"),
    Line("Certificates and badges"),
)
_PAPER = comes_out("unknown", genuine="page_only", current="no_status")
_MAIL = f"{HOLDER} <{HOLDER_EMAIL}>"


def baked(name: str, *identifiers: dict[str, Any]) -> bytes:
    """A grey pixel with a badge of Riverside College's in it."""
    document = by(RIVERSIDE, badge(RIVERSIDE, name, *(identifiers or (hashed_email(),))))
    return png.picture(png.international(as_json(document).strip(), b"openbadgecredential"))


def web() -> Web:
    """What everybody in the CV answers; one award is nowhere."""
    lapsed = assertion("Tide Modelling", expires="2024-12-31T23:59:59Z")
    taken = assertion("Navigator of Open Data", revoked=True, revocationReason="Issued in error")
    return {
        **COLLEGE_WEB,
        **cases_credly.award_web(),
        **hosted(lapsed, "Tide Modelling"),
        **hosted(taken, "Navigator of Open Data"),
        **hosted(assertion("Chart Reading"), "Chart Reading"),
    }


LITERATE = Line("Data Literacy, Riverside College, March 2025", file=baked("Data Literacy"))
SAMPLING = Line("Water Quality Sampling, Cedar Valley College, May 2025", cases_credly.AWARD)
#: Every line of the CV that has a badge, and what must become of it.
LINES = {
    LITERATE: "verified",
    SAMPLING: "verified",
    Line("Tide Modelling, Harbour Data Guild, 2024", assertion_url("Tide Modelling")): "expired",
    Line(
        "Navigator of Open Data, Harbour Data Guild, 2024",
        assertion_url("Navigator of Open Data"),
    ): "revoked",
    Line(
        "Expert Chart Reading, Harbour Data Guild, 2024", assertion_url("Chart Reading")
    ): "overstated",
    Line(
        "Research Methods, Riverside College, 2025",
        file=baked("Research Methods", plain_name(STRANGER)),
    ): "not_theirs",
    Line("Civil Engineering", file=baked("Civil Engineering", hashed_email(OTHER_EMAIL))): (
        "holder_unproven"
    ),
    Line("Welding, Old Town School, 2019", LOST): "unknown",
}
CV = (*HEAD, *LINES, Line("References on request. https://portfolio.example/about"))


def cases() -> Iterator[Case]:
    """Every case of a CV."""
    yield from _kinds()
    yield from _people()
    yield from _words()
    yield from _mails()
    yield from _otherwise()


def _with(*bundle: str) -> dict[str, Any]:
    return {**_PAPER, "bundle": list(bundle)}


def _kinds() -> Iterator[Case]:
    in_order = tuple(LINES.values())
    attached_last = sorted(LINES, key=lambda line: line.file is not None)
    as_pdf = _with(*(LINES[line] for line in attached_last))
    yield Case("a-cv-as-a-pdf", cvs.pdf(CV), as_pdf, web())
    yield Case("a-cv-as-a-word-document", cvs.docx(CV), _with(*in_order), web())
    yield Case(
        "a-cv-as-a-word-document-with-a-table", cvs.docx(CV, table=True), _with(*in_order), web()
    )
    yield Case(
        "a-cv-as-a-word-document-in-a-text-box", cvs.docx(CV, boxed=True), _with(*in_order), web()
    )
    yield Case("a-cv-as-an-open-document", cvs.odt(CV), _with(*in_order), web())
    yield Case("a-cv-as-a-web-page", cvs.html(CV), _with(*in_order), web())
    yield Case("a-cv-as-a-mail", cvs.eml(CV, sender=_MAIL), _guessed(*in_order), web())


def _guessed(*bundle: str) -> dict[str, Any]:
    """The same where the name is no more than a guess: it makes nobody a stranger."""
    return _with(*("holder_unproven" if one == "not_theirs" else one for one in bundle))


def _people() -> Iterator[Case]:
    """A name that is certain, a heading that is none, and somebody whom the reader stated."""
    stolen = Line("Research Methods", file=baked("Research Methods", plain_name(STRANGER)))
    for name, head, verdict in (
        ("of-somebody-named-twice", (Line(HOLDER), Line(HOLDER_EMAIL)), "not_theirs"),
        ("of-somebody-named-once", (Line(HOLDER), Line("ms@portfolio.example")), "holder_unproven"),
        ("that-begins-with-its-kind", (Line("Curriculum Vitae"),), "holder_unproven"),
        ("that-begins-with-a-job", (Line("Senior Developer"),), "holder_unproven"),
        ("that-begins-with-a-town", (Line("Port Meadow"),), "holder_unproven"),
        (
            "that-begins-with-the-letterhead-of-a-company",
            (Line("Harbour Guild"), Line("harbour.guild@harbour-guild.example")),
            "holder_unproven",
        ),
    ):
        yield Case(f"a-cv-{name}", cvs.docx((*head, stolen)), _with(verdict), web())
    mine = {"emails": [HOLDER_EMAIL]}
    cv = cvs.docx((Line(STRANGER), Line(STRANGER_EMAIL), LITERATE))
    stated = {**_with("verified")}
    stated["codes"] = {**stated["codes"], "recipient": "someone_else"}
    yield Case("a-cv-and-somebody-whom-the-reader-states", cv, stated, web(), person=mine)
    yield Case("a-cv-of-somebody-with-anothers-badge", cv, _with("holder_unproven"), web())


def _words() -> Iterator[Case]:
    """What is beside a link is a claim only where it is certain."""
    at = cases_credly.AWARD
    for name, line, verdict in (
        ("whose-link-says-view-credential", Line("View credential", at), "verified"),
        (
            "whose-link-stands-in-a-sentence",
            Line("I learned a lot about rivers there.", at),
            "verified",
        ),
        ("whose-link-names-the-issuer-first", Line("Cedar Valley, Water Quality", at), "verified"),
        (
            "that-overstates-an-award",
            Line("Rocket Science, Cedar Valley College", at),
            "overstated",
        ),
    ):
        yield Case(f"a-cv-{name}", cvs.docx((*HEAD, line)), _with(verdict), web())
    broken = (*HEAD, Line("Water Quality Sampling"), Line(at[:40]), Line(at[40:]))
    yield Case(
        "a-cv-with-an-address-over-the-end-of-its-line", cvs.pdf(broken), _with("verified"), web()
    )
    twice = (*HEAD, SAMPLING, Line("The same again", f"{at}/public_url"))
    yield Case("a-cv-with-an-award-twice", cvs.pdf(twice), _with("verified"), web())
    several = (*HEAD, LITERATE, SAMPLING)
    yield Case(
        "a-cv-with-a-badge-attached-and-a-link",
        cvs.pdf(several),
        _with("verified", "verified"),
        web(),
    )
    alone = comes_out("verified", current="no_status")
    yield Case("a-cv-with-one-badge-attached-and-no-link", cvs.pdf((*HEAD, LITERATE)), alone, web())


def _mails() -> Iterator[Case]:
    wrapped = Line("Water Quality Sampling", _safe_link(cases_credly.AWARD))
    yield Case(
        "a-mail-with-a-link-behind-a-scanner",
        cvs.eml((wrapped,), sender=_MAIL),
        _with("verified"),
        web(),
    )
    note = (Line("Dear hiring team, my CV is attached."),)
    cv = cvs.eml(note, cvs.docx(CV), sender="Joan Hill <joan.hill@agency.example>")
    yield Case("a-mail-with-a-cv-attached", cv, _with("unknown"), web())
    pair = cvs.eml(note, baked("Data Literacy"), sender=_MAIL)
    yield Case("a-mail-with-a-badge-attached", pair, _with("verified"), web())
    # His badge, quoted in her mail: not held against her.
    his = Line("Water Quality Sampling", cases_credly.AWARD)
    answer = cvs.eml(
        (Line("Thank you, see below."),), sender=f"{STRANGER} <{STRANGER_EMAIL}>", quoted=(his,)
    )
    quoted = _with("holder_unproven")
    yield Case("a-mail-that-quotes-anothers-badge", answer, quoted, web())
    own = cvs.eml((his,), sender=f"{STRANGER} <{STRANGER_EMAIL}>")
    yield Case("a-mail-with-anothers-badge-in-its-own-words", own, _with("holder_unproven"), web())
    forwarded = cvs.eml(
        note, cvs.eml((his,), sender=_MAIL), sender=f"{STRANGER} <{STRANGER_EMAIL}>"
    )
    yield Case("a-mail-with-a-mail-attached", forwarded, _with("unknown"), web())


def _safe_link(address: str) -> str:
    host = "https://eur01.safelinks.protection.outlook.com"
    return f"{host}/?url={quote(address, safe='')}&data=05%7Creader%40company.example"


def _otherwise() -> Iterator[Case]:
    none = (*HEAD, Line("Rowing, singing and https://portfolio.example/me"))
    for name, content in {
        "a-pdf": cvs.pdf(none),
        "a-word-document": cvs.docx(none),
        "an-open-document": cvs.odt(none),
        "a-web-page": cvs.html(none),
        "a-mail": cvs.eml(none, sender=_MAIL),
    }.items():
        yield Case(f"a-cv-without-a-badge-as-{name}", content, refused("not_a_badge"))
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    yield Case("a-cv-as-an-old-word-document", ole, refused("not_a_badge"))
    rtf = b"{\\rtf1\\ansi Mira Solano}"
    yield Case("a-cv-as-a-rich-text-document", rtf, refused("not_a_badge"))

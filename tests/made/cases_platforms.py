"""Cases of platforms that show their certificates to people: read in the reader's tab, or not."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.cases_tokens import secured, web
from tests.made.expected import comes_out, refused
from tests.made.folder import Answer, Case, answered
from tests.made.issuers import RIVERSIDE
from tests.made.signing import signed

COURSERA = "https://www.coursera.org/account/accomplishments/verify/MADEUPONE123"
STORED = "https://verifierplus.org/credentials/01b2c3d4-0000-4000-8000-00000000ee01"
PROFILE = "https://www.skills.google/public_profiles/01b2c3d4-0000-4000-8000-00000000ff01"
_RECORD = STORED.replace("/credentials/", "/api/credentials/")
_UNREAD = comes_out("unknown", genuine="page_unreadable", current="no_status", issuer="not_listed")


def cases() -> Iterator[Case]:
    """Every case of these platforms."""
    yield from _coursera()
    yield from _verifierplus()
    yield from _google()
    yield from _linkedin()
    for name, url in (
        (
            "certifier",
            "https://www.credsverse.com/credentials/01b2c3d4-0000-4000-8000-0000000aa001",
        ),
        ("sertifier", "https://verified.sertifier.com/en/verify/24010203040506/"),
        ("badgecert", "https://bcert.me/smadeupone"),
        ("skilljar", "https://verify.skilljar.com/c/madeup123456"),
        ("edx", "https://courses.edx.org/certificates/0a1b2c3d4e5f60718293a4b5c6d7e8f9"),
        (
            "adobe",
            "https://certification.adobe.com/credential/verify/01b2c3d4-0000-4000-8000-00000000ad01",
        ),
        ("udemy", "https://www.udemy.com/certificate/UC-01b2c3d4-0000-4000-8000-00000000dd01/"),
    ):
        yield Case(f"a-link-to-{name}-which-tells-programs-nothing", url, _UNREAD)


def _coursera() -> Iterator[Case]:
    page = comes_out("unvouched", genuine="issuer_page", current="no_status", issuer="not_listed")
    one, other = _certified("Mira Solano", "Hedge Laying"), _certified("Tom Ashby", "Hedge Laying")
    yield Case("a-coursera-link-that-is-not-fetched", COURSERA, _UNREAD)
    yield Case("a-coursera-page-in-the-readers-tab", COURSERA, page, seen=_page(one))
    yield Case("a-coursera-page-of-two-holders", COURSERA, _UNREAD, seen=_page(one + other))
    trick = _certified(
        "Tom's account is verified. Coursera certifies their successful completion of Law", "Hedges"
    )
    yield Case("a-coursera-page-with-a-name-that-certifies", COURSERA, _UNREAD, seen=_page(trick))
    yield Case("a-coursera-page-that-certifies-nothing", COURSERA, _UNREAD, seen=_page("Courses"))


def _certified(holder: str, name: str) -> str:
    return (
        f"<div><h2>Completed by <b>{holder}</b></h2><p>May 2, 2025</p><p>{holder}'s account is "
        f"verified. Coursera certifies their successful completion of <b>{name}</b></p></div>"
    )


def _page(body: str) -> bytes:
    about = "<p>About this course: how hedges are laid, layer by layer, and kept.</p>" * 4
    return f"<!DOCTYPE html><html><head><title>Coursera</title></head><body>{body}{about}".encode()


def _verifierplus() -> Iterator[Case]:
    made = signed(good(), RIVERSIDE.domain, RIVERSIDE.method)
    verified = comes_out("verified")
    for name, held, expected in (
        ("a-copy-at-verifierplus", [made], verified),
        ("an-altered-copy-at-verifierplus", [{**made, "name": "Date Literacy"}], None),
    ):
        record = {"id": "1", "vp": {"verifiableCredential": held}, "shared": True}
        out = expected or comes_out("invalid", genuine="bad_signature")
        yield Case(name, STORED, out, {**COLLEGE_WEB, _RECORD: answered(record)})
    record = {"vp": {"verifiableCredential": secured()}, "shared": True}
    yield Case(
        "a-copy-at-verifierplus-that-is-a-token",
        STORED,
        comes_out("verified", current="no_status"),
        {**web(), _RECORD: answered(record)},
    )
    yield Case("a-record-at-verifierplus-without-a-copy", STORED, _UNREAD, {_RECORD: answered({})})
    missing = comes_out("unknown", genuine="host_unreachable", current="no_status")
    yield Case(
        "a-copy-at-verifierplus-that-was-taken-back",
        STORED,
        missing,
        {_RECORD: Answer(b'{"status": "Not found"}', status=404)},
    )


def _google() -> Iterator[Case]:
    link = f"{PROFILE}/badges/25110001"
    page = comes_out("unvouched", genuine="issuer_page", current="no_status", issuer="not_listed")
    yield Case("a-google-badge-that-is-not-fetched", link, _UNREAD)
    yield Case("a-google-badge-in-the-readers-tab", link, page, seen=_google_badge(link))
    old = link.replace("www.skills.google", "google.qwiklabs.com")
    yield Case("a-google-badge-on-an-old-host", old, page, seen=_google_badge(link))
    other = _google_badge(f"{PROFILE}/badges/25110002")
    yield Case("a-google-page-of-another-badge", link, _UNREAD, seen=other)
    listed = f"<h1>Mira Solano</h1><a href='{link}'><img></a><span>Earned Mar  3, 2026 EST</span>"
    nobodys = refused("not_an_award")
    yield Case("a-google-profile-in-the-readers-tab", PROFILE, nobodys, seen=_page(listed))
    private = _page("<div id='alert-message'>This profile is private.</div>")
    yield Case("a-private-google-profile", PROFILE, nobodys, seen=private)


def _google_badge(link: str) -> bytes:
    return (
        '<!DOCTYPE html><html><head><meta property="og:title" content="Lay a Hedge with Cloud Run">'
        f'<meta property="og:url" content="{link}"></head><body></body></html>'
    ).encode()


def _linkedin() -> Iterator[Case]:
    number = "0a1b2c3d" * 8
    link = f"https://www.linkedin.com/learning/certificates/{number}"
    page = comes_out("unvouched", genuine="issuer_page", current="no_status", issuer="not_listed")
    own = _learned(number)
    yield Case("a-linkedin-certificate-that-opens", link, page, {link: Answer(own, "text/html")})
    yield Case("a-linkedin-certificate-in-the-readers-tab", link, page, seen=own)
    other = _learned("b" * 64)
    yield Case("a-linkedin-page-of-another-certificate", link, _UNREAD, seen=other)
    wall = Answer(redirect="https://www.linkedin.com/authwall?trk=x")
    door = Answer(_page("<h1>Sign in</h1><input type=password>"), "text/html")
    led = {link: wall, "https://www.linkedin.com/authwall?trk=x": door}
    yield Case("a-linkedin-certificate-behind-a-sign-in", link, _UNREAD, led)


def _learned(number: str) -> bytes:
    return _page(
        "<h1>Certificate of Completion</h1><p>Congratulations, Mira Solano</p>"
        "<h2>Laying Hedges</h2>"
        "<p>Course completed on May 02, 2025 at 04:31PM UTC \u2022 2 hours 11 minutes</p>"
        f"<p>Certificate Id: {number}</p>"
    )

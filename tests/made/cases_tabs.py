"""Cases of what the reader's own tab shows: whose page it is, and at which address."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.assertions import assertion, hosted
from tests.made.cases_microsoft import CERTIFICATION, PICTURES
from tests.made.expected import comes_out, refused
from tests.made.folder import Case, as_json
from tests.made.issuers import HARBOUR

COURSERA = "https://www.coursera.org/account/accomplishments/verify/MADEUPONE123"
_UNREAD = comes_out("unknown", genuine="page_unreadable", current="no_status", issuer="not_listed")
_PAGE = comes_out("unvouched", genuine="issuer_page", current="no_status", issuer="not_listed")
_WORDS = "<p>About this course: how hedges are laid, layer by layer, and kept.</p>" * 4
_CERTIFIED = (
    "<p>Mira Solano's account is verified. Coursera certifies their successful completion of "
    "<b>Hedge Laying</b></p>"
)


def cases() -> Iterator[Case]:
    """Every case of a tab."""
    yield from _microsoft()
    yield from _elsewhere()
    yield from _walls()
    own = assertion("Chart Reading", HARBOUR)
    at, web = own["id"], hosted(own, "Chart Reading")
    good = comes_out("verified", genuine="hosted")
    altered = as_json({**own, "issuedOn": "2031-01-01T00:00:00Z"})
    yield Case("a-tab-that-shows-what-a-school-hosts", at, good, web, seen=altered)
    gone = f"{HARBOUR.home}/assertions/knots"
    alone = as_json({**own, "id": gone})
    yield Case("a-tab-that-shows-what-no-school-hosts", gone, refused("unreachable"), seen=alone)


def _microsoft() -> Iterator[Case]:
    level = f"{PICTURES}/certification/badges/microsoft-certified-general-badge-social.png"
    stated = comes_out("unknown", genuine="issuer_page", current="not_stated", issuer="not_listed")
    certified = _meta(title="Microsoft Certified: Tidal Data Fundamentals", image=level)
    page = f"{CERTIFICATION.partition('/api/')[0]}/en-us/users/mirasolano-12/credentials"
    for name, url in (("by-number", "0a0b0c0d0e0f0a0b"), ("by-title", "certification/tidal-data")):
        yield Case(
            f"a-microsoft-certification-{name}-in-the-tab",
            f"{page}/{url}",
            stated,
            seen=_page(certified),
        )


def _elsewhere() -> Iterator[Case]:
    """The very page that Coursera would show, where it is not Coursera's, or another award's."""
    page = _page(_CERTIFIED + _WORDS)
    coded = COURSERA.replace(":", "%3A").replace("/", "%2F")
    for name, url in (
        ("a-redirectors-page-in-the-tab", f"https://www.google.com/url?q={coded}"),
        ("a-verifiers-page-in-the-tab", f"https://badgecheck.io/?url={coded}"),
        ("a-page-over-http-in-the-tab", COURSERA.replace("https:", "http:")),
    ):
        yield Case(name, url, _UNREAD, seen=page)
    for name, host in (
        ("look-alike", "www.coursera.org.evil.example"),
        ("differently-spelled", "www.xn--coursra-fya.org"),
        ("oddly-numbered", "www.coursera.org:8443"),
    ):
        url = COURSERA.replace("www.coursera.org", host)
        yield Case(f"a-{name}-host-in-the-tab", url, refused("not_a_badge"), seen=page)
    named = COURSERA.replace("https://", "https://www.coursera.org@evil.example/")
    yield Case("a-host-behind-a-name-in-the-tab", named, refused("malformed"), seen=page)
    other = _meta(url=COURSERA.replace("123", "124"))
    another = _page(other + _CERTIFIED + _WORDS)
    yield Case("a-coursera-page-of-another-certificate", COURSERA, _UNREAD, seen=another)
    own = _page(_meta(url=f"{COURSERA}?utm_source=x") + _CERTIFIED + _WORDS)
    yield Case("a-coursera-page-that-names-its-own-address", COURSERA, _PAGE, seen=own)


def _walls() -> Iterator[Case]:
    script = "<div id=root></div><script>draw()</script>"
    for name, body in (
        ("bot-check", "<title>Just a moment...</title><p>Verifying you are human."),
        ("sign-in", f"<title>Coursera</title><input type=password>{_WORDS}"),
        ("empty-shell", script),
        ("changed-layout", f"<title>Coursera</title><h1>Hedge Laying</h1>{_WORDS}"),
        ("page-too-large", "x" * (2 * 2**20 + 1)),
        ("certificate-in-a-script", f"<script>'{_CERTIFIED}'</script>{_WORDS}"),
        ("certificate-in-a-comment", f"<!-- {_CERTIFIED} -->{_WORDS}"),
    ):
        yield Case(f"a-{name}-in-the-tab", COURSERA, _UNREAD, seen=_page(body))


def _meta(**said: str) -> str:
    return "".join(f'<meta property="og:{name}" content="{text}">' for name, text in said.items())


def _page(body: str) -> bytes:
    return f"<!DOCTYPE html><html>{body}</html>".encode()

"""Cases of what the platforms do that leads a reader astray, beside those of each platform."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

from msgspec.structs import replace

from tests.made import cases_credly as credly
from tests.made.assertions import assertion, hosted
from tests.made.cases_microsoft import CERTIFICATION, PICTURES
from tests.made.cases_platforms import PROFILE
from tests.made.expected import comes_out, refused
from tests.made.folder import Answer, Case, Web, as_json
from tests.made.issuers import HARBOUR

_UNSAID = comes_out("unknown", genuine="page_unreadable", current="no_status", issuer="not_listed")
_HOSTED = comes_out("verified", genuine="hosted", issuer="platform_vouched")


def cases() -> Iterator[Case]:
    """Every case of these."""
    yield from _pictures()
    yield from _ids()
    yield from _titles()
    yield from _recipients()
    yield from _catalogues()
    listed = f"<h1>Mira Solano</h1><a href='{PROFILE}/badges/7'></a><span>Erhalten: 3. März 2026"
    page = f"<!DOCTYPE html><html><body>{listed}</body></html>".encode()
    nobodys = refused("not_an_award")
    yield Case("a-google-profile-in-another-language", PROFILE, nobodys, seen=page)
    bare = b"<!DOCTYPE html><html><title>Just a moment...</title>"
    yield Case("a-google-profile-behind-a-bot-check", PROFILE, nobodys, seen=bare)
    one = f"{PROFILE}/badges/7"
    dated = b'<!DOCTYPE html><html><meta property="og:title" content="Earned Jun 13, 2026 EDT">'
    yield Case("a-google-badge-with-a-date-for-a-title", one, _UNSAID, seen=dated)


def _pictures() -> Iterator[Case]:
    """Pictures that name no award, whatever lies beside them."""
    shown = comes_out("unknown", genuine="picture_only", current="no_status", issuer="not_listed")
    for name, url in (
        ("a-lab-screenshot-at-google", f"https://cdn.qwiklabs.com/{'aB3' * 14}%3D"),
        (
            "a-picture-of-every-holder-at-microsoft",
            "https://learn.microsoft.com/training/achievements/generic-badge.svg",
        ),
        (
            "an-old-picture-at-acclaim",
            f"https://images.youracclaim.com/images/{credly.CLASS}/x.png",
        ),
    ):
        yield Case(name, url, shown)


def _ids() -> Iterator[Case]:
    """An assertion that Credly gives out under one id, and says that it is another."""
    mismatch = comes_out(
        "invalid", genuine="id_mismatch", current="status_unreachable", issuer="not_listed"
    )
    outside = comes_out("invalid", genuine="out_of_scope", issuer="not_listed", current="no_expiry")
    for name, other in (
        ("anothers-id", credly.ASSERTION.replace(credly.ONE, credly.CLASS)),
        ("an-id-elsewhere", credly.ASSERTION.replace("api.credly.com", "evil.example")),
        (
            "an-id-at-a-look-alike",
            credly.ASSERTION.replace("credly.com", "credly.com.evil.example"),
        ),
    ):
        web = _with(credly.award_web(), id=other)
        yield Case(f"an-award-at-credly-with-{name}", credly.AWARD, mismatch, web)
    elsewhere = "https://evil.example/badge_assertions/1"
    led = {**credly.award_web(), credly.ASSERTION: Answer(redirect=elsewhere)}
    led[elsewhere] = credly.award_web()[credly.ASSERTION]
    yield Case("an-award-at-credly-that-leads-elsewhere", credly.AWARD, outside, led)
    wrong = {credly.ASSERTION: Answer(b"{}", status=500)}
    missing = comes_out("unknown", genuine="host_unreachable", current="no_status")
    yield Case("an-award-at-credly-that-answers-with-an-error", credly.AWARD, missing, wrong)


def _titles() -> Iterator[Case]:
    """Titles of award pages, in which a badge's name and its holder's stand side by side."""
    named = {"names": ["Mira Solano Jr."]}
    met = {**_HOSTED, "codes": {**_HOSTED["codes"], "recipient": "name_match"}}
    met["codes"]["current"] = "no_expiry"
    for name, badge, title in (
        ("a-name-that-ends-with-a-dot", credly.NAME, f"{credly.NAME}{{}} to Mira Solano Jr.."),
        ("its-dot-left-out", credly.NAME, f"{credly.NAME}{{}} to Mira Solano Jr."),
        ("expired-in-its-name", "Milk (Expired)", "Milk (Expired){} to Mira Solano Jr.."),
        ("marks-in-its-name", "Salt & <Light>", "Salt &amp; &lt;Light&gt;{} to Mira Solano Jr.."),
    ):
        text = title.format(" was issued by Cedar Valley College")
        head = f'<!doctype html><head><meta property="og:title" content="{text}">'
        web = credly.award_web(name=badge)
        web = {**web, credly.AWARD: Answer(head.encode(), "text/html")}
        case = Case(f"an-award-at-credly-with-{name}", credly.AWARD, met, web)
        yield replace(case, person=named)


def _recipients() -> Iterator[Case]:
    """Hashes of an address, salted and not."""
    hers = {"emails": ["mira@example.org"], "exact": True}
    for name, salt, verdict, code in (
        ("no-salt", {}, "verified", "email_match"),
        ("a-salt-that-is-null", {"salt": None}, "verified", "email_match"),
        ("an-empty-salt", {"salt": ""}, "verified", "email_match"),
    ):
        own = assertion("Chart Reading", HARBOUR)
        own["recipient"] = {"type": "email", "hashed": True, "identity": _HASH, **salt}
        expect = comes_out(verdict, genuine="hosted", recipient=code)
        web = hosted(own, "Chart Reading")
        yield Case(f"a-hash-with-{name}", as_json(own), expect, web, person=hers)


def _catalogues() -> Iterator[Case]:
    """A share link that was withdrawn, and leads to what Microsoft shows of the exam itself."""
    image = f"{PICTURES}/certification/badges/microsoft-certified-general-badge-social.png"
    page = (
        '<!DOCTYPE html><meta property="og:title" content="Microsoft Certified: Tidal Data">'
        f'<meta property="og:image" content="{image}">'
    )
    for name, path in (
        ("the-catalogue", "/en-us/credentials/certifications/tidal-data/"),
        ("a-page-nobody-knows", "/en-us/certifications/"),
        ("its-holders-profile", "/en-us/users/mirasolano-12/"),
    ):
        there = f"https://learn.microsoft.com{path}"
        web = {CERTIFICATION: Answer(redirect=there), there: Answer(page.encode(), "text/html")}
        yield Case(f"a-microsoft-link-that-leads-to-{name}", CERTIFICATION, _UNSAID, web)
    there = "https://learn.microsoft.com/en-us/users/mirasolano-12/credentials/0A0B0C0D0E0F0A0B"
    web = {CERTIFICATION: Answer(redirect=there), there: Answer(page.encode(), "text/html")}
    stated = comes_out("unknown", genuine="issuer_page", current="not_stated", issuer="not_listed")
    yield Case("a-microsoft-link-that-leads-to-its-page", CERTIFICATION, stated, web)


_HASH = "sha256$" + hashlib.sha256(b"mira@example.org").hexdigest()


def _with(web: Web, **members: object) -> Web:
    answer = web[credly.ASSERTION]
    changed = {**json.loads(answer.content or b"{}"), **members}
    return {**web, credly.ASSERTION: replace(answer, content=as_json(changed))}

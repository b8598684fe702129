"""Cases of files that a holder handed on: as Touchstone writes them, and as others forge them."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

from tests.made import cases_credly, cvs, png
from tests.made.cases_cvs import baked, web
from tests.made.cases_genuine import good
from tests.made.credentials import by, plain_name
from tests.made.cvs import Line
from tests.made.expected import comes_out, refused
from tests.made.folder import Case, as_json
from tests.made.issuers import HOLDER, HOLDER_EMAIL, RIVERSIDE, STRANGER

#: Words and links that would be claims, and awards, in anybody else's page.
_AROUND = (
    "<h2>Professor of Everything</h2><p>Rocket Science, Riverside College, May 2019</p>"
    f'<p>Criteria: <a href="{cases_credly.AWARD}">what had to be done</a></p>'
)


def cases() -> Iterator[Case]:
    """Every case of a file that was handed on."""
    hers, other = baked("Data Literacy"), baked("Research Methods")
    of = f"{HOLDER}, {HOLDER_EMAIL}"
    yield _case("by-its-holder", page(of, hers, other), "verified", "verified")
    yield _case("that-names-nobody", page("", hers, other), "holder_unproven", "holder_unproven")
    strangers = baked("Research Methods", plain_name(STRANGER))
    yield _case("with-anothers-badge", page(of, hers, strangers), "verified", "not_theirs")
    text = as_json(by(RIVERSIDE, good())).replace(b"Data Literacy", b"Data Artistry").strip()
    altered = png.picture(png.international(text, b"openbadgecredential"))
    yield _case("with-an-altered-badge", page(of, altered, other), "invalid", "verified")
    place = f'<a class="place" href="{cases_credly.AWARD}" rel="noreferrer">there</a>'
    yield _case("that-says-where-a-badge-is", page(of, hers, more=place), "verified", "verified")
    alone = page("", as_json(by(RIVERSIDE, good())))
    yield Case("a-file-handed-on-with-one-credential", alone, comes_out("verified"), web())
    broken = page(of).replace(b"</main>", b'<a download="badge-1.png" href="data:,">x</a></main>')
    yield Case("a-file-handed-on-without-a-badge", broken, refused("not_a_badge"), web())
    info = f"/Author (Touchstone 0.1.0) /Keywords ({of})".encode()
    lines = (Line("Rocket Science, May 2019", cases_credly.AWARD),)
    paper = cvs.pdf(lines, hers, other, info=info)
    yield _case("on-paper", paper, "verified", "verified")
    receipts = b'{"version": 1, "receipts": [{"proof": {}}], "bodies": {}}'
    receipt = cvs.pdf((Line("Verified"),), receipts, info=info)
    yield Case("a-receipt-on-paper", receipt, refused("not_a_badge"), web())


def page(named: str, *badges: bytes, more: str = "") -> bytes:
    """The page: whom it names, and the badges in it, under what somebody wrote around them."""
    author = f'<meta name="author" content="{named}">\n' if named else ""
    links = "".join(
        f'<p><a download="badge-{number}.{_ending(one)}" href="data:application/octet-stream;'
        f'base64,{b64encode(one).decode()}">Save this badge</a></p>\n'
        for number, one in enumerate(badges, 1)
    )
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="generator" content="Touchstone 0.1.0">\n{author}<title>Badges</title>\n'
        f"</head>\n<body>\n<main>\n{_AROUND}\n{links}{more}</main>\n</body>\n</html>\n"
    ).encode()


def _ending(badge: bytes) -> str:
    return "png" if badge.startswith(b"\x89PNG") else "json"


def _case(name: str, content: bytes, *bundle: str) -> Case:
    paper = comes_out("unknown", genuine="page_only", current="no_status")
    expect: dict[str, Any] = {**paper, "bundle": list(bundle)}
    return Case(f"a-file-handed-on-{name}", content, expect, web())

"""`make live`: opens one public address of each platform and says which answer as expected.

Never in CI. The addresses lead to no person: they are catalogue pages, or awards that nobody has.
Where terms or robots files keep programs out nothing is opened.
"""

from __future__ import annotations

import sys

import anyio
import click
from msgspec import Struct

from verifier.model import ACCEPT, Document, Request
from verifier.ports import Fetcher
from verifier.providers.platform import PAGE
from wallet_server.fetcher import WebFetcher

JSON = "application/json"
_NOBODY = "00000000-0000-4000-8000-000000000000"


class Expected(Struct, frozen=True):
    """An address, what is asked for there, and the status and beginning of the type expected."""

    url: str
    status: int
    media_type: str = "text/html"
    accept: str = PAGE


#: From descriptions of the platforms; an answer that differs is a reason to look, not a fault.
ADDRESSES: dict[str, Expected] = {
    "credly": Expected(
        f"https://api.credly.com/v1/obi/v2/badge_assertions/{_NOBODY}", 404, JSON, ACCEPT
    ),
    "microsoft": Expected(
        "https://learn.microsoft.com/api/catalog/?locale=en-us&type=levels", 200, JSON, ACCEPT
    ),
    "linkedin": Expected(f"https://www.linkedin.com/learning/certificates/{'0' * 64}", 404),
    "accredible": Expected(
        f"https://api.accredible.com/v1/credential-net/credentials/{_NOBODY}", 404, JSON, ACCEPT
    ),
    "badgr": Expected(f"https://api.badgr.io/public/assertions/{'0' * 22}", 404, "", ACCEPT),
    "open-badge-passport": Expected("https://openbadgepassport.com/", 200),
    "adobe": Expected(f"https://certification.adobe.com/credential/verify/{_NOBODY}", 404, ""),
    "badgecert": Expected("https://bcert.me/", 200),
    "certifier": Expected(f"https://www.credsverse.com/credentials/{_NOBODY}", 404),
    "cisco-netacad": Expected("https://www.netacad.com/", 200),
    "edx": Expected(f"https://courses.edx.org/certificates/{'0' * 32}", 404),
    "sertifier": Expected(f"https://verified.sertifier.com/en/verify/{'0' * 14}/", 200),
    "skilljar": Expected("https://verify.skilljar.com/c/000000000000", 404),
    "trailhead": Expected("https://trailhead.salesforce.com/", 200),
    "verifierplus": Expected(
        f"https://verifierplus.org/api/credentials/{_NOBODY}", 404, JSON, ACCEPT
    ),
}
#: Platform → why nothing of it is opened.
CLOSED = {
    "google": "it checks that its visitors are people",
    "google-developers": "it holds no award",
    "coursera": "its robots file forbids it",
    "udemy": "its robots file forbids it",
    "moodle": "every school has its own",
}


def differs(document: Document, expected: Expected) -> str | None:
    """What is not as expected about an answer, `None` where it is."""
    if document.error is not None:
        return f"no answer ({document.error})"
    if document.status != expected.status:
        return f"answered {document.status}, expected {expected.status}"
    if not (document.content_type or "").startswith(expected.media_type):
        return f"answered {document.content_type}, expected {expected.media_type}"
    return None


async def ask(web: Fetcher) -> bool:
    """Print a line a platform; whether each answered as expected."""
    fine, heard = True, False
    for platform, one in ADDRESSES.items():
        document = await web.fetch(Request(one.url, one.accept))
        difference = differs(document, one)
        fine, heard = fine and difference is None, heard or document.error is None
        click.echo(f"{platform:20} {difference or 'as expected'}  {one.url}")
    for platform, reason in CLOSED.items():
        click.echo(f"{platform:20} not opened: {reason}")
    if not heard:
        click.echo("Nobody answered, so this says nothing of the platforms: is there a network?")
    return fine


async def main() -> bool:
    """The same, of the web itself."""
    async with WebFetcher() as web:
        return await ask(web)


if __name__ == "__main__":
    sys.exit(not anyio.run(main))

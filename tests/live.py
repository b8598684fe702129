"""`make live`: opens one public address of each platform and says which still answer as recorded.

Never in CI. The addresses lead to no person: they are catalogue pages, or awards that nobody has.
Where terms or robots files keep programs out nothing is opened.
"""

from __future__ import annotations

import sys

import anyio
import click

from verifier.model import ACCEPT, Document, Request
from verifier.providers.platform import PAGE
from wallet_server.fetcher import WebFetcher

_NOBODY = "00000000-0000-4000-8000-000000000000"
#: Platform → address, what is asked for, the status on record and the beginning of the type.
ADDRESSES: dict[str, tuple[str, str, int, str]] = {
    "credly": (
        f"https://api.credly.com/v1/obi/v2/badge_assertions/{_NOBODY}",
        *(ACCEPT, 404, "application/json"),
    ),
    "microsoft": (
        "https://learn.microsoft.com/api/catalog/?locale=en-us&type=levels",
        *(ACCEPT, 200, "application/json"),
    ),
    "linkedin": (
        f"https://www.linkedin.com/learning/certificates/{'0' * 64}",
        *(PAGE, 404, "text/html"),
    ),
    "accredible": (
        f"https://api.accredible.com/v1/credential-net/credentials/{_NOBODY}",
        *(ACCEPT, 404, "application/json"),
    ),
    "badgr": (f"https://api.badgr.io/public/assertions/{'0' * 22}", ACCEPT, 404, ""),
    "open-badge-passport": ("https://openbadgepassport.com/", PAGE, 200, "text/html"),
    "adobe": (f"https://certification.adobe.com/credential/verify/{_NOBODY}", PAGE, 404, ""),
    "badgecert": ("https://bcert.me/", PAGE, 200, "text/html"),
    "certifier": (f"https://www.credsverse.com/credentials/{_NOBODY}", PAGE, 404, "text/html"),
    "cisco-netacad": ("https://www.netacad.com/", PAGE, 200, "text/html"),
    "edx": (f"https://courses.edx.org/certificates/{'0' * 32}", PAGE, 404, "text/html"),
    "sertifier": (f"https://verified.sertifier.com/en/verify/{'0' * 14}/", PAGE, 200, "text/html"),
    "skilljar": ("https://verify.skilljar.com/c/000000000000", PAGE, 404, "text/html"),
    "trailhead": ("https://trailhead.salesforce.com/", PAGE, 200, "text/html"),
    "verifierplus": (
        f"https://verifierplus.org/api/credentials/{_NOBODY}",
        *(ACCEPT, 404, "application/json"),
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


def differs(document: Document, status: int, media_type: str) -> str | None:
    """What is not as recorded about an answer, `None` where it is."""
    if document.error is not None:
        return f"no answer ({document.error})"
    if document.status != status:
        return f"answered {document.status}, on record is {status}"
    if not (document.content_type or "").startswith(media_type):
        return f"answered {document.content_type}, on record is {media_type}"
    return None


async def main() -> bool:
    """Print a line a platform; whether each answered as recorded."""
    fine = True
    async with WebFetcher() as web:
        for platform, (url, accept, status, media_type) in ADDRESSES.items():
            difference = differs(await web.fetch(Request(url, accept)), status, media_type)
            fine = fine and difference is None
            click.echo(f"{platform:20} {difference or 'as recorded'}  {url}")
    for platform, reason in CLOSED.items():
        click.echo(f"{platform:20} not opened: {reason}")
    return fine


if __name__ == "__main__":
    sys.exit(not anyio.run(main))

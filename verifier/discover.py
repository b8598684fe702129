"""Page → Payload: the one credential that a page on any host holds, or names the address of.

It is proven by itself alone: anybody may write another's credential into a page of their own.
"""

from __future__ import annotations

from msgspec import Struct

from verifier.answers import answered, final_address
from verifier.containers import text
from verifier.errors import NoCredential
from verifier.model import Document, Documents, Payload, Request
from verifier.papers.page import Found, found_in
from verifier.ports import Fetcher, Workers
from verifier.providers import at_its_platform
from verifier.providers.pages import Page
from verifier.providers.platform import Match

#: Containers whose address is the credential's own.
_TEXTS = frozenset(("json", "jwt"))


class Discovered(Struct, frozen=True):
    """What was found, and the documents it took."""

    payload: Payload
    documents: Documents


async def discover(
    page: Page, fetcher: Fetcher, workers: Workers, source: str
) -> Discovered | Match | None:
    """The credential in `page`, else the award of a platform that it shows under another name;
    `None` where there is neither.

    Only where it holds none itself is an address asked that it names. Raises `NoCredential`:
    `ambiguous` with what was found, and `not_an_award` for a page that links to awards elsewhere;
    and `TooCostly`.
    """
    found, labelled = await workers.run(_looked_through, page)
    documents: dict[Request, Document] = {}
    payloads = [Payload(source, one, "html") for one in found.credentials]
    for at in () if payloads else found.alternates:
        document = documents[Request(at)] = await fetcher.fetch(Request(at))
        try:
            baked = await answered(document, workers)
        except NoCredential:
            continue
        if text.may_be_award(baked.content):
            where = final_address(document) if baked.container in _TEXTS else None
            payloads.append(Payload(source, baked.content, baked.container, where))
    different = {one.content.strip(): one for one in payloads}
    if len(different) > 1:
        says = f"There are {len(different)} different badges in this page. Check the one meant."
        raise NoCredential("ambiguous", says, tuple(text.title(one) for one in different))
    if not different and found.awards:
        says = "This page is no award: it links to awards elsewhere. Pick the one to check."
        raise NoCredential("not_an_award", says, found.awards)
    return next((Discovered(one, documents) for one in different.values()), labelled)


def _looked_through(page: Page) -> tuple[Found, Match | None]:
    return found_in(page), at_its_platform(page)

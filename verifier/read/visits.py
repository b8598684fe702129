"""Address → Payload: the credential that an address leads to.

An address that belongs to a platform is read as its file in `verifier.providers` says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

from msgspec.structs import replace

from verifier.answers import answered, final_address, require
from verifier.containers import text
from verifier.containers.foreign import is_page
from verifier.errors import NoCredential, TooCostly
from verifier.gather import gather
from verifier.model import Credential, Document, Documents, Payload, Problem, Request
from verifier.providers import at_home, locate, unwrap
from verifier.providers.pages import Page, costly, is_sign_in, own_address, page_of
from verifier.providers.platform import PAGE, Match, Sees, Shape, unread
from verifier.read.reading import Lent, Reading, too_costly
from verifier.unread import gave_page, misread, page_trouble, problem_of, unasked

_ASK_ISSUER = "Only the issuer can mend this, by giving the badge out at that address."
#: Containers that are the credential.
_TEXTS = frozenset(("json", "jwt"))
#: A page of less than this is read at once, a larger one in a worker.
_PAGE_AT_ONCE = 128 * 1024
#: Links that are looked at where a short link leads.
_LINKS = 500
T = TypeVar("T")


async def reach(at: str, container: str, lent: Lent) -> Reading:
    """What an address of no platform leads to; the reader's own tab may show it already. Raises
    `NoCredential`.
    """
    if lent.seen is not None and is_page(lent.seen.content):
        none = NoCredential("not_a_badge", "No badge was found in the page in your tab.")
        return await discover(page_of(lent.seen), {}, none, lent)
    return await fetch(Request(at), container, lent, {})


async def fetch(request: Request, container: str, lent: Lent, held: Documents) -> Reading:
    """The credential that an address gives out, or a file that it gives out names the address of.

    Raises `NoCredential`.
    """
    documents = dict(held)
    if request not in documents:
        documents[request] = await lent.fetcher.fetch(request)
    document = documents[request]
    try:
        baked = await answered(document, lent.workers)
    except NoCredential as error:
        if error.code != "not_a_badge" or container != "url" or not gave_page(document):
            raise
        return await discover(page_of(document), documents, error, lent)
    at = None
    if baked.container not in _TEXTS:
        at = text.address(baked.content)
        if container != "url":
            raise NoCredential(
                "not_a_badge",
                f"The address found in this file, {request.url}, leads to another file. "
                f"{_ASK_ISSUER}",
            )
        container = baked.container
    if at is None:
        where = final_address(document) if baked.container in _TEXTS else None
        return Reading(lent.name, Payload(lent.name, baked.content, container, where), documents)
    return await fetch(Request(at), container, lent, documents)


async def discover(page: Page, documents: Documents, error: NoCredential, lent: Lent) -> Reading:
    """The one credential that a page on any host leads to. Raises `error` or another."""
    from verifier.discover import Discovered, discover

    try:
        found = await discover(page, lent.fetcher, lent.workers, lent.name)
    except TooCostly as stopped:
        raise too_costly() from stopped
    if isinstance(found, Discovered):
        return Reading(lent.name, found.payload, {**documents, **found.documents})
    at_home = None if found is None else locate(found.canonical)
    if found is None or at_home is None:
        raise error
    reading = await visit(found, at_home[1], "url", replace(lent, seen=None))
    return replace(reading, documents={**documents, **reading.documents})


async def visit(match: Match, shape: Shape, container: str, lent: Lent) -> Reading:
    """What a platform's address leads to. An award that can't be read is told of all the same.

    Raises `NoCredential`.
    """
    held: Documents = {}
    if lent.seen is not None:
        held = {Request(match.canonical, PAGE): lent.seen}
        credential = await _see(match, shape, lent.seen, lent)
        if credential is not None:
            return _reading(match, credential, held, lent)
    if shape.kind == "short_link":
        return await _follow(match, container, lent)
    if shape.asks is None:
        wrong = None
        if lent.seen is not None and shape.sees is not None:
            wrong = await _wrong(page_trouble, match, lent.seen, lent)
        return _reading(match, unasked(match, shape, wrong), held, lent)
    held = await gather(lambda known: shape.requests(match, known), lent.fetcher, held)
    first = _first(shape.requests(match, held), held)
    try:
        if shape.reads is not None:
            require(first)
            found = shape.reads(match, held) if at_home(first, match.provider) else None
            if found is None:
                found = unread(match, await _wrong(misread, match, first, lent), shape.award)
            return _reading(match, found, held, lent)
        if shape.sees is not None or gave_page(first):
            require(first)
            found = await _see(match, shape, first, lent)
            if found is None:
                found = unread(match, await _wrong(page_trouble, match, first, lent), shape.award)
            return _reading(match, found, held, lent)
        reading = await fetch(_request(held, first), container, lent, held)
        return replace(reading, provider=match.provider)
    except NoCredential as error:
        problem = problem_of(shape, error, first)
        if problem is None:
            raise
        return _reading(match, unread(match, problem, shape.award), held, lent)


def _first(requests: Iterable[Request], held: Documents) -> Document:
    """The first answer that says something: a platform may have moved since an address was given
    out. Where none does, the first of all.
    """
    asked = [held[request] for request in requests]
    return next((one for one in asked if one.status is not None), asked[0])


def _reading(match: Match, found: Payload | Credential, held: Documents, lent: Lent) -> Reading:
    return Reading(lent.name, found, held, match.provider)


def _request(held: Documents, document: Document) -> Request:
    return next(request for request, one in held.items() if one is document)


async def _see(match: Match, shape: Shape, document: Document, lent: Lent) -> Credential | None:
    """What the platform's file reads in a page, `None` where it can't. Raises `NoCredential`.

    A page that was led to is read as what stands there, if that is an award of the same platform:
    its catalogue shows the same things and is nobody's award. One that says of itself that it is
    another award's is not read.
    """
    sees = shape.sees
    if sees is None or not at_home(document, match.provider):
        return None
    if is_sign_in(final_address(document)):
        return None
    if final_address(document) != document.url:
        led = locate(final_address(document))
        if led is None or led[0].kind != match.kind:
            return None
        match, shape = led
    page = page_of(document)
    try:
        own, found = await _run(document, lent, _seen, sees, match, page)
    except TooCostly:
        return None
    itself = locate(own or "")
    is_anothers = itself is not None and itself[1] is shape and itself[0].id != match.id
    return None if is_anothers else found


def _seen(sees: Sees, match: Match, page: Page) -> tuple[str | None, Credential | None]:
    return own_address(page), sees(match, page)


async def _wrong(
    tells: Callable[[Match, Document], Problem], match: Match, document: Document, lent: Lent
) -> Problem:
    """Why `document`, which should show an award, does not."""
    try:
        return await _run(document, lent, tells, match, document)
    except TooCostly:
        return costly(final_address(document))


async def _run(document: Document, lent: Lent, function: Callable[..., T], *arguments: object) -> T:
    """The result of what reads a platform's page. Raises `TooCostly`."""
    if len(document.content) <= _PAGE_AT_ONCE:
        return function(*arguments)
    return await lent.workers.run(function, *arguments)


async def _follow(match: Match, container: str, lent: Lent) -> Reading:
    """Where a short link leads: one look-up, and no second short link. Raises `NoCredential`."""
    lent = replace(lent, seen=None)
    request = Request(match.canonical, PAGE)
    document = await lent.fetcher.fetch(request)
    target = final_address(document)
    located = locate(unwrap(target) or target)
    if located is not None and located[0].kind != "short_link":
        reading = await visit(*located, container, lent)
        return replace(reading, documents={request: document, **reading.documents})
    require(document)
    try:
        awards = await lent.workers.run(_linked, page_of(document))
    except TooCostly as stopped:
        raise too_costly() from stopped
    only = locate(awards[0]) if len(awards) == 1 else None
    if only is None:
        says = f"{match.canonical} leads to {target}, where no single award is."
        raise NoCredential("not_a_badge", says, (target,))
    reading = await visit(*only, container, lent)
    return replace(reading, documents={request: document, **reading.documents})


def _linked(page: Page) -> tuple[str, ...]:
    """An address of each award that a page links to."""
    links = [str(link["href"]) for link in page.soup.find_all("a", href=True, limit=_LINKS)]
    awards: dict[str, str] = {}
    for at in (unwrap(link) or link for link in links):
        located = locate(at)
        if located is not None and located[0].kind == "award":
            awards[located[0].canonical] = at
    return tuple(awards.values())

"""Source → Payload: bytes, text or an address, to the credential that is in or behind it.

An address that belongs to a platform is read as its file in `verifier.providers` says.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import read_address
from verifier.answers import answered, final_address, require, unbaked
from verifier.containers import text
from verifier.containers.foreign import is_page
from verifier.errors import NoCredential, TooCostly
from verifier.gather import gather
from verifier.model import Credential, Document, Documents, Payload, Request
from verifier.ports import Fetcher, Workers
from verifier.providers import (
    Match,
    Shape,
    at_home,
    at_its_platform,
    discreet,
    locate,
    unwrap,
    wraps,
)
from verifier.providers.pages import (
    Page,
    is_sign_in,
    own_address,
    page_of,
)
from verifier.providers.platform import PAGE, unread
from verifier.unread import gave_page, misread, page_trouble, problem_of, unasked

_ASK_ISSUER = "Only the issuer can mend this, by giving the badge out at that address."
#: Containers that are the credential, and those whose address is the credential's own, as baked.
_TEXTS = frozenset(("json", "jwt"))
_BAKED = frozenset(("png", "svg"))
_WRAPS_NOTHING = (
    "{host} is no badge's place: its links lead on to other addresses, and this one holds none "
    "that can be followed. Open the link, and check the address where you arrive."
)
_TOO_COSTLY = (
    "Reading this document would take more work than any CV needs, so it was stopped. Ask its "
    "holder for the badges themselves."
)
_COST = ("document.cost",)
#: Containers that may be documents with other awards in them, beside the badge that they carry.
_WRITTEN = frozenset(("pdf",))
#: A page of less than this is read at once, a larger one in a worker.
_PAGE_AT_ONCE = 128 * 1024


class Reading(Struct, frozen=True):
    """What a source holds: a credential still to be parsed, or one that a platform's file has read.

    `documents` had to be fetched for it; `provider` is the platform whose address it came from.
    """

    source: str
    found: Payload | Credential
    documents: Documents
    provider: str | None = None


class _Lent(Struct, frozen=True):
    fetcher: Fetcher
    workers: Workers
    name: str
    seen: Document | None = None


async def read(
    source: bytes | str,
    *,
    fetcher: Fetcher,
    workers: Workers,
    label: str | None = None,
    seen: Document | None = None,
) -> Reading:
    """The one credential in `source`, and what had to be fetched for it.

    An address is fetched, and so is an address in a picture, a document or an archive; no further
    hop is made. An address that answers 410 gives its JSON, or an empty object, as the credential:
    that answer is the issuer's word that it was taken back. `seen` is what the reader's own tab
    shows at the address that `source` is. Raises `NoCredential`; what was fetched before it is
    lost, since there is no report for it to stand in.
    """
    content = source.encode("utf-8", "replace") if isinstance(source, str) else source
    try:
        baked = await unbaked(content, workers)
    except NoCredential as error:
        return await _unbadged(content, error, _Lent(fetcher, workers, label or ""))
    if baked.container in _WRITTEN:
        from verifier.papers import document  # here: most badges are no papers

        paper = await _paper(content, workers)
        if paper is not None and paper.bundle and document.leads_beyond(paper, baked.content):
            return _on_paper(paper, label)
    at = text.address(baked.content)
    lent = _Lent(fetcher, workers, label or _name(content, baked.container), seen)
    if at is None:
        return Reading(lent.name, Payload(lent.name, baked.content, baked.container), {})
    if baked.container not in _BAKED:
        within = unwrap(at)
        if within is None and wraps(at):
            raise NoCredential("not_a_badge", _WRAPS_NOTHING.format(host=read_address(at).host))
        located = locate(within or at)
        if located is not None:
            # A tab counts where it shows the platform's page itself, and nobody could change it.
            own = within is None and located[0].parts["scheme"] == "https"
            lent = lent if own else replace(lent, seen=None)
            return await _visit(*located, baked.container, lent)
        at = within or at
    if seen is not None and is_page(seen.content):
        none = NoCredential("not_a_badge", "No badge was found in the page in your tab.")
        return await _discover(page_of(seen), {}, none, lent)
    return await _fetch(Request(at), baked.container, lent, {})


async def _unbadged(content: bytes, error: NoCredential, lent: _Lent) -> Reading:
    """What a file without one badge in it leads to: as a paper, or as a page. Raises `error` or
    another.
    """
    if error.code not in ("not_a_badge", "ambiguous"):
        raise error
    page = is_page(content)
    try:
        paper = await _paper(content, lent.workers)
    except NoCredential as refusal:
        if not page or refusal.found != _COST:
            raise
        paper, none = None, refusal  # it may still be another kind of page
    else:
        none = error
    if paper is not None and _is_record(paper, error, page=page):
        return _on_paper(paper, lent.name)
    if not page or error.code != "not_a_badge":
        raise error
    lent = replace(lent, name=lent.name or "html")
    return await _discover(Page("", content), {}, none, lent)


def _is_record(paper: Credential, error: NoCredential, *, page: bool) -> bool:
    """Whether a paper is more than a wrapping: of several files in a document without a word no
    reader can tell which is meant, and a page with one credential is that credential's.
    """
    from verifier.papers import document

    if error.code == "ambiguous":
        return document.has_words(paper)
    return not page or not document.is_one_credential(paper)


def _on_paper(paper: Credential, label: str | None) -> Reading:
    return Reading(label or paper.container, paper, {}, paper.provider)


async def _paper(content: bytes, workers: Workers) -> Credential | None:
    """What a file without a badge in it says of awards, where it is of a kind that does. Raises
    `NoCredential`.
    """
    from verifier import papers

    if not papers.recognises(content):
        return None
    try:
        return await workers.run(papers.read, content)
    except TooCostly as error:
        raise _too_costly() from error


def _too_costly() -> NoCredential:
    return NoCredential("too_large", _TOO_COSTLY, _COST)


def _name(content: bytes, container: str) -> str:
    address = text.address(content)
    return container if address is None else discreet(address)


async def _fetch(request: Request, container: str, lent: _Lent, held: Documents) -> Reading:
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
        return await _discover(page_of(document), documents, error, lent)
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
    return await _fetch(Request(at), container, lent, documents)


async def _discover(page: Page, documents: Documents, error: NoCredential, lent: _Lent) -> Reading:
    """The one credential that a page on any host leads to. Raises `error` or another."""
    from verifier.discover import discover

    try:
        found = await discover(page, lent.fetcher, lent.workers, lent.name)
    except TooCostly:
        found, error = None, _too_costly()
    if found is not None:
        return Reading(lent.name, found.payload, {**documents, **found.documents})
    located = at_its_platform(page)
    if located is None:
        raise error
    reading = await _visit(*located, "url", replace(lent, seen=None))
    return replace(reading, documents={**documents, **reading.documents})


async def _visit(match: Match, shape: Shape, container: str, lent: _Lent) -> Reading:
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
        seen = None if lent.seen is None or shape.sees is None else page_trouble(match, lent.seen)
        return _reading(match, unasked(match, shape, seen), held, lent)
    held = await gather(lambda known: shape.requests(match, known), lent.fetcher, held)
    first = _first(shape.requests(match, held), held)
    try:
        if shape.reads is not None:
            require(first)
            found = shape.reads(match, held) if at_home(first, match.provider) else None
            found = found or unread(match, misread(match, first), shape.award)
            return _reading(match, found, held, lent)
        if shape.sees is not None or gave_page(first):
            require(first)
            found = await _see(match, shape, first, lent)
            found = found or unread(match, page_trouble(match, first), shape.award)
            return _reading(match, found, held, lent)
        reading = await _fetch(_request(held, first), container, lent, held)
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


def _reading(match: Match, found: Payload | Credential, held: Documents, lent: _Lent) -> Reading:
    return Reading(lent.name, found, held, match.provider)


def _request(held: Documents, document: Document) -> Request:
    return next(request for request, one in held.items() if one is document)


async def _see(match: Match, shape: Shape, document: Document, lent: _Lent) -> Credential | None:
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
        if len(document.content) <= _PAGE_AT_ONCE:
            own, found = own_address(page), sees(match, page)
        else:
            own = await lent.workers.run(own_address, page)
            found = await lent.workers.run(sees, match, page)
    except TooCostly:
        return None
    itself = locate(own or "")
    is_anothers = itself is not None and itself[1] is shape and itself[0].id != match.id
    return None if is_anothers else found


async def _follow(match: Match, container: str, lent: _Lent) -> Reading:
    """Where a short link leads: one look-up, and no second short link. Raises `NoCredential`."""
    lent = replace(lent, seen=None)
    request = Request(match.canonical, PAGE)
    document = await lent.fetcher.fetch(request)
    target = final_address(document)
    located = locate(unwrap(target) or target)
    if located is not None and located[0].kind != "short_link":
        reading = await _visit(*located, container, lent)
        return replace(reading, documents={request: document, **reading.documents})
    require(document)
    page = page_of(document)
    links = (str(link["href"]) for link in page.soup.find_all("a", href=True)[:500])
    awards = {
        found[0].canonical: found
        for found in (locate(unwrap(link) or link) for link in links)
        if found is not None and found[0].kind == "award"
    }
    if len(awards) != 1:
        says = f"{match.canonical} leads to {target}, where no single award is."
        raise NoCredential("not_a_badge", says, (target,))
    (only,) = awards.values()
    reading = await _visit(*only, container, lent)
    return replace(reading, documents={request: document, **reading.documents})

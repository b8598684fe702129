"""Source → Payload: bytes, text or an address, to the credential that is in or behind it."""

from __future__ import annotations

from msgspec.structs import replace

from verifier.addresses import read_address
from verifier.answers import unbaked
from verifier.containers import plain, text
from verifier.errors import NoCredential, TooCostly
from verifier.model import Credential, Document, Payload
from verifier.ports import Fetcher, Workers
from verifier.providers import discreet, locate, unwrap, wraps
from verifier.read.reading import COST, Lent, Reading, too_costly

__all__ = ["Reading", "read"]

#: Containers whose address is the credential's own, as baked.
_BAKED = frozenset(("png", "svg"))
_WRAPS_NOTHING = (
    "{host} is no badge's place: its links lead on to other addresses, and this one holds none "
    "that can be followed. Open the link, and check the address where you arrive."
)
#: Containers that may be documents with other awards in them, beside the badge that they carry.
_WRITTEN = frozenset(("pdf",))


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
    word = plain(content)
    if word is not None:
        name = label or word
        return Reading(name, Payload(name, content, word), {})
    try:
        baked = await unbaked(content, workers)
    except NoCredential as error:
        return await _unbadged(content, error, Lent(fetcher, workers, label or ""))
    if baked.container in _WRITTEN:
        from verifier.papers import document  # here: most badges are no papers

        paper = await _paper(content, workers)
        if paper is not None and paper.bundle and document.leads_beyond(paper, baked.content):
            return _on_paper(paper, label)
    at = text.address(baked.content)
    lent = Lent(fetcher, workers, label or _name(content, baked.container), seen)
    if at is None:
        return Reading(lent.name, Payload(lent.name, baked.content, baked.container), {})
    from verifier.read import visits  # here: most badges are files

    if baked.container not in _BAKED:
        within = unwrap(at)
        if within is None and wraps(at):
            raise NoCredential("not_a_badge", _WRAPS_NOTHING.format(host=read_address(at).host))
        located = locate(within or at)
        if located is not None:
            # A tab counts where it shows the platform's page itself, and nobody could change it.
            own = within is None and located[0].parts["scheme"] == "https"
            lent = lent if own else replace(lent, seen=None)
            return await visits.visit(*located, baked.container, lent)
        at = within or at
    return await visits.reach(at, baked.container, lent)


async def _unbadged(content: bytes, error: NoCredential, lent: Lent) -> Reading:
    """What a file without one badge in it leads to: as a paper, or as a page. Raises `error` or
    another.
    """
    if error.code not in ("not_a_badge", "ambiguous"):
        raise error
    from verifier.containers.foreign import is_page

    page = is_page(content)
    try:
        paper = await _paper(content, lent.workers)
    except NoCredential as refusal:
        if not page or refusal.found != COST:
            raise
        paper, none = None, refusal  # it may still be another kind of page
    else:
        none = error
    if paper is not None and _is_record(paper, error, page=page):
        return _on_paper(paper, lent.name)
    if not page or error.code != "not_a_badge":
        raise error
    from verifier.providers.pages import Page
    from verifier.read import visits

    lent = replace(lent, name=lent.name or "html")
    return await visits.discover(Page("", content), {}, none, lent)


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
        raise too_costly() from error


def _name(content: bytes, container: str) -> str:
    address = text.address(content)
    return container if address is None else discreet(address)

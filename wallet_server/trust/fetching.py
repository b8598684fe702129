"""Lists from an address, through the one door to the web: over https, bounded, kept with the moment
and the hash, and asked for again once a day.

A list that does not answer counts as it was last read, for a week. After that, or where it never
was read, every answer names it and nothing is concluded from an issuer's absence.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import read_address
from verifier.errors import Malformed
from verifier.model import Document, Request
from verifier.ports import Fetcher
from verifier.trust import IssuerList, read_list
from wallet_server.trust.folder import LISTS, Kept, read_order, renewed, write, write_order
from wallet_server.trust.keeping import free_name, named

#: A list is asked for again after this, and one that did not answer after that.
DUE, AGAIN = timedelta(days=1), timedelta(hours=1)
#: How often a running server looks whether a list is due.
CHECK_SECONDS = 600.0
BYTES = 2**20
_ACCEPT = "application/json, */*;q=0.5"
_ERRORS = {
    "timeout": "it did not answer in time",
    "refused": "it could not be reached",
    "tls": "its certificate does not hold",
    "dns": "its name leads nowhere",
    "redirect": "it leads on and on, or away from https",
    "too_large": "it is larger than 1 MiB",
    "address": "it is no address of the public web",
    "unlisted": "it is not in the documents folder",
}


class Asked(Struct, frozen=True):
    """What became of asking for one list: `error` says why it could not be read."""

    url: str
    name: str | None = None
    error: str | None = None


def is_due(kept: Kept, now: datetime) -> bool:
    """Whether a list is to be asked for again."""
    old = kept.fetched_at is None or now - kept.fetched_at >= DUE
    return (
        kept.url is not None and old and (kept.failed_at is None or now - kept.failed_at >= AGAIN)
    )


async def add_address(folder: Path, url: str, fetcher: Fetcher, now: datetime) -> Asked:
    """Keep the list at `url`, after the others; one that is kept already is asked for again.

    One that does not answer is kept all the same, as not read. Raises `Malformed` for an address
    that is not https, and for an answer that is no list.
    """
    url = _https(url)
    document = await fetcher.fetch(Request(url, _ACCEPT))
    lists = list(read_order(folder))
    if all(kept.url != url for kept in lists):
        if _trouble(document) is None:
            named(read_list(document.content))
        if len(lists) >= LISTS:
            raise Malformed("trust.many", f"There are {LISTS} lists already; remove one first.")
        write_order(folder, [*lists, Kept(url=url)])
    return _take(folder, url, document, now)


async def refresh(
    folder: Path, fetcher: Fetcher, now: datetime, *, which: Iterable[Kept] | None = None
) -> list[Asked]:
    """Ask for every fetched list again, or for those of `which`, side by side."""
    chosen = read_order(folder) if which is None else which
    urls = [kept.url for kept in chosen if kept.url is not None]
    documents: dict[str, Document] = {}

    async def one(url: str) -> None:
        documents[url] = await fetcher.fetch(Request(url, _ACCEPT))

    async with anyio.create_task_group() as tasks:
        for url in urls:
            tasks.start_soon(one, url)
    return [_take(folder, url, documents[url], now) for url in urls]


async def refresh_due(folder: Path, fetcher: Fetcher, now: datetime) -> None:
    """Ask for the lists whose day has come."""
    due = [kept for kept in read_order(folder) if is_due(kept, now)]
    if due:
        await refresh(folder, fetcher, now, which=due)


async def refreshing(folder: Path, fetcher: Fetcher) -> None:
    """Ask for lists whenever their day has come, until cancelled; a folder that can't be read or
    written is said so where the lists are shown.
    """
    while True:
        with suppress(Malformed, OSError):
            await refresh_due(folder, fetcher, datetime.now(UTC).replace(microsecond=0))
        await anyio.sleep(CHECK_SECONDS)


def _take(folder: Path, url: str, document: Document, now: datetime) -> Asked:
    """Keep what came; what is no list leaves the one from before in its place."""
    error = _trouble(document)
    found: IssuerList | None = None
    if error is None:
        try:
            found = read_list(document.content)
            named(found)
        except Malformed as malformed:
            found, error = None, malformed.says.rstrip(".")
    lists = []
    for kept in read_order(folder):
        if kept.url == url and found is not None:
            file = kept.file or free_name(folder, found.name)
            write(folder, file, document.content)
            kept = renewed(kept, document.content, now, file)
        elif kept.url == url:
            kept = replace(kept, error=error, failed_at=now)
        lists.append(kept)
    write_order(folder, lists)
    return Asked(url, found.name if found else None, error)


def _trouble(document: Document) -> str | None:
    """Why a look-up gave nothing to read, or `None`."""
    if document.error is not None:
        return _ERRORS.get(document.error, "it could not be asked")
    if not document.answered:
        return f"it answers {document.status}"
    if not (document.final_url or document.url).startswith("https://"):
        return _ERRORS["redirect"]
    return _ERRORS["too_large"] if len(document.content) > BYTES else None


def _https(url: str) -> str:
    try:
        address = read_address(url.strip())
    except Malformed as error:
        raise Malformed("trust.address", f"“{url[:80]}” is no web address.") from error
    if address.scheme != "https":
        says = "A list is fetched over https alone: over http anybody on the way could change it."
        raise Malformed("trust.address", says)
    return address.url

"""`touchstone trust`: the owner's issuer lists, shown and changed; they count for the command, the
server and the wallet alike.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import anyio
import click

from verifier.dates import written
from verifier.errors import Malformed
from verifier.ports import Fetcher
from verifier.trust import IssuerList, shipped
from wallet_server.documents import DocumentsFolder
from wallet_server.plain_text import plain
from wallet_server.settings import Misconfigured, from_environment
from wallet_server.trust import keeping
from wallet_server.trust.folder import Held, held
from wallet_server.verification import now


def folder_of(data: Path | None) -> Path:
    """The folder of the lists."""
    try:
        settings = from_environment()
    except Misconfigured as error:
        raise click.ClickException(str(error)) from error
    return settings.lists if data is None else data / settings.lists.name


def show(folder: Path) -> int:
    """Print every list in order; 1 if one of the owner's can't be read."""
    with _sentences():
        found = held(folder)
    for place, one in enumerate(found, 1):
        click.echo(f"{place:>3}  {_line(one)}")
        trouble = one.trouble(now())
        if trouble is not None:
            click.echo(f"     ! {plain(trouble, 2000)}")
    if not found:
        click.echo("     You keep no lists of your own.")
    click.echo("\nComing with Touchstone, asked after yours:")
    for listed in shipped():
        click.echo(f"     {plain(listed.name)}, {_about(listed)}")
    return 1 if any(one.at(now()).readable is False for one in found) else 0


def add(folder: Path, source: str, documents: Path | None) -> int:
    """Add the list in a file, or at an address; 1 if the address could not be read yet."""
    if "://" not in source:
        return _done(partial(_add_file, folder, Path(source)))
    with _sentences():
        return anyio.run(_add_address, folder, source, documents)


def refresh(folder: Path, documents: Path | None) -> int:
    """Ask for every fetched list again; 1 if any could not be read."""
    with _sentences():
        return anyio.run(_refresh, folder, documents)


def remove(folder: Path, which: str) -> int:
    """Leave a list out, or an issuer of the owner's own list."""
    return _done(partial(keeping.remove, folder, which))


def move(folder: Path, which: str, place: int) -> int:
    """Put a list elsewhere in the order."""
    return _done(partial(keeping.move, folder, which, place))


def judge(folder: Path, policy: str, issuer: str, name: str, note: str) -> int:
    """Allow or deny an issuer."""
    return _done(partial(keeping.judge, folder, issuer, policy, now(), name=name, note=note))


def _done(does: Callable[[], str]) -> int:
    with _sentences():
        click.echo(plain(does()))
    return 0


@contextmanager
def _sentences() -> Iterator[None]:
    """Refusals as sentences of the command."""
    try:
        yield
    except Malformed as error:
        raise click.ClickException(plain(error.says, 2000)) from error
    except OSError as error:
        says = f"“{error.filename}” can't be written or read: {error.strerror}."
        raise click.ClickException(says) from error


def _add_file(folder: Path, path: Path) -> str:
    try:
        return keeping.add(folder, path.read_bytes())
    except Malformed as error:
        if error.reason == "trust.many":
            raise
        raise Malformed(error.reason, f"The issuer list “{path}”: {error.says}") from error


async def _add_address(folder: Path, url: str, documents: Path | None) -> int:
    from wallet_server.trust.fetching import add_address

    async def asked(fetcher: Fetcher) -> int:
        found = await add_address(folder, url, fetcher, now())
        if found.error is None:
            click.echo(plain(f"“{found.name}” counts from now on, after your other lists."))
            return 0
        says = (
            f"{found.url} is kept, but could not be read: {found.error}. Until it can be, answers"
        )
        click.echo(plain(f"{says} say so. Try again with: touchstone trust refresh"), err=True)
        return 1

    return await _with_web(documents, asked)


async def _refresh(folder: Path, documents: Path | None) -> int:
    from wallet_server.trust import fetching

    async def asked(fetcher: Fetcher) -> int:
        found = await fetching.refresh(folder, fetcher, now())
        for one in found:
            told = f"“{one.name}” was read." if one.error is None else f"{one.url}: {one.error}."
            click.echo(plain(told), err=one.error is not None)
        if not found:
            click.echo("None of your lists is fetched from an address.")
        return 1 if any(one.error for one in found) else 0

    return await _with_web(documents, asked)


async def _with_web(documents: Path | None, does: Callable[[Fetcher], Awaitable[int]]) -> int:
    if documents is not None:
        return await does(DocumentsFolder(documents, now=now()))
    from wallet_server.fetcher import WebFetcher

    async with WebFetcher() as web:
        return await does(web)


def _line(one: Held) -> str:
    about = f", {_about(one.read)}" if one.read else ""
    fetched = f", read on {written(one.kept.fetched_at)}" if one.kept.fetched_at else ""
    where = f" from {one.kept.url}" if one.kept.url else f" ({one.kept.file})"
    return plain(f"{one.name}{about}{where}{fetched}", 400)


def _about(listed: IssuerList) -> str:
    day = f"as of {listed.as_of}" if listed.as_of else "without a date"
    scope = f", for {listed.scope.says} only" if listed.scope else ""
    count = len(listed.issuers)
    vouches = "" if listed.vouches else ", vouches for nobody"
    return f"{day}{scope}, {count} {'issuer' if count == 1 else 'issuers'}{vouches}"

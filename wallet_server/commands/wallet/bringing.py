"""`touchstone wallet import`: files, folders, backups of other wallets and addresses."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import anyio
import click
from msgspec import Struct
from msgspec.structs import replace

from verifier.errors import Malformed, NoCredential
from verifier.report import Verdict
from wallet_server import wire
from wallet_server.bringing import awards_at, look_through
from wallet_server.commands.verify import print_error
from wallet_server.commands.wallet.leaving import restore_from
from wallet_server.importing import begin, summary, work_off
from wallet_server.imports.found import ITEMS, LIMIT, Found, Item
from wallet_server.leaving.taking import is_backup
from wallet_server.looks import VERDICTS
from wallet_server.opening import Opening, opening
from wallet_server.plain_text import plain
from wallet_server.services import Services
from wallet_server.settings import Misconfigured, Settings, from_environment
from wallet_server.sources import read_source
from wallet_server.store import imports
from wallet_server.store.database import Database, Unusable
from wallet_server.store.imports import Done, Import

_WORDS = {
    "waiting": "waiting",
    "kept": "kept",
    "already": "there already",
    "unread": "kept unread",
    "failed": "not reached",
    "left": "not kept",
}


class Options(Struct, frozen=True):
    """The options of `touchstone wallet import`."""

    settings: Settings
    as_json: bool
    takes_all: bool
    passphrase: str

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Options:
        """The options as click gives them; the passphrase is asked for, or read from a file."""
        settings = from_environment()
        named = {name: given[name] for name in ("data", "documents") if given[name] is not None}
        settings = replace(
            settings,
            **named,
            trust=given["trust"],
            default_trust=not given["no_default_trust"],
        )
        passphrase = ""
        if given["passphrase_file"] is not None:
            passphrase = given["passphrase_file"].read_text(encoding="utf-8").rstrip("\r\n")
        elif given["passphrase"]:
            passphrase = click.prompt("Passphrase of the backup", hide_input=True, err=True)
        return cls(settings, given["as_json"], given["takes_all"], passphrase)


def run(sources: tuple[str, ...], given: Mapping[str, Any]) -> int:
    """Bring everything in and print what became of it.

    The exit status: 1 where something is not reached or kept unread, 3 where nothing was found.
    """
    if len(sources) == 1 and _is_backup(Path(sources[0])):
        return restore_from(
            sources[0], passphrase_file=given["passphrase_file"], data=given["data"]
        )
    try:
        options = Options.read(given)
        database = Database(options.settings.database)
    except (Misconfigured, Unusable, OSError, UnicodeDecodeError) as error:
        raise click.ClickException(str(error)) from error
    try:
        opened = opening(options.settings, database)
        one, things = anyio.run(_bring, opened, sources, options)
    except Malformed as error:
        raise click.ClickException(error.says) from error
    finally:
        database.close()
    if options.as_json:
        click.echo(wire.line(summary(one, things)))
    else:
        _show(one, things)
    if one.counts["failed"] or one.counts["unread"]:
        return 1
    return 0 if one.total else 3


def _is_backup(path: Path) -> bool:
    """Whether it is an export of a wallet of our own, which is restored as a whole."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return is_backup(file)


async def _bring(
    opened: Opening, sources: tuple[str, ...], options: Options
) -> tuple[Import, list[Done]]:
    async with opened() as parts:
        found = [one for source in sources for one in await _found(parts, source, options)]
        label = sources[0] + (f" and {len(sources) - 1} more" if len(sources) > 1 else "")
        identifier = await begin(parts, label, found)
        with _progress(sum(len(one.items) for one in found)) as advance:
            await work_off(parts, identifier, advance)
        brought = await anyio.to_thread.run_sync(imports.find, parts.database, identifier)
    if brought is None:
        raise LookupError("the import just made is not there")
    return brought


async def _found(parts: Services, source: str, options: Options) -> list[Found]:
    """Everything in a source; of a folder in every file below it."""
    path = Path(source)
    if "://" not in source and path.is_dir():
        files = sorted(str(one) for one in path.rglob("*") if one.is_file())[: ITEMS + 1]
        if len(files) > ITEMS:
            says = f"“{source}” holds more than {ITEMS} files. Bring it in parts."
            raise Malformed("import.size", says)
        return [one for file in files for one in await _found(parts, file, options)]
    try:
        content = read_source(source, LIMIT)
    except NoCredential as error:
        print_error(error.says)
        return [Found("file", notes=(error.says,))]
    if isinstance(content, str):
        if options.takes_all:
            return [Found("file", await awards_at(parts, content))]
        return [Found("file", (Item(content, None, content),))]
    workers = parts.bench.workers
    return [await look_through(workers, content, path.name, options.passphrase)]


def _show(one: Import, things: list[Done]) -> None:
    for thing in things:
        verdict = f" · {VERDICTS[Verdict(thing.verdict)].word}" if thing.verdict else ""
        click.echo(f"{_WORDS[thing.state]:>13}  {plain(thing.label, 200)}{verdict}")
        if thing.says:
            click.echo(f"               {plain(thing.says, 1000)}")
    told = [f"{one.counts[state]} {_WORDS[state]}" for state in _WORDS if one.counts[state]]
    click.echo(f"\n{one.total} looked at: {', '.join(told)}." if told else "Nothing was found.")


@contextmanager
def _progress(total: int) -> Iterator[Callable[[], None]]:
    """A progress line on a terminal; nothing for one thing or a pipe."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Looking at it", total=total)
        yield lambda: progress.advance(task)

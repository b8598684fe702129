"""`touchstone sweep`: a list, a folder or an export looked through, and what came of it."""

from __future__ import annotations

import hashlib
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
from wallet_server.commands.sweeps import draw, sum_up
from wallet_server.commands.verify import print_error
from wallet_server.looks import NOT_REACHED
from wallet_server.opening import Opening, opening
from wallet_server.settings import Misconfigured, Settings, from_environment
from wallet_server.sources import read_source
from wallet_server.store import sweep_lines, sweeps
from wallet_server.store.database import Database, Unusable
from wallet_server.store.sweeps import Sweep
from wallet_server.sweeping.bringing import Files, bring
from wallet_server.sweeping.lines import FAULT
from wallet_server.sweeping.listed import LIMIT, ROWS
from wallet_server.sweeping.lists import is_dross
from wallet_server.sweeping.runner import work_off
from wallet_server.sweeping.sheets import as_csv, as_json
from wallet_server.workers import ProcessWorkers

#: Processes that do the costly work: hosts take longer to answer than one of them to look, and a
#: sweep is to be no burden to whoever works on beside it.
PROCESSES = 1
_KEPT = "Kept as {id}, with whom it names. `touchstone sweeps --forget {id}` lets go of all of it."
_GOES_ON = "Going on with {id}: {ready} of {total} rows were looked through before."
_STOPPED = "\nStopped. What was found is kept; the same command goes on where it left off."


class Options(Struct, frozen=True):
    """The options of `touchstone sweep`; `named` says what columns are, from name to kind."""

    settings: Settings
    named: Mapping[str, str]
    output: Path | None
    as_json: bool
    accept: frozenset[str]
    anew: bool

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Options:
        """The options as click gives them. Raises `Misconfigured`."""
        set_ = {name: given[name] for name in ("data", "documents") if given[name] is not None}
        settings = replace(
            from_environment(),
            **set_,
            trust=given["trust"],
            default_trust=not given["no_default_trust"],
        )
        named = {}
        for told in given["columns"]:
            kind, _, column = told.partition("=")
            named[column.strip()] = kind.strip().lower()
        return cls(
            settings,
            named,
            given["output"],
            given["as_json"],
            frozenset(given["accept"]),
            given["anew"],
        )

    def digest(self, parts: list[bytes]) -> str:
        """By what the same list, looked through in the same way, is known again."""
        asked = (self.settings.documents, self.settings.trust, self.settings.default_trust)
        said = hashlib.sha256(repr((sorted(self.named.items()), asked)).encode())
        for part in parts:
            said.update(hashlib.sha256(part).digest())
        return said.hexdigest()


def run(source: str, given: Mapping[str, Any]) -> int:
    """Look through all of it, and say what was found; the exit status as `verify` has it."""
    try:
        options = Options.read(given)
        database = Database(options.settings.database)
    except (Misconfigured, Unusable) as error:
        raise click.ClickException(str(error)) from error
    try:
        opened = opening(options.settings, database)
        identifier = anyio.run(_sweep, opened, source, options)
        one = sweeps.find(database, identifier)
        if one is None:
            raise click.ClickException("Somebody forgot this sweep while it was going on.")
        _write(database, one, options)
        print_error(_KEPT.format(id=one.id))
        return _status(sweep_lines.counts(database, identifier), options.accept)
    except Malformed as error:
        raise click.ClickException(error.says) from error
    except NoCredential as error:
        raise click.ClickException(error.says) from error
    except KeyboardInterrupt:
        print_error(_STOPPED)
        return 130
    finally:
        database.close()


async def _sweep(opened: Opening, source: str, options: Options) -> str:
    files, known = _files(source)
    sha256 = options.digest(known)
    async with opened() as usual:
        bench = replace(usual.bench, workers=ProcessWorkers(most=PROCESSES))
        parts = replace(usual, bench=bench)
        database = parts.database
        identifier = await anyio.to_thread.run_sync(sweeps.unfinished, database, sha256)
        if identifier is not None and options.anew:
            await anyio.to_thread.run_sync(sweeps.forget, database, identifier)
            identifier = None
        if identifier is None:
            name = Path(source).name or source
            identifier = await bring(parts, name, files, options.named, sha256)
            _tell(database, identifier)
        else:
            one = sweeps.find(database, identifier)
            if one is not None:
                print_error(_GOES_ON.format(id=one.id, ready=one.ready, total=one.total))
        with _progress(database, identifier) as advance:
            await work_off(parts, identifier, advance)
    return identifier


def _tell(database: Database, identifier: str) -> None:
    """How the list was read, so that a wrong reading is seen at once."""
    one = sweeps.find(database, identifier)
    for told in () if one is None else one.told.splitlines():
        print_error(told)


def _files(source: str) -> tuple[Files, list[bytes]]:
    """What to read, and by what it is known again. Raises `NoCredential` and `Malformed`."""
    folder = Path(source)
    if source == "-" or not folder.is_dir():
        content = read_source(source, LIMIT)
        if isinstance(content, str):
            says = "A sweep takes a file or a folder. For one address there is `touchstone verify`."
            raise Malformed("sweep.source", says)
        name = "Standard input.csv" if source == "-" else folder.name
        return [(name, lambda: content)], [name.encode("utf-8", "replace"), content]
    found = sorted(one for one in folder.rglob("*") if one.is_file())
    files = [(str(one.relative_to(folder)), one) for one in found]
    kept = [(name, path) for name, path in files if not is_dross(name)]
    if len(kept) > ROWS:
        says = f"“{source}” holds more than {ROWS} files. Sweep it in parts."
        raise Malformed("list.size", says)
    known = []
    for name, path in kept:
        seen = path.stat()
        known.append(f"{name}\0{seen.st_size}\0{seen.st_mtime_ns}".encode("utf-8", "replace"))
    return [(name, _reader(path)) for name, path in kept], known


def _reader(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        try:
            content = read_source(str(path.absolute()), LIMIT)
        except NoCredential as error:
            raise Malformed(f"file.{error.code}", error.says) from error
        return content if isinstance(content, bytes) else content.encode()

    return read


def _write(database: Database, one: Sweep, options: Options) -> None:
    rows = sweep_lines.looked(database, one.id)
    whole = sweep_lines.looked(database, one.id, with_reports=True)
    if options.output is not None:
        written = as_csv(one, rows)
        if options.output.suffix.lower() == ".json":
            written = as_json(one, whole)
        fresh = options.output.with_name(f"{options.output.name}.new")
        try:
            with fresh.open("wb") as file:
                file.writelines(written)
            fresh.replace(options.output)
        except OSError as error:
            says = f"“{options.output}” can't be written: {error.strerror}. Nothing is lost: give"
            raise click.ClickException(f"{says} another --output, and run it again.") from error
    if options.as_json:
        for part in as_json(one, whole):
            click.echo(part.decode(), nl=False)
    elif options.output is None:
        draw(database, one)
    else:
        sum_up(database, one)


def _status(counted: Mapping[str, int], accept: frozenset[str]) -> int:
    verdicts = {verdict.value for verdict in Verdict}
    bad = (set(counted) & verdicts) - accept - {"verified"}
    if bad or set(counted) & {*NOT_REACHED, FAULT}:
        return 1
    return 3 if set(counted) - verdicts or not counted else 0


@contextmanager
def _progress(database: Database, identifier: str) -> Iterator[Callable[[], None]]:
    """A progress line on a terminal, with the time left."""
    one = sweeps.find(database, identifier)
    if one is None or one.total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Looking through", total=one.total, completed=one.ready)

        def advance() -> None:
            now = sweeps.find(database, identifier)
            progress.update(task, completed=one.total if now is None else now.ready)

        yield advance

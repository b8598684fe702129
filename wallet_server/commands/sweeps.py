"""Sweeps at a terminal: one as a table; and `touchstone sweeps`, which lists those that are kept
and forgets them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import click
from msgspec.structs import replace

from verifier.report import Verdict
from wallet_server.looks import ERRORS, VERDICTS
from wallet_server.plain_text import plain
from wallet_server.settings import from_environment
from wallet_server.store import sweep_lines, sweeps
from wallet_server.store.database import Database, Unusable
from wallet_server.store.sweeps import Sweep
from wallet_server.sweeping.lines import Line

#: Lines that a terminal shows; the whole is in the file.
SHOWN = 200


def show(given: Mapping[str, Any]) -> int:
    """List the sweeps that are kept, or forget one or all of them."""
    settings = from_environment()
    if given["data"] is not None:
        settings = replace(settings, data=given["data"])
    try:
        database = Database(settings.database)
    except Unusable as error:
        raise click.ClickException(str(error)) from error
    try:
        if given["forget"] is None:
            return _list(sweeps.every(database))
        is_all = given["forget"] == "all"
        forget = sweeps.forget_all if is_all else partial(sweeps.forget, identifier=given["forget"])
        gone = int(forget(database))
    finally:
        database.close()
    if not gone and not is_all:
        raise click.ClickException("There is no such sweep. `touchstone sweeps` lists them.")
    click.echo(f"Forgotten: {gone}. Nothing of it is kept here any more.")
    return 0


def draw(database: Database, one: Sweep) -> None:
    """A line a badge, in the list's order, and how many there are of each."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in ("Row", "Person", "Badge", "Issuer", "Verdict"):
        table.add_column(name, overflow="fold")
    shown, count = _first(database, one.id)
    for place in shown:
        line = place.line
        row = (place.label, line.who, line.badge or line.says, line.issuer)
        table.add_row(*(Text(plain(cell, 80)) for cell in row), Text(*_word(line)))
    Console(highlight=False).print(table)
    if count > len(shown):
        click.echo(f"… and {count - len(shown)} more; --output FILE.csv writes all of them.")
    sum_up(database, one)


def _first(database: Database, identifier: str) -> tuple[list[sweep_lines.Shown], int]:
    found: list[sweep_lines.Shown] = []
    count = 0
    for number in range(SHOWN // sweep_lines.PAGE):
        some, count = sweep_lines.page(
            database, identifier, sort="row", down=False, only="", number=number
        )
        found += some
    return found, count


def _word(line: Line) -> tuple[str, str]:
    if line.verdict is not None:
        look = VERDICTS[Verdict(line.verdict)]
        return f"{look.sign} {look.word}", look.terminal
    return f"· {ERRORS.get(line.error or '', 'Failed here')}", "bright_black"


def sum_up(database: Database, one: Sweep) -> None:
    """How many badges there are of each verdict, and rows without one."""
    words = {verdict.value: look.word for verdict, look in VERDICTS.items()} | ERRORS
    counted = sweep_lines.counts(database, one.id)
    told = [f"{count} {words.get(code, 'Failed here')}" for code, count in counted.items()]
    click.echo(f"\n{one.ready} of {one.total} rows looked through: {', '.join(told)}.")


def _list(every: list[Sweep]) -> int:
    for one in every:
        how = "finished" if one.finished_at else "stopped" if one.stopped_at else "not finished"
        click.echo(f"{one.id}  {one.started_at}  {one.ready} of {one.total}, {how}  {one.name}")
    if not every:
        click.echo("No sweep is kept here.")
    return 0

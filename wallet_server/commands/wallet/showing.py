"""`touchstone wallet show`: one badge of the wallet, as its page tells of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from verifier.report import Outcome, Question, Verdict
from wallet_server import wire
from wallet_server.commands.wallet.opening import named, opened
from wallet_server.looks import OUTCOMES, QUESTIONS, VERDICTS
from wallet_server.plain_text import plain
from wallet_server.shows import shows
from wallet_server.store import checks, notes
from wallet_server.store.checks import Finding
from wallet_server.store.schema import HERE
from wallet_server.store.wallet import Kept


def run(data: Path | None, id: str, *, as_json: bool) -> int:
    """Print the badge; nothing is asked of anyone."""
    with opened(data) as database:
        kept = named(database, id)
        history = checks.history(database, kept.id)
        written = notes.find(database, kept.card) or ("", ())
    shown = checks.telling(history)
    if as_json:
        click.echo(wire.line(kept.report))
        return 0
    console = Console(highlight=False, emoji=False, markup=False)
    console.print(_card(kept, shown, history, *written))
    return 0


def _card(
    kept: Kept, shown: Finding, history: list[Finding], note: str, tags: tuple[str, ...]
) -> Panel:
    report, is_told = kept.report, shown.origin != HERE
    look = VERDICTS[Verdict.UNKNOWN if is_told else Verdict(shown.verdict)]
    says = "A backup tells of it; it was not checked here yet." if is_told else report["headline"]
    credential = report["credential"]
    parts: list[Any] = [
        Text(plain(credential["name"] or "(no name)", 200), style="bold"),
        Text(plain(says)),
        *([] if is_told else [Padding(_answers(report), (1, 0, 0, 0))]),
        Padding(_shows(report), (1, 0, 0, 0)),
        Padding(_history(history), (1, 0, 0, 0)),
    ]
    if tags:
        parts.append(Padding(Text(f"Tags: {plain(', '.join(tags), 2000)}"), (1, 0, 0, 0)))
    parts += [Text(plain(line, 2000)) for line in note.splitlines()]
    return Panel(
        Group(*parts),
        title=Text(f" {look.sign} {look.word} ", style=f"bold {look.terminal}"),
        title_align="left",
        subtitle=Text(f" {kept.id} "),
        subtitle_align="right",
        border_style=look.terminal,
        padding=(1, 2),
    )


def _answers(report: dict[str, Any]) -> Table:
    table = Table.grid(padding=(0, 2))
    for check in report["checks"]:
        sign, word = OUTCOMES[Outcome(check["outcome"])]
        says = plain(check["says"]) + (f"\n→ {plain(check['fix'])}" if check["fix"] else "")
        table.add_row(QUESTIONS[Question(check["question"])], f"{sign} {word}", Text(says))
    return table


def _shows(report: dict[str, Any]) -> Table:
    table = Table.grid(padding=(0, 1))
    for line in shows(report):
        table.add_row("+" if line.is_there else "-", Text(plain(line.says)))
    return table


def _history(history: list[Finding]) -> Table:
    table = Table.grid(padding=(0, 2))
    for one in history[:10]:
        word = VERDICTS[Verdict(one.verdict)].word
        by = "" if one.origin == HERE else " (told by a backup)"
        table.add_row(one.at[:10], f"{word}{by}", Text(plain(one.report["headline"])))
    return table

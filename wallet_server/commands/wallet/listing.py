"""`touchstone wallet list`: the gallery's cards as a table, found by the same filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import click
from msgspec.structs import asdict
from rich.console import Console
from rich.table import Table
from rich.text import Text

from verifier.report import Verdict
from wallet_server import wire
from wallet_server.commands.wallet.opening import opened
from wallet_server.looks import VERDICTS
from wallet_server.plain_text import plain
from wallet_server.store import listing
from wallet_server.store.database import Database
from wallet_server.store.listing import MOST, Card, Wanted

#: Letters of an id that are shown; any beginning that is one badge's names it.
ID = 8


def run(
    data: Path | None, words: str, wanted: Mapping[str, str], limit: int | None, *, as_json: bool
) -> int:
    """Print them; 3 where there are none."""
    with opened(data) as database:
        found = _cards(database, Wanted(words=words, **wanted), limit)
        if as_json:
            count = 0
            for count, card in enumerate(found, 1):  # noqa: B007 counted while it is printed
                click.echo(wire.line(asdict(card)))
            return 0 if count else 3
        cards = list(found)
    if not cards:
        click.echo("No badge of yours fits that." if words or any(wanted.values()) else _EMPTY)
        return 3
    Console(highlight=False, emoji=False, markup=False).print(_table(cards))
    return 0


_EMPTY = "Your wallet is empty. `touchstone wallet import FILE…` brings badges in."


def _cards(database: Database, wanted: Wanted, limit: int | None) -> Iterator[Card]:
    """Page by page, so that a large wallet is not held at once."""
    before, left = None, limit
    while left is None or left > 0:
        size = MOST if left is None else min(left, MOST)
        page = listing.page(database, wanted, before=before, size=size)
        yield from page.cards
        before, left = page.older, None if left is None else left - len(page.cards)
        if before is None:
            return


def _table(cards: list[Card]) -> Table:
    table = Table(show_edge=False, pad_edge=False, header_style="bold")
    table.add_column("Id", no_wrap=True)
    table.add_column("Badge")
    table.add_column("Issued", no_wrap=True)
    table.add_column("Verdict", no_wrap=True)
    for card in cards:
        look = VERDICTS[Verdict(card.verdict)]
        told = Text(plain(card.name or "(no name)", 120), style="bold")
        told.append(f"\n{plain(card.issuer or 'issuer not proven', 80)}", style="not bold")
        told.append("".join(f" #{plain(tag, 60)}" for tag in card.tags), style="not bold dim")
        verdict = Text(f"{look.sign} {look.word}", style=look.terminal)
        table.add_row(card.lead[:ID], told, (card.issued or "")[:10], verdict)
    return table

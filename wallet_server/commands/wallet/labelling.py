"""`touchstone wallet label`: tags and a note, as on a badge's page."""

from __future__ import annotations

from pathlib import Path

import click

from wallet_server.commands.wallet.opening import named, opened
from wallet_server.plain_text import plain
from wallet_server.store import notes


def run(
    data: Path | None, id: str, added: tuple[str, ...], removed: tuple[str, ...], note: str | None
) -> int:
    """Change what is asked for, and print what the badge bears now."""
    with opened(data) as database:
        card = named(database, id).card
        _, held = notes.find(database, card) or ("", ())
        try:
            off = {tag.casefold() for tag in notes.tidy(removed)}
            left = [tag for tag in held if tag.casefold() not in off]
            notes.write(database, card, note=note, named=(*left, *added))
        except notes.TooMuch as error:
            raise click.ClickException(str(error)) from error
        note, tags = notes.find(database, card) or ("", ())
    click.echo(f"Tags: {plain(', '.join(tags), 4000) or 'none'}")
    for line in note.splitlines():
        click.echo(plain(line, 4000))
    return 0

"""`touchstone wallet share`, `shares` and `unshare`: badges for whoever has a link."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.commands.wallet.filing import write
from wallet_server.commands.wallet.opening import named, opened, settings_for
from wallet_server.listening import remembered
from wallet_server.pages.drawing import day
from wallet_server.plain_text import plain
from wallet_server.sharing import draft as drafts
from wallet_server.sharing.draft import Shown
from wallet_server.sharing.fields import EVERY, FIELDS
from wallet_server.sharing.making import ONLY_HERE, address, in_stack, share_object
from wallet_server.store import shares
from wallet_server.verification import now


def make(
    badges: Sequence[str],
    *,
    stack: str | None,
    fields: Sequence[str],
    without: Sequence[str],
    name: str,
    words: str,
    who: str,
    email: str,
    days: int | None,
    for_good: bool,
    file: Path | None,
    as_json: bool,
    data: Path | None,
) -> int:
    """Make a share and print its link, or write it to `file` and make none."""
    _known((*fields, *without))
    with opened(data) as database:
        chosen = [named(database, plain(one, 80)).id for one in badges]
        try:
            if stack is not None:
                called, found = in_stack(database, stack)
                name, chosen = name or called, [*chosen, *found]
            ends = drafts.in_days(None if for_good else days or drafts.DAYS, now())
            draft = drafts.read(
                chosen,
                name=name,
                fields=(frozenset(fields) or EVERY) - frozenset(without),
                shown=Shown(who, email, words),
                stack=stack,
                expires_at=ends,
            )
            if file is not None:
                return write(draft, file, data)
            made, secret = shares.make(database, draft, now())
        except Malformed as error:
            raise click.ClickException(plain(error.says, 400)) from error
    settings = settings_for(data)
    here = remembered(settings.data) or f"http://127.0.0.1:{settings.port}"
    link = address(settings.public or here, secret)
    if as_json:
        told = {**share_object(made), "link": link, "public": settings.public is not None}
        click.echo(wire.line(told))
        return 0
    click.echo(link)
    until = f"until {day(made.expires_at)}" if made.expires_at else "until you end it"
    click.echo(f"It is told this once, and opens {until}. touchstone wallet unshare {made.id[:8]}")
    if settings.public is None:
        click.echo(ONLY_HERE, err=True)
    return 0


def show(data: Path | None, *, as_json: bool) -> int:
    """Print each share, the newest first."""
    with opened(data) as database:
        found = shares.every(database, now())
        names = {one.id: [badge.name for badge in shares.badges(database, one)] for one in found}
    for share in found:
        if as_json:
            click.echo(wire.line(share_object(share)))
            continue
        called = share.name or ", ".join(one or "A badge without a name" for one in names[share.id])
        until = f"until {day(share.expires_at)}" if share.expires_at else "until ended"
        seen = f"seen {share.visits} times" if share.visits else "not seen yet"
        click.echo(f"{share.id[:8]}  {plain(called, 80)}, {until}, {seen}")
    if not found and not as_json:
        click.echo("You share nothing now.")
    return 0


def end(identifier: str, data: Path | None) -> int:
    """End one share."""
    with opened(data) as database:
        found = shares.beginning(database, identifier.lower()) if identifier else []
        if len(found) > 1:
            raise click.ClickException(
                f"More than one share begins with “{plain(identifier, 80)}”."
            )
        if not found or not shares.end(database, found[0]):
            raise click.ClickException(
                "There is no such share. `touchstone wallet shares` has all."
            )
    click.echo("It is ended: its link opens nothing any more.")
    return 0


def _known(words: Sequence[str]) -> None:
    strange = sorted(set(words) - EVERY)
    if strange:
        known = ", ".join(field.word for field in FIELDS)
        says = f"“{plain(strange[0], 40)}” is no part of a badge: one of {known}."
        raise click.UsageError(says)

"""`touchstone wallet key` and `present`: badges presented under the owner's own key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import anyio
import click

from verifier.errors import Malformed, NoCredential
from wallet_server.commands.wallet.opening import named, opened, room
from wallet_server.own_keys import HOLDER, KeyLost, OwnKey, own_key
from wallet_server.plain_text import plain
from wallet_server.presenting import offers, requests
from wallet_server.presenting.choosing import CannotPresent
from wallet_server.presenting.requests import Asked
from wallet_server.sources import read_source
from wallet_server.store.wallet import Kept
from wallet_server.verification import now
from wallet_server.workers import ProcessWorkers


def show_key(data: Path | None) -> int:
    """Print the owner's DID, of a key that is made if there is none."""
    click.echo(_key(data).did)
    return 0


def run(request: str, ids: Sequence[str], output: Path | None, data: Path | None) -> int:
    """Write the signed answer to `output`, or to standard output; without ids show what is asked
    and what can be presented.
    """
    asked = _asked(request)
    if not ids:
        _show(asked, data)
        return 0
    with opened(data) as database:
        kept = [named(database, one) for one in ids]
    answer = _answered(asked, kept, _key(data))
    if output is None:
        click.echo(answer.decode())
    else:
        output.write_bytes(answer)
    where = f"Hand it in at {asked.link}" if asked.link else "Send it to whoever asked"
    click.echo(f"It counts for {plain(asked.domain)} alone. {plain(where, 1200)}.", err=True)
    return 0


def _asked(request: str) -> Asked:
    """What is asked. Raises `UsageError`."""
    try:
        content = read_source(request, requests.LIMIT)
        text = content if isinstance(content, str) else content.decode("utf-8", "replace")
        return requests.read(text)
    except (Malformed, NoCredential) as error:
        raise click.UsageError(plain(error.says, 2000)) from error


def _answered(asked: Asked, kept: Sequence[Kept], key: OwnKey) -> bytes:
    try:
        return anyio.run(partial(offers.signed, kept, asked, key, ProcessWorkers(), now()))
    except CannotPresent as error:
        raise click.ClickException(plain(str(error), 2000)) from error


def _key(data: Path | None) -> OwnKey:
    try:
        return own_key(room(data), HOLDER)
    except (KeyLost, OSError) as error:
        raise click.ClickException(plain(str(error), 2000)) from error


def _show(asked: Asked, data: Path | None) -> None:
    click.echo(f"{plain(asked.domain)} asks you to present badges; so the request says.")
    for reason in asked.reasons:
        click.echo(f"  “{plain(reason)}”")
    with opened(data) as database:
        every = offers.offers(database)
    for one in every:
        said = one.verdict if one.why_not is None else plain(one.why_not)
        click.echo(f"{one.id[:8]}  {plain(one.name, 120)}  ({said})")
    click.echo("Name the ids of those you want to present.", err=True)

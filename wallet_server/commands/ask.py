"""`touchstone ask`: a challenge for somebody to present badges, as a link and a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.commands.wallet.opening import opened, settings_for
from wallet_server.listening import remembered
from wallet_server.plain_text import plain
from wallet_server.presenting import challenging


def run(options: Mapping[str, Any]) -> int:
    """Print the link, or the request where there is none, and how the answer is checked."""
    data, output = options["data"], options["output"]
    settings = settings_for(data)
    origin = settings.public or remembered(settings.data)
    asks = {name: options[name] for name in ("reason", "name", "email")}
    with opened(data) as database:
        try:
            made = challenging.make(database, origin, options["domain"], asks, options["days"])
        except Malformed as error:
            raise click.UsageError(plain(error.says, 2000)) from error
    text = wire.encoded(made.request).decode()
    if output is not None:
        _write(output, text)
    if made.link is not None:
        click.echo(f"Link       {made.link}")
    elif output is None:
        click.echo(text)
    asked = made.challenge
    click.echo(f"Challenge  {asked.challenge}", err=True)
    click.echo(f"Domain     {plain(asked.domain)}", err=True)
    click.echo(f"Open until {asked.expires_at}, and answered once on your server's page.", err=True)
    says = f"touchstone verify ANSWER --challenge {asked.challenge} --domain {asked.domain}"
    click.echo(f"To check an answer yourself: {plain(says)}", err=True)
    return 0


def _write(output: Path, text: str) -> None:
    try:
        output.write_text(text, "utf-8")
    except OSError as error:
        raise click.ClickException(f"“{output}” can't be written: {error.strerror}.") from error

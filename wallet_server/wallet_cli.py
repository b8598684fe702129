"""`touchstone wallet …`: the same things as on the wallet's pages; each subcommand lives in
`commands/wallet`, and imports what it needs when it runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
DATA = click.option("--data", type=NEW_FOLDER, help="Where the wallet is kept.")


@click.group()
def wallet() -> None:
    """Your wallet: bring badges in, look through it, check it again, take it with you."""


@wallet.command()
@click.argument("credential_id", metavar="ID")
@click.option("--same-as", metavar="ID", help="Say that both are one award.")
@click.option("--not-same-as", metavar="ID", help="Say that they are two, for good.")
@click.option("--part", is_flag=True, help="Take it off the card that it is on with others.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@DATA
def lineage(credential_id: str, **options: Any) -> None:  # noqa: ANN401 - as click gives them
    """Show the forms in which an award is kept, and what may be of the same award."""
    from wallet_server.commands.wallet.lineage import run

    raise SystemExit(run(credential_id, **options))


@wallet.group(invoke_without_command=True)
@DATA
@click.pass_context
def owner(context: click.Context, data: Path | None) -> None:
    """Show who you are: what every badge in your wallet is held against."""
    if context.invoked_subcommand is None:
        from wallet_server.commands.wallet.owner import show

        raise SystemExit(show(data))


_KIND = click.argument("kind", metavar="email|name|url|did|telephone|id")


@owner.command("add")
@_KIND
@click.argument("value")
@DATA
def owner_add(kind: str, value: str, data: Path | None) -> None:
    """Be known by one more; of another kind of number, write VALUE as KIND=NUMBER."""
    from wallet_server.commands.wallet.owner import change

    raise SystemExit(change("add", kind, value, data))


@owner.command("remove")
@_KIND
@click.argument("value")
@DATA
def owner_remove(kind: str, value: str, data: Path | None) -> None:
    """Be known by one less."""
    from wallet_server.commands.wallet.owner import change

    raise SystemExit(change("remove", kind, value, data))

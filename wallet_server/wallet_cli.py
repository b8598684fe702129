"""`touchstone wallet …`: the same things as on the wallet's pages; each subcommand lives in
`commands/wallet`, and imports what it needs when it runs.
"""

from __future__ import annotations

from pathlib import Path

import click

NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DATA = click.option("--data", type=NEW_FOLDER, help="Where the wallet is kept.")


@click.group()
def wallet() -> None:
    """Your wallet: bring badges in, look through it, check it again, take it with you."""


@wallet.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object.")
@click.option("--all", "takes_all", is_flag=True, help="Keep every award that a profile shows.")
@click.option("--passphrase", is_flag=True, help="Ask for the passphrase of a locked backup.")
@click.option("--passphrase-file", type=FILE, help="Read that passphrase from a file.")
@click.option("--documents", type=FOLDER, help="Answer every web look-up from this folder.")
@click.option("--trust", multiple=True, type=FILE, help="Add an issuer list.")
@click.option("--no-default-trust", is_flag=True, help="Leave the built-in issuer lists out.")
@DATA
def wallet_import(sources: tuple[str, ...], **options: object) -> None:
    """Bring badges in: files, folders, addresses, backups of other wallets, a LinkedIn export.

    Exit status: 0 all kept or there already; 1 some were not reached or could not be read; 2 wrong
    usage; 3 no badge was found.
    """
    from wallet_server.commands.wallet.bringing import run

    raise SystemExit(run(sources, options))

"""`touchstone wallet …`: the same things as on the wallet's pages; each subcommand lives in
`commands/wallet`, and imports what it needs when it runs.
"""

from __future__ import annotations

from pathlib import Path

import click

NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
DATA = click.option("--data", type=NEW_FOLDER, help="Where the wallet is kept.")


@click.group()
def wallet() -> None:
    """Your wallet: bring badges in, look through it, check it again, take it with you."""


PASSPHRASE = click.option(
    "--passphrase-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the passphrase from the first line of this file.",
)


@wallet.command("export")
@click.argument("target", metavar="FILE")
@click.option("--encrypt", is_flag=True, help="Ask for a passphrase to encrypt it with.")
@PASSPHRASE
@DATA
def export(target: str, encrypt: bool, passphrase_file: Path | None, data: Path | None) -> None:
    """Write everything in the wallet to FILE, a ZIP archive, or to - for standard output."""
    from wallet_server.commands.wallet.leaving import export_to

    raise SystemExit(export_to(target, encrypt=encrypt, passphrase_file=passphrase_file, data=data))


@wallet.command("restore")
@click.argument("source", metavar="FILE")
@PASSPHRASE
@DATA
def restore(source: str, passphrase_file: Path | None, data: Path | None) -> None:
    """Add everything in the export FILE to the wallet: all of it or, on any error, nothing."""
    from wallet_server.commands.wallet.leaving import restore_from

    raise SystemExit(restore_from(source, passphrase_file=passphrase_file, data=data))


@wallet.command("prove")
@DATA
def prove(data: Path | None) -> None:
    """Show that an export loses nothing: export, restore into an empty wallet, export, compare."""
    from wallet_server.commands.wallet.leaving import prove_trip

    raise SystemExit(prove_trip(data))


@wallet.command("erase")
@click.option("--yes", is_flag=True, help="Don't ask.")
@DATA
def erase(yes: bool, data: Path | None) -> None:
    """Delete everything in the wallet, for good."""
    from wallet_server.commands.wallet.leaving import erase_all

    raise SystemExit(erase_all(is_sure=yes, data=data))

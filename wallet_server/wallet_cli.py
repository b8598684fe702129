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


@wallet.command("check")
@click.argument("which", metavar="[ID]...", nargs=-1)
@click.option("--due", "only_due", is_flag=True, help="Only what is due, or was not reached.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--documents", type=FOLDER, help="Answer every web look-up from this folder.")
@click.option("--trust", multiple=True, type=FILE, help="Add an issuer list.")
@DATA
def check(
    which: tuple[str, ...],
    only_due: bool,
    as_json: bool,
    documents: Path | None,
    trust: tuple[Path, ...],
    data: Path | None,
) -> None:
    """Check badges again: all of them, those of these IDs, or what is due.

    One badge of a host after another, and what is not reached stays due. Exit status: 0 nothing
    changed, 1 something did, 2 wrong usage.
    """
    from wallet_server.commands.wallet.check import run

    asked = {"only_due": only_due, "as_json": as_json}
    raise SystemExit(run(which, **asked, data=data, documents=documents, trust=trust))

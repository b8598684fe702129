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


@wallet.command("stacks")
@click.argument("stack", metavar="[STACK]", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON instead of words.")
@click.option("--svg", type=click.Path(dir_okay=False, path_type=Path), help="Draw it to a file.")
@DATA
def stacks(stack: str | None, svg: Path | None, data: Path | None, *, as_json: bool) -> None:
    """What your badges add up to: every stack, or one by its id or name."""
    from wallet_server.commands.wallet.stacks import show

    raise SystemExit(show(data, stack, svg, as_json=as_json))


@wallet.command("skills")
@click.option("--json", "as_json", is_flag=True, help="JSON instead of words.")
@DATA
def skills(data: Path | None, *, as_json: bool) -> None:
    """The skills that your badges show, each with the badges that show it."""
    from wallet_server.commands.wallet.stacks import show_skills

    raise SystemExit(show_skills(data, as_json=as_json))

"""`touchstone wallet share`, `shares` and `unshare`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

NEW_FILE = click.Path(dir_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
DATA = click.option("--data", type=NEW_FOLDER, help="Where the wallet is kept.")
JSON = click.option("--json", "as_json", is_flag=True, help="JSON instead of words.")


@click.command("share")
@click.argument("badges", metavar="[ID]...", nargs=-1)
@click.option("--stack", help="Share a whole stack, by its id.")
@click.option("--only", "fields", multiple=True, help="Show this part, and no other not named.")
@click.option("--without", multiple=True, help="Leave this part off.")
@click.option("--called", "name", default="", help="What to call it.")
@click.option("--words", default="", help="A word with it.")
@click.option("--name", "who", default="", help="Your name, for visitors to see.")
@click.option("--email", default="", help="Your e-mail address, for visitors to see.")
@click.option("--days", type=click.IntRange(1), help="How long it is there; 30 unless told.")
@click.option("--for-good", is_flag=True, help="It is there until you end it.")
@click.option("--file", type=NEW_FILE, help="Make no link, but this .html or .pdf to send.")
@JSON
@DATA
def share(badges: tuple[str, ...], **options: Any) -> None:  # noqa: ANN401 - as click gives them
    """Make a page that shows badges to whoever has its link, which is printed this once.

    ID is a badge's, or its beginning, as the list gives it.
    """
    from wallet_server.commands.wallet.sharing import make

    raise SystemExit(make(badges, **options))


@click.command("shares")
@JSON
@DATA
def shares(data: Path | None, *, as_json: bool) -> None:
    """List what you share."""
    from wallet_server.commands.wallet.sharing import show

    raise SystemExit(show(data, as_json=as_json))


@click.command("unshare")
@click.argument("id")
@DATA
def unshare(id: str, data: Path | None) -> None:
    """End a share at once: ID or its beginning, as `shares` gives it."""
    from wallet_server.commands.wallet.sharing import end

    raise SystemExit(end(id, data))


COMMANDS = (share, shares, unshare)

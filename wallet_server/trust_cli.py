"""`touchstone trust …`: the issuer lists."""

from __future__ import annotations

from pathlib import Path

import click

from wallet_server.cli import DATA, WEB

_ISSUER = click.argument("issuer", metavar="DID-ADDRESS-or-DOMAIN")
_NAME = click.option("--name", default="", help="What the issuer is called.")


@click.group()
def trust() -> None:
    """Your issuer lists: who vouches for whom, and in which order they are asked."""


@trust.command("list")
@DATA
def trust_list(data: Path | None) -> None:
    """Show your lists in their order, and those that come with Touchstone."""
    from wallet_server.commands.trust import folder_of, show

    raise SystemExit(show(folder_of(data)))


@trust.command("add")
@click.argument("source", metavar="FILE-or-URL")
@WEB
@DATA
def trust_add(source: str, documents: Path | None, data: Path | None) -> None:
    """Add an issuer list: a file, or an https address that is read again every day."""
    from wallet_server.commands.trust import add, folder_of

    raise SystemExit(add(folder_of(data), source, documents))


@trust.command("remove")
@click.argument("which", metavar="LIST-or-ISSUER")
@DATA
def trust_remove(which: str, data: Path | None) -> None:
    """Leave out a list (by number, name or address), or an issuer of your own list."""
    from wallet_server.commands.trust import folder_of, remove

    raise SystemExit(remove(folder_of(data), which))


@trust.command("move")
@click.argument("which", metavar="LIST")
@click.argument("place", metavar="PLACE", type=click.IntRange(1))
@DATA
def trust_move(which: str, place: int, data: Path | None) -> None:
    """Put a list at PLACE in the order; the first that vouches gives the name."""
    from wallet_server.commands.trust import folder_of, move

    raise SystemExit(move(folder_of(data), which, place))


@trust.command("allow")
@_ISSUER
@_NAME
@click.option("--note", default="", help="Why, for yourself.")
@DATA
def trust_allow(issuer: str, name: str, note: str, data: Path | None) -> None:
    """Vouch for an issuer yourself: only for one whose id you compared with what they publish."""
    from wallet_server.commands.trust import folder_of, judge

    raise SystemExit(judge(folder_of(data), "trust", issuer, name, note))


@trust.command("deny")
@_ISSUER
@_NAME
@click.option("--note", default="", help="Why; the answer quotes it.")
@DATA
def trust_deny(issuer: str, name: str, note: str, data: Path | None) -> None:
    """Refuse an issuer, whatever any list says of it; a domain with all its sub-domains."""
    from wallet_server.commands.trust import folder_of, judge

    raise SystemExit(judge(folder_of(data), "deny", issuer, name, note))


@trust.command("refresh")
@WEB
@DATA
def trust_refresh(documents: Path | None, data: Path | None) -> None:
    """Ask for the lists that are fetched from an address again, now."""
    from wallet_server.commands.trust import folder_of, refresh

    raise SystemExit(refresh(folder_of(data), documents))

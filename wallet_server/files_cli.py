"""`touchstone replay`, `unbake`, `bake` and `selftest`."""

from __future__ import annotations

from pathlib import Path

import click

from wallet_server.cli import FILE, NEW_FILE


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--by", metavar="DID", help="Whose key must have signed (did:key:…).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a receipt.")
def replay(files: tuple[Path, ...], by: str | None, as_json: bool) -> None:
    """Derive what a receipt says again, without the network, from what it holds.

    FILE is a receipt (JSON or PDF), or a file that was handed on. Exit status: 0 it comes out the
    same; 1 it was altered, signed by another, or does not; 2 wrong usage; 3 there is no receipt.
    """
    from wallet_server.commands.receipts import run

    raise SystemExit(run(files, by, as_json=as_json))


@click.command()
@click.argument("file", metavar="FILE")
def unbake(file: str) -> None:
    """Print the credential in FILE as it was baked, byte for byte."""
    from wallet_server.commands.unbake import run

    raise SystemExit(run(file))


@click.command()
@click.argument("image", metavar="IMAGE")
@click.argument("credential", metavar="CREDENTIAL")
@click.option("--output", type=NEW_FILE, required=True, help="The picture to write.")
def bake(image: str, credential: str, output: Path) -> None:
    """Bake CREDENTIAL into IMAGE, a PNG or SVG, in place of any badge that was in it."""
    from wallet_server.commands.bake import run

    raise SystemExit(run(image, credential, output))


@click.command()
def selftest() -> None:
    """Run the shipped good and bad badges through this verifier and print the score."""
    from wallet_server.commands.selftest import run

    raise SystemExit(run())

"""`touchstone serve` and `pair`."""

from __future__ import annotations

from pathlib import Path

import click

from wallet_server.cli import FILE, FOLDER, NEW_FOLDER


@click.command()
@click.option("--host", help="The address to listen on (127.0.0.1).")
@click.option("--port", type=click.IntRange(0, 65535), help="The port to listen on (8765).")
@click.option("--data", type=NEW_FOLDER, help="Where the wallet is kept.")
@click.option("--documents", type=FOLDER, help="Answer every web look-up from this folder.")
@click.option("--trust", multiple=True, type=FILE, help="Add an issuer list.")
@click.option("--no-default-trust", is_flag=True, help="Leave the built-in issuer lists out.")
@click.option("--certificate", type=FILE, help="Speak https with this certificate (PEM).")
@click.option("--key", type=FILE, help="The certificate's private key (PEM).")
@click.option("--vc-api", is_flag=True, help="Open the W3C VC API for conformance programs.")
def serve(**options: object) -> None:
    """Run the server that the browser extension talks to, on this machine alone."""
    from wallet_server.commands.serve import run

    raise SystemExit(run(options))


@click.command()
@click.option("--data", type=NEW_FOLDER, help="Where the wallet is kept.")
def pair(data: Path | None) -> None:
    """Print a fresh pairing code, and a link that opens the wallet's pages."""
    from wallet_server.commands.pair import run

    raise SystemExit(run(data))

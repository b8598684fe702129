"""`touchstone ask`, `sweep` and `sweeps`: about other people's badges."""

from __future__ import annotations

import click

from verifier.report import Verdict
from wallet_server.cli import DATA, FILE, NEW_FILE, WEB


@click.command()
@click.option("--domain", default="", help="Under which domain the holder knows you.")
@click.option("--reason", default="", help="What you ask for, in your words.")
@click.option("--name", default="", help="Whom you expect; told to nobody.")
@click.option("--email", default="", help="Their e-mail address; told to nobody.")
@click.option("--days", type=click.IntRange(1, 90), default=7, help="How long it stands open.")
@click.option("--output", type=NEW_FILE, help="Write the request to this file.")
@DATA
def ask(**options: object) -> None:
    """Make a challenge: ask somebody to present badges under their own key."""
    from wallet_server.commands.ask import run

    raise SystemExit(run(options))


@click.command()
@click.argument("source", metavar="FILE-or-FOLDER")
@click.option("--output", type=NEW_FILE, help="Write what was found to FILE.csv or FILE.json.")
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="KIND=NAME",
    help="What a column is: name, given, family, email, link, title …, as in link=Nachweis.",
)
@click.option(
    "--accept",
    multiple=True,
    type=click.Choice([verdict.value for verdict in Verdict]),
    help="Also a success for the exit status.",
)
@click.option("--anew", is_flag=True, help="Begin again, where the same list was left unfinished.")
@WEB
@click.option("--trust", multiple=True, type=FILE, help="Add an issuer list.")
@click.option("--no-default-trust", is_flag=True, help="Leave the built-in issuer lists out.")
@DATA
def sweep(source: str, **options: object) -> None:
    """Look through a list of people and badges: a CSV, a folder or ZIP of files and CVs, a LinkedIn
    export. What was stopped goes on with the same command.

    Some platforms, Credly among them, allow programs no use in bulk without their permission.

    Exit status: 0 all verified or accepted; 1 some are not, or could not be reached; 2 wrong usage;
    3 some row held no badge.
    """
    from wallet_server.commands.sweep import run

    raise SystemExit(run(source, options))


@click.command()
@click.option("--forget", metavar="ID", help="Let go of one sweep, or of “all”.")
@DATA
def sweeps(**options: object) -> None:
    """List the sweeps that are kept, with the people they name."""
    from wallet_server.commands.sweeps import show

    raise SystemExit(show(options))

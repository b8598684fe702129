"""The command `touchstone`: its options, and nothing else; each subcommand lives in `commands`.

The subcommands import what they need when they run, so that `touchstone verify` does not wait for a
web server it never starts, and a worker process does not import the command. All but `verify` are
made when they are asked for.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import datetime
from io import TextIOWrapper
from pathlib import Path

import click

from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.report import Verdict


class Moment(click.ParamType[datetime]):
    """A moment as RFC 3339 writes it."""

    name = "time"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Read it, or say how it is written."""
        if isinstance(value, datetime):
            return value
        try:
            return read_moment(value)
        except Malformed as error:
            self.fail(f"{error.says} Write it like 2026-01-31T12:00:00Z.", param, ctx)


FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


DATA = click.option("--data", type=NEW_FOLDER, help="Where the wallet and the lists are kept.")
WEB = click.option("--documents", type=FOLDER, help="Answer every web look-up from this folder.")


def _of_files() -> tuple[click.Command, ...]:
    from wallet_server.files_cli import bake, replay, selftest, unbake

    return (bake, replay, selftest, unbake)


def _of_people() -> tuple[click.Command, ...]:
    from wallet_server.people_cli import ask, sweep, sweeps

    return (ask, sweep, sweeps)


def _of_the_server() -> tuple[click.Command, ...]:
    from wallet_server.server_cli import pair, serve

    return (pair, serve)


def _trust() -> tuple[click.Command, ...]:
    from wallet_server.trust_cli import trust

    return (trust,)


def _wallet() -> tuple[click.Command, ...]:
    from wallet_server.wallet_cli import wallet

    return (wallet,)


#: Who makes a command when it is asked for.
_OTHERS: Mapping[str, Callable[[], tuple[click.Command, ...]]] = {
    **dict.fromkeys(("bake", "replay", "selftest", "unbake"), _of_files),
    **dict.fromkeys(("ask", "sweep", "sweeps"), _of_people),
    **dict.fromkeys(("pair", "serve"), _of_the_server),
    "trust": _trust,
    "wallet": _wallet,
}


class _Main(click.Group):
    """The command, of whose subcommands most are made when they are asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them."""
        return sorted({*self.commands, *_OTHERS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The one of that name."""
        if cmd_name in _OTHERS and cmd_name not in self.commands:
            for command in _OTHERS[cmd_name]():
                self.add_command(command)
        return super().get_command(ctx, cmd_name)


@click.group(cls=_Main, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="touchstone", prog_name="touchstone")
def main() -> None:
    """Spots and verifies digital badges, and keeps the ones that are yours."""
    for stream in (sys.stdout, sys.stderr):  # a terminal without our signs still gets the words
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


@main.command()
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON report a line.")
@click.option("--email", "emails", multiple=True, help="Whom it should be about.")
@click.option("--name", "names", multiple=True, help="Whom it should be about.")
@click.option("--did", "dids", multiple=True, help="Whom it should be about.")
@click.option("--profile", "profiles", multiple=True, help="Whom it should be about.")
@click.option("--telephone", "telephones", multiple=True, help="Whom it should be about.")
@click.option("--url", "urls", multiple=True, help="Whom it should be about.")
@click.option(
    "--id",
    "ids",
    multiple=True,
    help="A student number or the like of whom it should be about; KIND=NUMBER is surer.",
)
@click.option("--challenge", help="What a presentation must answer.")
@click.option("--domain", help="Where a presentation must be meant for.")
@click.option("--at", type=Moment(), help="Judge dates as of this moment (RFC 3339).")
@click.option("--documents", type=FOLDER, help="Answer every web look-up from this folder.")
@click.option("--save-documents", type=NEW_FOLDER, help="Write what was fetched to this folder.")
@click.option(
    "--receipt",
    "receipts",
    multiple=True,
    type=NEW_FILE,
    help="Write a signed receipt (JSON, or PDF), from which anybody can derive the report again.",
)
@click.option("--trust", multiple=True, type=FILE, help="Add an issuer list.")
@click.option("--no-default-trust", is_flag=True, help="Leave the built-in issuer lists out.")
@click.option(
    "--accept",
    multiple=True,
    type=click.Choice([verdict.value for verdict in Verdict]),
    help="Also a success for the exit status.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=8, help="How many at once.")
def verify(sources: tuple[str, ...], **options: object) -> None:
    """Verify badges: files, addresses, or - for standard input.

    Exit status: 0 all verified or accepted; 1 some are not, or could not be reached; 2 wrong usage;
    3 some source held no badge.
    """
    from wallet_server.commands.verify import Options, run

    raise SystemExit(run(sources, Options.read(options)))

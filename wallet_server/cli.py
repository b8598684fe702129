"""The command `touchstone`: its options, and nothing else; each subcommand lives in `commands`.

The subcommands import what they need when they run, so that `touchstone verify` does not wait for a
web server it never starts, and a worker process does not import the command.
"""

from __future__ import annotations

import sys
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


class _Main(click.Group):
    """The command, whose largest group is loaded when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All of them."""
        return sorted((*self.commands, "wallet"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The one of that name."""
        if cmd_name == "wallet" and cmd_name not in self.commands:
            from wallet_server.wallet_cli import wallet

            self.add_command(wallet)
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


@main.command()
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


@main.command()
@click.argument("file", metavar="FILE")
def unbake(file: str) -> None:
    """Print the credential in FILE as it was baked, byte for byte."""
    from wallet_server.commands.unbake import run

    raise SystemExit(run(file))


@main.command()
@click.argument("image", metavar="IMAGE")
@click.argument("credential", metavar="CREDENTIAL")
@click.option("--output", type=NEW_FILE, required=True, help="The picture to write.")
def bake(image: str, credential: str, output: Path) -> None:
    """Bake CREDENTIAL into IMAGE, a PNG or SVG, in place of any badge that was in it."""
    from wallet_server.commands.bake import run

    raise SystemExit(run(image, credential, output))


@main.command()
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


@main.command()
@click.option("--data", type=NEW_FOLDER, help="Where the wallet is kept.")
def pair(data: Path | None) -> None:
    """Print a fresh pairing code, and a link that opens the wallet's pages."""
    from wallet_server.commands.pair import run

    raise SystemExit(run(data))


@main.group()
def trust() -> None:
    """Your issuer lists: who vouches for whom, and in which order they are asked."""


DATA = click.option("--data", type=NEW_FOLDER, help="Where the wallet and the lists are kept.")
WEB = click.option("--documents", type=FOLDER, help="Answer every web look-up from this folder.")


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
@click.argument("issuer", metavar="DID-ADDRESS-or-DOMAIN")
@click.option("--name", default="", help="What the issuer is called in answers.")
@click.option("--note", default="", help="Why, for yourself.")
@DATA
def trust_allow(issuer: str, name: str, note: str, data: Path | None) -> None:
    """Vouch for an issuer yourself: only for one whose id you compared with what they publish."""
    from wallet_server.commands.trust import folder_of, judge

    raise SystemExit(judge(folder_of(data), "trust", issuer, name, note))


@trust.command("deny")
@click.argument("issuer", metavar="DID-ADDRESS-or-DOMAIN")
@click.option("--name", default="", help="What the issuer is called.")
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


@main.command()
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


@main.command()
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


@main.command()
@click.option("--forget", metavar="ID", help="Let go of one sweep, or of “all”.")
@DATA
def sweeps(**options: object) -> None:
    """List the sweeps that are kept, with the people they name."""
    from wallet_server.commands.sweeps import show

    raise SystemExit(show(options))


@main.command()
def selftest() -> None:
    """Run the shipped good and bad badges through this verifier and print the score."""
    from wallet_server.commands.selftest import run

    raise SystemExit(run())

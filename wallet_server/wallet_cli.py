"""`touchstone wallet …`: the same things as on the wallet's pages; each subcommand lives in
`commands/wallet`, and imports what it needs when it runs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verifier.report import Verdict
from wallet_server import share_cli

VERDICTS = [verdict.value for verdict in Verdict]
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)
FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
DATA = click.option("--data", type=NEW_FOLDER, help="Where the wallet is kept.")


@click.group()
def wallet() -> None:
    """Your wallet: bring badges in, look through it, check it again, take it with you."""


@wallet.command("import")
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="The summary as one JSON object.")
@click.option("--all", "takes_all", is_flag=True, help="Keep every award that a profile shows.")
@click.option("--passphrase", is_flag=True, help="Ask for the passphrase of a locked backup.")
@click.option("--passphrase-file", type=FILE, help="Read that passphrase from a file.")
@click.option("--documents", type=FOLDER, help="Answer every web look-up from this folder.")
@click.option("--trust", multiple=True, type=FILE, help="Add an issuer list.")
@click.option("--no-default-trust", is_flag=True, help="Leave the built-in issuer lists out.")
@DATA
def wallet_import(sources: tuple[str, ...], **options: object) -> None:
    """Bring badges in: files, folders, addresses, backups of other wallets, a LinkedIn export.

    Exit status: 0 all kept or there already; 1 some were not reached or could not be read; 2 wrong
    usage; 3 no badge was found.
    """
    from wallet_server.commands.wallet.bringing import run

    raise SystemExit(run(sources, options))


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


@wallet.command("list")
@click.argument("words", nargs=-1)
@click.option("--verdict", type=click.Choice(VERDICTS), help="Those that came out so.")
@click.option("--issuer", default="", help="Those of this issuer, as the list writes it.")
@click.option("--kind", default="", help="badge, trophy, certificate, certification, course …")
@click.option("--tag", default="", help="Those with this tag of yours.")
@click.option("--limit", type=click.IntRange(1), help="At most so many, the newest.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@DATA
def list_cards(
    words: tuple[str, ...],
    verdict: str | None,
    issuer: str,
    kind: str,
    tag: str,
    limit: int | None,
    as_json: bool,
    data: Path | None,
) -> None:
    """List your badges, newest first; of those that say all WORDS, each perhaps only begun."""
    from wallet_server.commands.wallet.listing import run

    wanted = {"verdict": verdict or "", "issuer": issuer, "kind": kind, "tag": tag}
    raise SystemExit(run(data, " ".join(words), wanted, limit, as_json=as_json))


@wallet.command("show")
@click.argument("id")
@click.option("--json", "as_json", is_flag=True, help="The report, as one line of JSON.")
@DATA
def show_card(id: str, as_json: bool, data: Path | None) -> None:
    """Show one badge of the wallet: ID or its beginning, as the list gives it."""
    from wallet_server.commands.wallet.showing import run

    raise SystemExit(run(data, id, as_json=as_json))


@wallet.command("hand-on")
@click.argument("id")
@click.option("--at", metavar="LINK", help="Lead to this share of it instead.")
@click.option("--share", is_flag=True, help="Make a share of it, and lead there.")
@click.option("--code", type=NEW_FILE, help="Write the QR code to this .png or .svg.")
@click.option("--signature", type=NEW_FILE, help="Write the signature for e-mail to this file.")
@click.option("--baked", type=NEW_FILE, help="Write its picture with the badge in it.")
@click.option("--json", "as_json", is_flag=True, help="All of it as one JSON object.")
@DATA
def hand_on(id: str, data: Path | None, **options: Any) -> None:  # noqa: ANN401 - as click gives it
    """Hand one badge on: what leads to its own address or to a share, and its file.

    Exit status: 0 done; 1 it does not hold, or has no address that others could open; 2 wrong use.
    """
    from wallet_server.commands.wallet.handing import run

    raise SystemExit(run(data, id, **options))


@wallet.command("label")
@click.argument("id")
@click.option("--tag", "added", multiple=True, help="A tag to add; as often as you like.")
@click.option("--untag", "removed", multiple=True, help="A tag to take off.")
@click.option("--note", help="A note in place of the one it has.")
@DATA
def label_card(
    id: str, added: tuple[str, ...], removed: tuple[str, ...], note: str | None, data: Path | None
) -> None:
    """Tag a badge, or write a note on it."""
    from wallet_server.commands.wallet.labelling import run

    raise SystemExit(run(data, id, added, removed, note))


@wallet.command()
@click.argument("credential_id", metavar="ID")
@click.option("--same-as", metavar="ID", help="Say that both are one award.")
@click.option("--not-same-as", metavar="ID", help="Say that they are two, for good.")
@click.option("--part", is_flag=True, help="Take it off the card that it is on with others.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@DATA
def lineage(credential_id: str, **options: Any) -> None:  # noqa: ANN401 - as click gives them
    """Show the forms in which an award is kept, and what may be of the same award.

    ID is a badge's, or its beginning, as the list gives it.
    """
    from wallet_server.commands.wallet.lineage import run

    raise SystemExit(run(credential_id, **options))


@wallet.group(invoke_without_command=True)
@DATA
@click.pass_context
def owner(context: click.Context, data: Path | None) -> None:
    """Show who you are: what every badge in your wallet is held against."""
    if context.invoked_subcommand is None:
        from wallet_server.commands.wallet.owner import show

        raise SystemExit(show(data))


_KIND = click.argument("kind", metavar="email|name|url|did|telephone|id")


@owner.command("add")
@_KIND
@click.argument("value")
@DATA
def owner_add(kind: str, value: str, data: Path | None) -> None:
    """Be known by one more; of another kind of number, write VALUE as KIND=NUMBER."""
    from wallet_server.commands.wallet.owner import change

    raise SystemExit(change("add", kind, value, data))


@owner.command("remove")
@_KIND
@click.argument("value")
@DATA
def owner_remove(kind: str, value: str, data: Path | None) -> None:
    """Be known by one less."""
    from wallet_server.commands.wallet.owner import change

    raise SystemExit(change("remove", kind, value, data))


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


@wallet.command("changes")
@click.option("--limit", type=click.IntRange(1, 1000), default=50, help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@DATA
def changes(limit: int, data: Path | None, *, as_json: bool) -> None:
    """What happened to your badges, the newest first."""
    from wallet_server.commands.wallet.changes import show

    raise SystemExit(show(data, limit, as_json=as_json))


@wallet.command("check")
@click.argument("which", metavar="[ID]...", nargs=-1)
@click.option("--due", "only_due", is_flag=True, help="Only what is due, or was not reached.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--documents", type=FOLDER, help="Answer every web look-up from this folder.")
@click.option("--trust", multiple=True, type=FILE, help="Add an issuer list.")
@click.option("--no-default-trust", is_flag=True, help="Leave the built-in issuer lists out.")
@DATA
def check(which: tuple[str, ...], *, no_default_trust: bool, **options: Any) -> None:  # noqa: ANN401
    """Check badges again: all of them, those of these IDs, or what is due.

    One badge of a host after another, and what is not reached stays due. Exit status: 0 nothing
    changed, 1 something did, 2 wrong usage.
    """
    from wallet_server.commands.wallet.check import run

    raise SystemExit(run(which, default_trust=not no_default_trust, **options))


@wallet.command("key")
@DATA
def key(data: Path | None) -> None:
    """Show your key as others know it: issuers need it to issue a badge to you and nobody else."""
    from wallet_server.commands.wallet.presenting import show_key

    raise SystemExit(show_key(data))


@wallet.command("present")
@click.argument("request", metavar="REQUEST")
@click.argument("ids", metavar="[ID]...", nargs=-1)
@click.option(
    "--output", type=click.Path(dir_okay=False, path_type=Path), help="The answer's file."
)
@DATA
def present(request: str, ids: tuple[str, ...], output: Path | None, data: Path | None) -> None:
    """Answer REQUEST (a file, a link, or - for standard input) with the badges of these IDs.

    Without an ID it only shows who asks, for what, and which badges can be presented.
    """
    from wallet_server.commands.wallet.presenting import run

    raise SystemExit(run(request, ids, output, data))


@wallet.command("doctor")
@click.argument("source", metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="The comparison as one JSON object.")
@click.option("--documents", type=FOLDER, help="Answer every web look-up from this folder.")
@click.option("--trust", multiple=True, type=FILE, help="Add an issuer list.")
@click.option("--no-default-trust", is_flag=True, help="Leave the built-in issuer lists out.")
@DATA
def doctor(source: str, *, no_default_trust: bool, **options: Any) -> None:  # noqa: ANN401
    """Hold your own page against your wallet: what on it is dead, lapsed, missing or mistaken.

    FILE is the page as you saved it (HTML, PDF), LinkedIn's export, or an address that anybody may
    read. Exit status: 0 nothing to mend, 1 something is, 2 wrong usage, 3 no page.
    """
    from wallet_server.commands.wallet.doctor import run

    raise SystemExit(run(source, default_trust=not no_default_trust, **options))


for one in share_cli.COMMANDS:
    wallet.add_command(one)

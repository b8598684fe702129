"""`touchstone wallet hand-on`: what leads to one badge, printed or written to files."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.errors import Malformed, NoCredential
from wallet_server import wire
from wallet_server.commands.wallet.opening import named, opened, settings_for
from wallet_server.handing.badge import Badge, find, sources
from wallet_server.handing.baking import baked_file
from wallet_server.handing.kit import Kit, as_object, kit_for
from wallet_server.handing.places import Place
from wallet_server.handing.shared import make_share, place_at
from wallet_server.plain_text import plain
from wallet_server.store.database import Database
from wallet_server.verification import now

_ONLY_A_FILE = (
    "This badge only travels as a file: it has no address of its own that others could open. "
    "--baked FILE writes it; --share leads to a share, where others reach this server."
)


def run(
    data: Path | None,
    id: str,
    *,
    at: str | None,
    share: bool,
    code: Path | None,
    signature: Path | None,
    baked: Path | None,
    as_json: bool,
) -> int:
    """Print what leads to the badge, and write what files are asked for. 1 where it does not hold,
    or has no address to lead to and no file was asked for.
    """
    with opened(data) as database:
        badge = find(database, named(database, id).id)
        if badge is None:
            raise click.ClickException("The badge was deleted in this very moment.")
        place = badge.place
        if (at or share) and not badge.why:
            badge, place = _shared(database, badge, at, settings_for(data).public)
        kit = None if place is None or badge.why else kit_for(badge, place)
        if baked is not None and not badge.why:
            _write(baked, _baked(database, badge, baked))
    if kit is not None:
        _files(kit, code, signature)
    if as_json:
        click.echo(wire.line(as_object(badge, kit)))
    elif badge.why:
        click.echo(badge.why, err=True)
    elif kit is None:
        click.echo(_ONLY_A_FILE, err=True)
    else:
        click.echo(_told(badge, kit))
    wrote = baked is not None and not (code or signature)
    return 0 if not badge.why and (kit is not None or wrote) else 1


def _shared(
    database: Database, badge: Badge, at: str | None, origin: str | None
) -> tuple[Badge, Place]:
    """The share at this link, or a new one. Raises `ClickException`."""
    try:
        if at:
            return place_at(database, badge, at, origin, now())
        return make_share(database, badge, origin, now())
    except Malformed as error:
        raise click.ClickException(error.says) from error


def _files(kit: Kit, code: Path | None, signature: Path | None) -> None:
    if code is not None:
        _write(code, kit.code.svg if code.suffix.lower() == ".svg" else kit.code.png)
    if signature is not None:
        _write(signature, kit.signature.html.encode("utf-8"))


def _baked(database: Database, badge: Badge, target: Path) -> bytes:
    """The file, whose kind the name that was asked for must not belie. Raises `ClickException`."""
    try:
        file = baked_file(sources(database, badge))
    except NoCredential as error:
        raise click.ClickException(error.says) from error
    if target.suffix.lower() not in ("", f".{file.ending}"):
        raise click.ClickException(f"This badge's picture is {file.ending}: name a file so.")
    return file.content


def _told(badge: Badge, kit: Kit) -> str:
    links = [f"  {link.name:<10}{link.url}" for link in kit.links]
    lines = (
        f"{plain(badge.name, 200)} leads to {kit.place.address}",
        "",
        "Add to LinkedIn's profile:",
        f"  {kit.profile}",
        "As a link:",
        *links,
        "On a page:",
        f"  {kit.embed.html}",
        f"  {kit.embed.markdown}",
    )
    return "\n".join(lines)


def _write(target: Path, content: bytes) -> None:
    try:
        target.write_bytes(content)
    except OSError as error:
        says = f"“{target}” can't be written: {error.strerror}."
        raise click.ClickException(says) from error

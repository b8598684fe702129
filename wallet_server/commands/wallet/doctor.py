"""`touchstone wallet doctor`: the owner's own page held against the wallet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import click
from msgspec.structs import replace

from verifier.errors import Malformed, NoCredential
from verifier.report import Verdict
from wallet_server import wire
from wallet_server.commands.wallet.opening import opened, settings_for
from wallet_server.doctor import shown
from wallet_server.doctor.looking import compare, open_page, read_page
from wallet_server.doctor.model import CODES
from wallet_server.looks import VERDICTS
from wallet_server.opening import opening
from wallet_server.plain_text import plain
from wallet_server.settings import Settings
from wallet_server.sources import read_source
from wallet_server.store.database import Database


def run(
    source: str,
    *,
    as_json: bool,
    data: Path | None,
    documents: Path | None,
    trust: tuple[Path, ...],
    default_trust: bool,
) -> int:
    """Print what is to be mended; 1 where there is anything, 3 for what is no page."""
    settings = replace(
        settings_for(data), documents=documents, trust=trust, default_trust=default_trust
    )
    with opened(data) as database:
        try:
            told = anyio.run(_told, settings, database, source)
        except NoCredential as error:
            if as_json:
                click.echo(wire.line(wire.error_object(source, error)))
            else:
                click.echo(plain(error.says, 2000), err=True)
            return 1 if error.code in ("unreachable", "sign_in", "blocked") else 3
        except Malformed as error:
            raise click.ClickException(plain(error.says, 2000)) from error
    click.echo(wire.line(told) if as_json else "\n".join(_lines(told)))
    return 0 if shown.is_well(told) else 1


async def _told(settings: Settings, database: Database, source: str) -> dict[str, Any]:
    content = read_source(source)
    async with opening(settings, database)() as parts:
        if isinstance(content, str):
            page = await open_page(parts, content)
        else:
            page = await read_page(parts, content)
        return shown.comparison(await compare(parts, page, ""))


def _lines(told: dict[str, Any]) -> Iterator[str]:
    for entry in told["entries"]:
        title = plain(entry["title"] or entry["at"] or "An entry without a title", 160)
        yield f"{CODES[entry['code']]}: {title}"
        if entry["at"]:
            yield f"    {plain(entry['at'], 200)}"
        for one in entry["findings"]:
            yield f"    {plain(one['says'], 1000)}"
            if one["mend"]:
                yield f"    → {plain(one['mend'], 2400)}"
        if entry["keep"]:
            yield "    Your wallet lacks it: touchstone wallet import " + plain(entry["keep"], 2000)
    if told["missing"]:
        yield "" if told["entries"] else "Nothing on this page leads to an award."
        yield "Missing on the page:"
    for one in told["missing"]:
        look = VERDICTS[Verdict(one["verdict"])]
        yield f"    {look.sign} {plain(one['name'] or 'A badge without a name', 160)}"
        yield f"      {plain(one['link'] or 'It has no public address.', 2000)}"
    if not told["entries"] and not told["missing"]:
        yield "Nothing on this page leads to an award, and your wallet has nothing to add to it."
    elif shown.is_well(told):
        yield "Nothing to mend."
    yield from (plain(note, 400) for note in told["notes"])

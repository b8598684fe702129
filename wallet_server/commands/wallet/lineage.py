"""`touchstone wallet lineage`: the forms of an award, and the owner's word on what is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from verifier.errors import Malformed
from verifier.report import Verdict
from wallet_server import wire
from wallet_server.commands.wallet.opening import named, opened
from wallet_server.lineage.shown import lineage_of
from wallet_server.looks import VERDICTS
from wallet_server.plain_text import plain
from wallet_server.store import lineage


def run(
    credential_id: str,
    *,
    same_as: str | None,
    not_same_as: str | None,
    part: bool,
    as_json: bool,
    data: Path | None,
) -> int:
    """Change what is to be changed, then print the lineage."""
    if (same_as is not None) + (not_same_as is not None) + part > 1:
        raise click.UsageError("Give one of --same-as, --not-same-as and --part.")
    with opened(data) as database:
        one = named(database, credential_id).id
        try:
            if same_as is not None:
                lineage.join(database, one, named(database, same_as).id)
            if not_same_as is not None:
                lineage.dismiss(database, one, named(database, not_same_as).id)
            if part:
                lineage.part(database, one)
            found = lineage_of(database, one)
        except Malformed as error:
            raise click.ClickException(error.says) from error
    click.echo(wire.line(found) if as_json else "\n".join(_lines(found)))
    return 0


def _lines(found: dict[str, Any]) -> list[str]:
    lines = []
    for form in found["forms"]:
        lines.append(f"{form['id']}  {_said(form)}")
        lines.append(f"    {form['standard']}, {form['container']}")
        lines += [f"    from {plain(copy['source'], 200)}" for copy in form["copies"]]
        lines += [f"    {says}" for says in (form["says"], *form["against"]) if says]
    if found["suggestions"]:
        lines += ["", "The same award? Say so with --same-as ID or --not-same-as ID."]
    for one in found["suggestions"]:
        lines += [f"{one['id']}  {_said(one)}", f"    {one['says']}"]
    return lines


def _said(one: dict[str, Any]) -> str:
    look = VERDICTS[Verdict(one["verdict"])]
    return f"{look.sign} {look.word}: {plain(one['name'] or 'a badge without a name', 120)}"

"""`touchstone wallet check`: look at the wallet's badges again, whether or not a server runs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import anyio
import click
from msgspec import Struct, field
from msgspec.structs import replace

from verifier.errors import Malformed
from verifier.report import Verdict
from wallet_server import wire
from wallet_server.commands.wallet.opening import named, opened, settings_for
from wallet_server.looks import VERDICTS
from wallet_server.opening import opening
from wallet_server.plain_text import plain
from wallet_server.services import Services
from wallet_server.settings import Settings
from wallet_server.store import wallet, watching
from wallet_server.store.database import Database, OutOfReach
from wallet_server.verification import now
from wallet_server.watch.codes import EVENTS
from wallet_server.watch.looking import Looked, look_again
from wallet_server.watch.mail import Post
from wallet_server.watch.runner import Watch

_LATER = "Whatever was not reached is still due: touchstone wallet check --due goes on with it."


class _Told(Struct):
    """Prints what became of each badge, and counts."""

    database: Database
    as_json: bool
    of: int
    done: int = 0
    changed: int = field(default=0)
    postponed: int = field(default=0)

    async def tell(self, before: wallet.Kept, looked: Looked) -> None:
        find = wallet.find
        kept = await anyio.to_thread.run_sync(find, self.database, before.id) or before
        self.done += 1
        self.changed += bool(looked.changes)
        self.postponed += looked.postponed is not None
        if self.as_json:
            click.echo(wire.line(_object(kept, looked)))
            return
        look = VERDICTS[Verdict(kept.report["verdict"])]
        name = plain(kept.report["credential"]["name"] or "A badge without a name", 80)
        click.echo(f"{self.done:>4} of {self.of}  {look.sign} {look.word}: {name}")
        for change in looked.changes:
            click.echo(f"            {EVENTS[change.code].title}. {plain(change.says, 400)}")
        if looked.why is not None:
            until = f" ({wire.moment(looked.postponed)})" if looked.postponed else ""
            click.echo(f"            Nothing found out. {looked.why}{until}")

    def end(self) -> None:
        """One line about all of them."""
        if self.as_json:
            return
        word = "badge" if self.done == 1 else "badges"
        changed = f"{self.changed} changed" if self.changed else "nothing changed"
        later = f"; {self.postponed} put off" if self.postponed else ""
        click.echo(f"{self.done} {word} checked; {changed}{later}.")


def run(
    which: Sequence[str],
    *,
    only_due: bool,
    as_json: bool,
    data: Path | None,
    documents: Path | None,
    trust: tuple[Path, ...],
    default_trust: bool,
) -> int:
    """Check those of `which`, or else everything, or only what is due; the exit status."""
    settings = replace(
        settings_for(data), documents=documents, trust=trust, default_trust=default_trust
    )
    with opened(data) as database:
        try:
            return anyio.run(_checked, settings, database, which, only_due, as_json)
        except Malformed as error:
            raise click.ClickException(plain(error.says, 2000)) from error
        except (OutOfReach, ExceptionGroup) as error:  # a group where several are looked at at once
            says = _unreached(error)
            if says is None:
                raise
            raise click.ClickException(f"{says} {_LATER}") from error
        except KeyboardInterrupt:
            click.echo(_LATER, err=True)
            return 1


def _unreached(error: Exception) -> str | None:
    """What is to be said if the database was out of reach, and nothing else went wrong."""
    if not isinstance(error, ExceptionGroup):
        return str(error)
    _, others = error.split(OutOfReach)
    return None if others else next(filter(None, map(_unreached, error.exceptions)), None)


async def _checked(
    settings: Settings, database: Database, which: Sequence[str], only_due: bool, as_json: bool
) -> int:
    async with opening(settings, database)() as parts:
        if which:
            told = await _look_at(parts, which, _Told(database, as_json, len(which)))
        else:
            moment = now()
            if not only_due:
                await anyio.to_thread.run_sync(watching.ask_again, database, moment)
            count = await anyio.to_thread.run_sync(watching.count_due, database, moment)
            told = _Told(database, as_json, count)
            post = Post.for_settings(settings)
            await Watch(parts, post).drain(told.tell)
            await post.deliver(database, now())
            if post.trouble:
                click.echo(post.trouble, err=True)
    told.end()
    return 1 if told.changed else 0


async def _look_at(parts: Services, which: Sequence[str], told: _Told) -> _Told:
    for kept in [named(parts.database, plain(identifier, 80)) for identifier in which]:
        await told.tell(kept, await look_again(parts, kept, now(), anew=True))
    return told


def _object(kept: wallet.Kept, looked: Looked) -> dict[str, object]:
    return {
        "id": kept.id,
        "name": kept.report["credential"]["name"],
        "verdict": kept.report["verdict"],
        "headline": kept.report["headline"],
        "checked_at": kept.checked_at,
        "postponed": wire.moment(looked.postponed),
        "why": looked.why,
        "changes": [
            {"code": one.code, "says": one.says, "detail": dict(one.detail)}
            for one in looked.changes
        ],
    }

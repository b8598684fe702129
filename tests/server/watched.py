"""An owner whose badges are watched: a wallet, a live web of one issuer's, and a clock to turn."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import Result

from tests.made.folder import Web, as_json
from tests.server.made_up import BADGE, ISSUER, TRUST, assertion
from tests.server.owner import Serve, run
from tests.server.web import FakeWeb, answer
from wallet_server import keeping
from wallet_server.copies import FromCopy, from_copy
from wallet_server.opening import opening
from wallet_server.services import Context, Services
from wallet_server.settings import Settings, from_environment
from wallet_server.store import events
from wallet_server.store.database import Database
from wallet_server.store.events import Event

#: Where the moment is read by what the tests run.
CLOCKS = ("services", "commands.wallet.check", "watch.runner")


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """A host that is there no more."""


class Watched:
    """Steps of one owner, with `web` as the whole web."""

    def __init__(self, home: Path, web: FakeWeb, serving: Serve) -> None:
        self.home, self.web = home, web
        self.now = datetime.now(UTC).replace(microsecond=0)
        self._serving = serving

    def moment(self) -> datetime:
        """Which moment it is."""
        return self.now

    def later(self, **spans: float) -> None:
        """Let time pass."""
        self.now += timedelta(**spans)

    def live(self, steps: Callable[[], None]) -> None:
        """Run steps while the web is there."""
        self._serving(self.web, steps)

    def host(self, web: Web) -> None:
        """Let the web answer as a documents folder of made cases would."""
        for url, one in web.items():
            path = "/" + url.split("/", 3)[3]
            self.web.replies[path] = answer(
                one.content or b"", f"{one.status} Said", Content_Type=one.content_type
            )

    def say(self, document: dict[str, Any], status: str = "200 OK") -> None:
        """Let the issuer's web give out a document at its own id."""
        path = "/" + document["id"].split("/", 3)[3]
        self.web.replies[path] = answer(
            as_json(document), status, Content_Type="application/ld+json"
        )

    def die(self) -> None:
        """Let every address of the web hang up."""
        self.web.replies = dict.fromkeys(self.web.replies, hang_up)

    def keep(self, source: bytes | str) -> str:
        """Save a badge; its id."""

        async def kept(parts: Services) -> str:
            label = source if isinstance(source, str) else "badge.json"
            checked = await parts.check(source, Context(), own="", label=label, anew=False)
            assert checked.verified.report is not None, checked.verified.error
            return (await keeping.keep(parts, checked, checked.verified.report))[0].id

        return self._opened(kept)

    def from_copy(self, identifier: str) -> FromCopy | None:
        """What the copy of a badge still proves."""
        return self._opened(lambda parts: from_copy(parts, identifier))

    def check(self, *options: str) -> list[dict[str, Any]]:
        """What `touchstone wallet check` finds, a line a badge."""
        done = self.run(*options)
        assert done.exit_code in (0, 1), done.output
        return [json.loads(line) for line in done.stdout.splitlines()]

    def run(self, *options: str) -> Result:
        return run("wallet", "check", "--json", *options)

    def codes(self, *options: str) -> list[str]:
        """The codes of what has changed since the last check."""
        return [one["code"] for line in self.check(*options) for one in line["changes"]]

    def events(self) -> list[Event]:
        """Everything that is kept of what happened, newest first."""
        with closing(Database(self.settings().database)) as database:
            return events.page(database, most=1000)

    def settings(self) -> Settings:
        return from_environment()

    def _opened(self, does: Callable[[Services], Any]) -> Any:  # noqa: ANN401 - what it gives
        async def inside() -> Any:  # noqa: ANN401
            with closing(Database(self.settings().database)) as database:
                async with opening(self.settings(), database)() as parts:
                    return await does(parts)

        return anyio.run(inside)


@pytest.fixture
def watched(home: Path, serving: Serve, monkeypatch: pytest.MonkeyPatch) -> Watched:
    """An owner who knows the made-up college, whose web gives out one hosted badge."""
    owner = Watched(home, FakeWeb(), serving)
    for document in (assertion("1"), BADGE, ISSUER):
        owner.say(document)
    (home / "college.json").write_text(json.dumps(TRUST), encoding="utf-8")
    assert run("trust", "add", home / "college.json").exit_code == 0
    for module in CLOCKS:
        monkeypatch.setattr(f"wallet_server.{module}.now", owner.moment)
    monkeypatch.setattr("wallet_server.watch.runner.PAUSE", 0.0)
    return owner

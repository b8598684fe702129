"""An owner whose badges are watched: a wallet, a live web of one issuer's, and a clock to turn."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import pytest

from tests.made.folder import Web, as_json
from tests.server.made_up import BADGE, ISSUER, TRUST, assertion
from tests.server.parts import parts_of
from tests.server.stores import Store
from tests.server.web import FakeWeb, answer, fake_web
from wallet_server import keeping
from wallet_server.copies import FromCopy, from_copy
from wallet_server.manners import Mannerly
from wallet_server.services import Context, Services
from wallet_server.store import events, wallet, watching
from wallet_server.store.database import Database
from wallet_server.store.events import Event
from wallet_server.watch.looking import Looked
from wallet_server.watch.mail import Post
from wallet_server.watch.runner import Watch


async def hang_up(writer: asyncio.StreamWriter) -> None:
    """A host that is there no more."""


class Watched:
    """What the owner's server does with a wallet in `store`; `web` is the whole web, and is asked
    anew each time.
    """

    def __init__(
        self, home: Path, store: Store, tls: tuple[ssl.SSLContext, ssl.SSLContext]
    ) -> None:
        self.web = FakeWeb()
        self.now = datetime.now(UTC).replace(microsecond=0)
        self.database = Database(store.where)
        self.post = Post(None, home)
        self.parts: Services | None = None
        self._home, self._tls = home, tls
        (home / "college.json").write_text(json.dumps(TRUST), encoding="utf-8")

    def live(self, steps: Callable[[], Awaitable[None]]) -> None:
        """Run steps while the web is there."""
        server, client = self._tls

        async def inside() -> None:
            async with fake_web(self.web, tls=server, trust=client) as fetcher:
                manners = Mannerly(fetcher, clock=lambda: self.now)
                lists = (self._home / "college.json",)
                self.parts = parts_of(self.database, self._home, manners, lists=lists)
                await steps()

        anyio.run(inside)

    @property
    def services(self) -> Services:
        assert self.parts is not None
        return self.parts

    def later(self, **spans: float) -> None:
        """Let time pass."""
        self.now += timedelta(**spans)

    def host(self, web: Web) -> None:
        """Let the web answer as a documents folder of made cases would."""
        for url, one in web.items():
            path = "/" + url.split("/", 3)[3]
            self.web.replies[path] = answer(
                one.content or b"", f"{one.status} Said", Content_Type=one.content_type
            )

    def say(self, *documents: dict[str, Any]) -> None:
        """Let the issuer's web give out documents, each at its own id."""
        for document in documents:
            path = "/" + document["id"].split("/", 3)[3]
            content_type = "application/ld+json"
            self.web.replies[path] = answer(as_json(document), Content_Type=content_type)

    def die(self) -> None:
        """Let every address of the web hang up."""
        self.web.replies = dict.fromkeys(self.web.replies, hang_up)

    async def keep(self, source: bytes | str, seen: bytes | None = None) -> str:
        """Save a badge, perhaps as the owner's own tab shows it; its id."""
        label = source if isinstance(source, str) else "badge.json"
        checked = await self.services.check(
            source, Context(), own="", label=label, anew=False, seen=seen
        )
        assert checked.verified.report is not None, checked.verified.error
        kept, _ = await keeping.keep(self.services, checked, checked.verified.report)
        self.now = max(self.now, datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1))
        return kept.id

    async def drain(self) -> list[tuple[str, Looked]]:
        """Look at what is due; the id of each, and what became of looking."""
        told = []

        async def tell(before: wallet.Kept, looked: Looked) -> None:
            told.append((before.id, looked))

        watch = Watch(self.services, self.post, clock=lambda: self.now, pause=0)
        await watch.drain(tell)
        return told

    async def codes(self) -> list[str]:
        """Look at everything; the codes of what has changed."""
        watching.ask_again(self.database, self.now)
        return [one.code for _, looked in await self.drain() for one in looked.changes]

    def report(self, identifier: str) -> dict[str, Any]:
        """What was last found of a badge."""
        kept = wallet.find(self.database, identifier)
        assert kept is not None
        return kept.report

    def verdict(self, identifier: str) -> str:
        return str(self.report(identifier)["verdict"])

    async def from_copy(self, identifier: str) -> FromCopy | None:
        """What the copy of a badge still proves."""
        return await from_copy(self.services, identifier)

    def events(self) -> list[Event]:
        """Everything that is kept of what happened, newest first."""
        return events.page(self.database, most=1000)


@pytest.fixture
def watched(
    tmp_path: Path,
    store: Store,
    pool: tuple[ssl.SSLContext, ssl.SSLContext],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Watched]:
    """An owner who knows the made-up college, whose web gives out one hosted badge."""
    owner = Watched(tmp_path, store, pool)
    monkeypatch.setattr("wallet_server.services.now", lambda: owner.now)
    owner.say(assertion("1"), BADGE, ISSUER)
    with closing(owner.database):
        yield owner

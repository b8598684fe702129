"""What the routes share: made once when the server starts, and found in `request.app.state`."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import anyio
from msgspec import Struct, field
from starlette.requests import Request

from verifier.model import Claim
from verifier.ports import Circumstances, Person, Sighting, TrustRegistry, Workers
from verifier.providers import discreet
from wallet_server.bell import Bell
from wallet_server.cache import Anew, CachedFetcher
from wallet_server.demo import Demo
from wallet_server.receipts.offered import Offered
from wallet_server.receipts.replaying import workers
from wallet_server.recording import Recording
from wallet_server.sharing.visitors import Visitors
from wallet_server.store.database import Database
from wallet_server.store.sightings import Sightings
from wallet_server.trust.reading import Lists
from wallet_server.verification import Bench, Verified, now

#: Verifications that run side by side, over all requests. Most of that time they wait for issuers,
#: and those of dead ones must leave room for the others; the work itself is bounded by the workers.
AT_ONCE = 64


class Context(Struct, frozen=True):
    """What the page beside which a badge stands says: the person, and claims about the badge.

    `challenge` and `domain` are what a presentation must answer. Without `trusts` no issuer list
    counts, for who asks about nothing but proofs.
    """

    person: Person | None = None
    claims: tuple[Claim, ...] = ()
    challenge: str | None = None
    domain: str | None = None
    trusts: bool = True

    def around(
        self, trust: tuple[TrustRegistry, ...], met: Mapping[str, tuple[Sighting, ...]]
    ) -> Circumstances:
        """By what a badge beside it is judged now, with these lists and what was `met` before."""
        return Circumstances(
            now=now(),
            person=self.person,
            claims=self.claims,
            challenge=self.challenge,
            domain=self.domain,
            trust=trust if self.trusts else (),
            sightings=met,
        )


class Checked(Struct, frozen=True):
    """A verification with what it was about: the bytes as received, and every look-up's answer.

    `is_demo` where it is one of the server's own made-up badges.
    """

    verified: Verified
    content: bytes
    recording: Recording
    is_demo: bool = False


class Services(Struct, frozen=True):
    """The server's parts. `data` is the folder in which it may leave files; `brought` rings when
    something waits to be brought into the wallet, `swept` when something waits in a list that is
    looked through. `public` is the origin under which others reach what is handed on, where the
    operator named one; `visitors` is what those share who see it, and `offered` are the checks
    of which a receipt may still be had. `replaying` are the workers that receipts are replayed in.
    """

    bench: Bench
    cache: CachedFetcher | None
    data: Path
    database: Database
    demo: Demo | None
    limiter: asyncio.Semaphore
    lists: Lists
    sightings: Sightings
    brought: Bell = field(default_factory=Bell)
    swept: Bell = field(default_factory=Bell)
    public: str | None = None
    visitors: Visitors = field(default_factory=Visitors)
    offered: Offered = field(default_factory=Offered)
    replaying: Workers = field(default_factory=workers)

    async def check(
        self,
        source: bytes | str,
        context: Context,
        *,
        own: str,
        label: str,
        anew: bool,
        seen: bytes | None = None,
    ) -> Checked:
        """Verify one source. `own` is this server's origin, whose demo badges have a door of their
        own; `anew` asks the web again for what is held from before; `seen` is the page that the
        reader's tab shows at the address `source`.
        """
        async with self.limiter:
            return await self._check(source, context, own, label, seen, anew=anew)

    async def _check(
        self,
        source: bytes | str,
        context: Context,
        own: str,
        label: str,
        seen: bytes | None,
        *,
        anew: bool,
    ) -> Checked:
        opened = self.demo.open(source, own) if self.demo and isinstance(source, str) else None
        content, bench = source, self.bench
        if opened is not None:
            content, bench = opened.content, opened.bench(bench)
        elif anew:
            bench = bench.anew(bench.fetcher if self.cache is None else Anew(self.cache))
        trust = self.lists.this_turn() if opened is None else opened.trust
        judges = context.trusts and opened is None
        recording = Recording(bench.fetcher)
        circumstances = context.around(trust, self.sightings.met if judges else {})
        verified = await bench.with_fetcher(recording).verify(
            content, label=label, circumstances=circumstances, seen=seen
        )
        if judges and verified.report is not None:
            # of the demo, whose keys are public, nothing is kept as met for the first time, and of
            # nobody for programs that ask about nothing but proofs
            news = self.sightings.news(verified.report)
            if news:
                await anyio.to_thread.run_sync(self.sightings.remember, news, now())
        return Checked(verified, _received(content, recording), recording, opened is not None)

    def origin(self, request: Request) -> str:
        """The origin that stands in addresses which are handed on: the public one, or as asked."""
        return self.public or f"{request.url.scheme}://{request.url.netloc}"

    def forget(self) -> None:
        """Let go of what was fetched and found before, of which a badge may now be deleted."""
        from verifier.forgetting import forget  # here: most of it is loaded where it is met

        forget()
        self.visitors.forget()
        self.offered.forget()
        if self.bench.memory is not None:
            self.bench.memory.forget()
        if self.cache is not None:
            self.cache.forget()


def services(request: Request) -> Services:
    """The server's parts, for a route."""
    found: Services = request.app.state.services
    return found


def _received(content: bytes | str, recording: Recording) -> bytes:
    """The bytes as received: the file, the text, or what the address gave out."""
    given = recording.given(content)
    if given is None:
        return discreet(str(content).strip()).encode("utf-8", "replace")
    return given

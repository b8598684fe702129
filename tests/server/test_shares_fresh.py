"""How fresh what a visitor sees is: looked at anew, at most once in ten minutes, by one for all;
and while an issuer keeps them waiting, a page that says so.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from msgspec.structs import replace
from starlette.applications import Starlette

from tests.made import stacking
from tests.made.folder import as_json
from tests.made.issuers import RIVERSIDE
from tests.server.made_up import assertion
from tests.server.owner import pool
from tests.server.watched import Watched, watched
from tests.server.web import answer
from wallet_server.flights import Flights
from wallet_server.pages import shared as pages
from wallet_server.sharing import recheck, visitors
from wallet_server.sharing.answered import Answered
from wallet_server.sharing.draft import read
from wallet_server.sharing.fields import EVERY
from wallet_server.sharing.stacked import badges_of
from wallet_server.stacks.everything import everything
from wallet_server.store import shares

__all__ = ["pool", "watched"]
Steps = Callable[[httpx2.AsyncClient, str, "Clock"], Awaitable[None]]


class Clock:
    """Seconds that pass when a test says so."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def visiting(watched: Watched, steps: Steps) -> None:
    """Run `steps` with a visitor of a share of one hosted badge, its link, and a clock to turn."""

    async def inside() -> None:
        kept = await watched.keep(assertion("1")["id"])
        draft = read([kept], expires_at=watched.now + timedelta(days=1))
        _, secret = shares.make(watched.database, draft, watched.now)
        clock, app = Clock(), Starlette(routes=pages.ROUTES)
        held = Flights[Answered | None](
            visitors.SECONDS, room=visitors.ROOM, weigh=lambda _: 1, clock=clock
        )
        app.state.services = replace(watched.services, visitors=visitors.Visitors(found=held))
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://here") as client:
            await steps(client, f"/s/{secret}", clock)

    watched.live(inside)


def asked(watched: Watched, path: str) -> int:
    """How often the issuer was asked for it."""
    return sum(one.startswith(f"GET {path} ".encode()) for one in watched.web.requests)


PATH = "/" + assertion("1")["id"].split("/", 3)[3]


def test_it_is_looked_at_anew_but_not_by_each_of_many_visitors(watched: Watched) -> None:
    async def steps(client: httpx2.AsyncClient, link: str, clock: Clock) -> None:
        before = asked(watched, PATH)
        many = await asyncio.gather(*(client.get(link) for _ in range(20)))
        assert {one.status_code for one in many} == {200}
        assert asked(watched, PATH) == before + 1
        watched.say({**assertion("1"), "revoked": True, "revocationReason": "in error"})
        clock.seconds += visitors.SECONDS - 1
        assert "Revoked" not in (await client.get(link)).text
        clock.seconds += 2
        page = (await client.get(link)).text
        assert "Revoked" in page
        assert "in error" in page
        assert asked(watched, PATH) == before + 2

    visiting(watched, steps)


def test_archives_are_packed_one_after_another(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once, most, packs = [0], [0], recheck.archive

    def counted(*given: Any) -> bytes:  # noqa: ANN401 - as it is called
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        time.sleep(0.02)
        at_once[0] -= 1
        return packs(*given)

    async def steps(client: httpx2.AsyncClient, link: str, clock: Clock) -> None:
        wanted = (client.get(f"{link}/1/recheck.zip") for _ in range(8))
        assert {one.status_code for one in await asyncio.gather(*wanted)} == {200}
        assert most == [1]

    monkeypatch.setattr(recheck, "archive", counted)
    visiting(watched, steps)


def test_an_issuer_that_is_gone_makes_no_badge_green_or_red(watched: Watched) -> None:
    async def steps(client: httpx2.AsyncClient, link: str, clock: Clock) -> None:
        watched.die()
        report = (await client.get(f"{link}/1/report.json")).json()
        assert report["verdict"] == "unknown"
        assert "Not established" in (await client.get(link)).text

    visiting(watched, steps)


def test_while_an_issuer_keeps_us_waiting_the_page_says_so_and_loads_itself_again(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pages, "PAGE_WAITS", 0.2)
    go = asyncio.Event()

    async def slowly(writer: asyncio.StreamWriter) -> None:
        await go.wait()
        body = answer(
            as_json(assertion("1")), Content_Type="application/ld+json", Connection="close"
        )
        writer.write(body)
        await writer.drain()

    async def steps(client: httpx2.AsyncClient, link: str, clock: Clock) -> None:
        before = asked(watched, PATH)
        watched.web.replies[PATH] = slowly
        page = (await client.get(link)).text
        assert re.search(r'http-equiv="refresh" content="3; url=/s/', page)
        assert "0 of 1 checked" in page
        assert "Being checked" in page
        assert 'og:description" content="Being checked now"' in page
        go.set()
        report = (await client.get(f"{link}/1/report.json")).json()
        assert report["verdict"] == "verified"
        page = (await client.get(link)).text
        assert "refresh" not in page
        assert "Verified" in page
        assert asked(watched, PATH) == before + 1  # whoever gave up waiting, it went on

    visiting(watched, steps)


def test_a_stack_shows_no_badge_that_came_to_it_later(watched: Watched) -> None:
    watched.host({**RIVERSIDE.web(), **stacking.college_web()})
    links: dict[str, str] = {}

    async def steps() -> None:
        for one in stacking.college_badges().values():
            await watched.keep(as_json(one))
        whole = everything(watched.database)
        (stack,) = whole.stacks
        for name, fields in (("whole", EVERY), ("cut", EVERY - {"issued"})):
            draft = read(badges_of(whole, stack), fields=fields, stack=stack.id, expires_at=None)
            links[name] = f"/s/{shares.make(watched.database, draft, watched.now)[1]}"
        await watched.keep(as_json(stacking.step(RIVERSIDE, "Harbour Signals")))
        (stack,) = everything(watched.database).stacks
        assert any(node.name == "Harbour Signals" for node in stack.nodes)
        app = Starlette(routes=pages.ROUTES)
        app.state.services = watched.services
        transport = httpx2.ASGITransport(app=app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://here") as client:
            found = {name: (await client.get(link)).text for name, link in links.items()}
        for page in found.values():
            assert "How it adds up" in page
            assert "Tide Tables" in page
            assert "Harbour Signals" not in page
            assert "/wallet/" not in page.replace("/static/wallet-", "")
        assert "14 March 2025" in found["whole"]
        assert "14 Mar" not in found["cut"]

    watched.live(steps)


@pytest.mark.anyio
async def test_what_was_found_is_held_within_bounds() -> None:
    made: list[str] = []
    held = Flights[str](60, room=10, weigh=len)

    async def work(word: str) -> str:
        made.append(word)
        return word

    for word in ("aaaa", "bbbb", "cccc", "cccc", "bbbb", "aaaa"):
        assert await held.get(word, lambda word=word: work(word), patience=1) == word  # type: ignore[misc]
    assert made == ["aaaa", "bbbb", "cccc", "aaaa"]


@pytest.mark.anyio
async def test_a_look_that_fails_is_told_and_tried_again() -> None:
    held = Flights[str](60, room=10, weigh=len)

    async def fails() -> str:
        raise OSError("no")

    async def works() -> str:
        return "yes"

    with pytest.raises(OSError, match="no"):
        await held.get("x", fails, patience=1)
    assert await held.get("x", works, patience=1) == "yes"

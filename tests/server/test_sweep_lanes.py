"""In which order and at which pace the hosts of a list are asked."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import anyio
import pytest

from tests.server.parts import parts_of
from verifier.model import Document, Request
from wallet_server.cache import CachedFetcher
from wallet_server.services import Services
from wallet_server.store import sweeps
from wallet_server.store.database import Database
from wallet_server.sweeping import runner
from wallet_server.sweeping.bringing import bring
from wallet_server.sweeping.runner import Lanes, work_off
from wallet_server.verification import now

pytestmark = pytest.mark.anyio
PAUSE = 0.2


class Hosts:
    """A web in which nothing is found, and one host keeps everybody waiting for its answers: until
    others were asked so often.
    """

    def __init__(self) -> None:
        self.others = 0
        self.asked: list[tuple[str, float]] = []
        self.asking: Counter[str] = Counter()
        self.most: Counter[str] = Counter()

    async def fetch(self, request: Request) -> Document:
        host = urlsplit(request.url).hostname or ""
        self.asked.append((host, anyio.current_time()))
        self.asking[host] += 1
        self.most[host] = max(self.most[host], self.asking[host])
        with anyio.fail_after(60):
            while host == "slow.example" and self.asked_elsewhere() < self.others:
                await anyio.sleep(0.01)
        self.asking[host] -= 1
        return Document(request.url, now(), 404, "text/html", b"")

    def asked_elsewhere(self) -> int:
        return sum(host != "slow.example" for host, _ in self.asked)

    def times(self, host: str) -> list[float]:
        return [at for name, at in self.asked if name == host]


@pytest.fixture
def web() -> Hosts:
    return Hosts()


@pytest.fixture
def parts(
    web: Hosts, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Services:
    monkeypatch.setattr(runner, "PAUSE", PAUSE)
    cache = CachedFetcher(web)
    return parts_of(database, tmp_path, cache, cache=cache)


async def brought(parts: Services, *addresses: str, sha256: str | None = None) -> str:
    content = "\n".join(["Link", *addresses]).encode()
    return await bring(parts, "list.csv", [("list.csv", lambda: content)], {}, sha256)


async def test_a_slow_host_holds_up_its_own_lane_alone(parts: Services, web: Hosts) -> None:
    slow = [f"https://slow.example/badges/{number}" for number in range(3)]
    quick = [f"https://quick-{number % 4}.example/badges/{number}" for number in range(8)]
    web.others = len(quick)
    identifier = await brought(parts, *slow, *quick)
    await work_off(parts, identifier)
    one = sweeps.find(parts.database, identifier)
    assert one is not None
    assert (one.ready, one.finished_at is not None) == (11, True)
    assert [host for host, _ in web.asked].count("slow.example") == len(slow)
    assert set(web.most.values()) == {1}
    for host in ("slow.example", "quick-0.example"):
        times = web.times(host)
        assert all(later - before >= PAUSE for before, later in pairwise(times))


async def test_what_was_stopped_waits_until_it_goes_on(parts: Services, web: Hosts) -> None:
    identifier = await brought(parts, *(f"https://a.example/badges/{n}" for n in range(4)))
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(Lanes(parts).run)
        with anyio.fail_after(60):
            while not web.asked:
                await anyio.sleep(0.01)
        assert sweeps.stop(parts.database, identifier, now())
        await anyio.sleep(2 * PAUSE)
        asked = len(web.asked)
        assert asked < 4
        await anyio.sleep(2 * PAUSE)
        assert len(web.asked) == asked
        assert sweeps.go_on(parts.database, identifier)
        parts.swept.ring()
        with anyio.fail_after(60):
            while len(web.asked) < 4:
                await anyio.sleep(0.01)
        tasks.cancel_scope.cancel()


async def test_what_a_command_began_is_its_own(parts: Services, web: Hosts) -> None:
    identifier = await brought(parts, "https://a.example/badges/1", sha256="0" * 64)
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(Lanes(parts).run)
        await anyio.sleep(2 * PAUSE)
        assert web.asked == []
        assert sweeps.unfinished(parts.database, "0" * 64) == identifier
        assert sweeps.go_on(parts.database, identifier)  # its reader wants the server to
        parts.swept.ring()
        with anyio.fail_after(60):
            while not web.asked:
                await anyio.sleep(0.01)
        tasks.cancel_scope.cancel()
    assert sweeps.unfinished(parts.database, "0" * 64) is None


async def test_what_another_program_found_is_not_told_twice(parts: Services, web: Hosts) -> None:
    identifier = await brought(parts, "https://a.example/badges/1")
    async with anyio.create_task_group() as tasks:
        for _ in range(2):
            tasks.start_soon(work_off, parts, identifier)
    assert sweeps.find(parts.database, identifier) is not None
    with parts.database.reading() as connection:
        told = connection.exec_driver_sql("SELECT count(*) FROM sweep_lines").scalar_one()
    assert told == 1

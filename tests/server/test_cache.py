"""What was fetched is kept, for as long as it may be, and fetched once for all who ask."""

from datetime import UTC, datetime

import anyio
import pytest
from msgspec import Struct, field

from verifier.model import Document, Request
from wallet_server.cache import Anew, CachedFetcher

pytestmark = pytest.mark.anyio
HOUR = 3600.0


class Web(Struct):
    """A web that answers slowly, each time with another body."""

    status: int | None = 200
    error: str | None = None
    size: int = 10
    seconds: float = 0.01
    asked: list[str] = field(default_factory=list)
    now: float = 1000.0

    async def fetch(self, request: Request) -> Document:
        self.asked.append(request.url)
        await anyio.sleep(self.seconds)
        body = str(len(self.asked)).encode().ljust(self.size)
        return Document(
            request.url,
            datetime(2026, 1, 1, tzinfo=UTC),
            status=None if self.error else self.status,
            content=b"" if self.error else body,
            error=self.error,
        )

    def clock(self) -> float:
        return self.now


A = Request("https://issuer.example/a")


async def test_fifty_askers_share_one_fetch() -> None:
    web = Web()
    cache = CachedFetcher(web)
    documents: list[Document] = []

    async def ask() -> None:
        documents.append(await cache.fetch(A))

    async with anyio.create_task_group() as tasks:
        for _ in range(50):
            tasks.start_soon(ask)
    assert len(web.asked) == 1
    assert sum(document.from_cache for document in documents) == 49
    assert len({document.content for document in documents}) == 1


async def test_an_asker_who_leaves_does_not_leave_the_others_waiting() -> None:
    web = Web(seconds=0.5)  # longer than a busy machine leaves us standing
    cache = CachedFetcher(web)
    with anyio.move_on_after(0.001):
        await cache.fetch(A)
    assert not (await cache.fetch(A)).from_cache


@pytest.mark.parametrize(
    ("web", "kept", "gone"),
    [
        (Web(), 23 * HOUR, 25 * HOUR),
        (Web(status=410), 23 * HOUR, 25 * HOUR),
        (Web(status=404), 290, 310),
        (Web(status=503), 290, 310),
        (Web(error="timeout"), 290, 310),
    ],
)
async def test_an_answer_is_believed_for_its_time(web: Web, kept: float, gone: float) -> None:
    cache = CachedFetcher(web, clock=web.clock)
    await cache.fetch(A)
    web.now += kept
    assert (await cache.fetch(A)).from_cache
    web.now += gone - kept
    assert not (await cache.fetch(A)).from_cache


async def test_another_accept_header_is_another_question() -> None:
    web = Web()
    cache = CachedFetcher(web)
    await cache.fetch(A)
    await cache.fetch(Request(A.url, accept="text/html"))
    assert len(web.asked) == 2


async def test_checking_again_asks_again_and_renews_what_is_held() -> None:
    web = Web()
    cache = CachedFetcher(web, clock=web.clock)
    first = await cache.fetch(A)
    web.now += 1
    again = await Anew(cache).fetch(A)
    assert not again.from_cache
    assert again.content != first.content
    assert (await cache.fetch(A)).content == again.content


async def test_what_is_held_is_bounded() -> None:
    web = Web(size=100_000)
    cache = CachedFetcher(web, capacity=1_000_000)
    urls = [f"https://issuer.example/{n}" for n in range(20)]
    for url in urls:
        await cache.fetch(Request(url))
    held = [(await cache.fetch(Request(url))).from_cache for url in reversed(urls)]
    assert held[0]
    assert sum(held) < 10

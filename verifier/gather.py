"""Fetch what is needed until nothing more is: the one loop between naming needs and checking."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from verifier.model import Document, Documents, Request
from verifier.ports import Fetcher

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")
R = TypeVar("R")

#: Look-ups one verification may make in all (a credential could name hundreds).
LIMIT = 12


class Waits(Exception):
    """An answer has to be waited for where nothing can: no event loop runs."""


async def gather(
    needs: Callable[[Documents], Iterable[Request]],
    fetcher: Fetcher,
    documents: Documents,
    first: Iterable[Request] | None = None,
) -> Documents:
    """Ask `needs` what is missing, fetch it side by side, and ask again with the answers until it
    names nothing new. `first` is what it names of `documents`, where it was asked already.

    Beyond `LIMIT` look-ups the rest is answered with the error `limit`, which checks read as
    unreachable.
    """
    first = needs(documents) if first is None else first
    missing = [request for request in first if request not in documents]
    if not missing:
        return documents
    held = dict(documents)
    while missing:
        missing = list(dict.fromkeys(missing))
        allowed = max(0, LIMIT - len(held))
        answers = await side_by_side(fetcher.fetch, missing[:allowed])
        held.update(zip(missing, answers, strict=False))
        if len(missing) > allowed:
            at = max(document.at for document in held.values())
            for request in missing[allowed:]:
                held[request] = Document(url=request.url, at=at, error="limit")
        missing = [request for request in needs(held) if request not in held]
    return held


async def side_by_side(
    function: Callable[[T], Coroutine[Any, Any, R]], items: Sequence[T]
) -> list[R]:
    """What `function` gives for each of `items`, in their order. Where one raises, the others are
    ended. Raises `Waits`.
    """
    if not items:
        return []
    if len(items) == 1:
        return [await function(items[0])]
    found: list[R] = []
    begun: list[asyncio.Task[R]] = []
    loop = _loop()

    def begin_the_rest() -> None:
        begun.extend([loop.create_task(function(item)) for item in items[len(found) + 1 :]])

    # The loop comes to that once one has to be waited for: before, tasks would be for nothing.
    rest = loop.call_soon(begin_the_rest)
    try:
        while len(found) + len(begun) < len(items):
            found.append(await function(items[len(found)]))
        return [*found, *[await task for task in begun]]
    finally:
        rest.cancel()
        for task in begun:
            task.cancel()  # nothing, once it is done


def _loop() -> asyncio.AbstractEventLoop:
    import asyncio  # here: one badge with its key in it needs no event loop, which is slow to load

    try:
        return asyncio.get_running_loop()
    except RuntimeError as error:
        raise Waits from error


class Allowance:
    """A `Fetcher` that asks the one behind once for each request, and for `limit` requests in all;
    beyond that the answer is the error `limit`.
    """

    def __init__(self, behind: Fetcher, limit: int, now: datetime) -> None:
        self._behind = behind
        self._limit = limit
        self._now = now
        self._asked: dict[Request, asyncio.Future[Document]] = {}

    async def fetch(self, request: Request) -> Document:
        """The answer from behind. Raises `Waits`."""
        if request in self._asked:
            return await self._asked[request]
        if len(self._asked) >= self._limit:
            return Document(url=request.url, at=self._now, error="limit")
        answer = self._asked[request] = _loop().create_future()
        try:
            document = await self._behind.fetch(request)
            if not answer.done():
                answer.set_result(document)
        finally:
            answer.cancel()  # nothing, once there is an answer
        return document


class Share:
    """A `Fetcher` that passes on `limit` different requests to an `Allowance`; beyond that the
    answer is the error `limit`.
    """

    def __init__(self, allowance: Allowance, limit: int, now: datetime) -> None:
        self._allowance = allowance
        self._limit = limit
        self._now = now
        self._asked: set[Request] = set()

    async def fetch(self, request: Request) -> Document:
        """The answer of the allowance, which asks for nothing twice. Raises `Waits`."""
        if request not in self._asked:
            if len(self._asked) >= self._limit:
                return Document(url=request.url, at=self._now, error="limit")
            self._asked.add(request)
        return await self._allowance.fetch(request)

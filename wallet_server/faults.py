"""Work in the background that must not end the server, nor meet the same fault at every start."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

from wallet_server.store.errors import OutOfReach

T = TypeVar("T")


async def unless_faulty(work: Coroutine[Any, Any, T], says: str) -> T | None:
    """The result of `work`. A fault of ours is told in the log after `says`, and gives `None`:
    whoever asked settles that piece of work and goes on with the next. Raises `OutOfReach`.
    """
    task = asyncio.ensure_future(work)
    try:
        await asyncio.wait({task})
    finally:
        task.cancel()
    error = task.exception()
    if error is None:
        return task.result()
    if isinstance(error, OutOfReach) or not isinstance(error, Exception):
        raise error
    logging.getLogger(__name__).error(says, exc_info=error)
    return None

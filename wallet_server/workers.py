"""Processes that do costly work and can be killed: a poisoned credential ends one, and no more."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from importlib import import_module
from typing import TypeVar

import anyio
from anyio import to_process

from verifier.errors import TooCostly

try:
    import resource
except ImportError:  # Windows has no resource limits: there the deadline alone holds
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

CPU_SECONDS = 3
#: Where the processor's time is limited the clock is there for a process that stands still, and
#: leaves room for a machine that has much else to do.
WALL_SECONDS = 5.0 if sys.platform == "win32" else 15.0
MEMORY = 768 * 2**20
#: A process that does not even start in this time means a machine in trouble.
START_SECONDS = 30.0
#: A worker imports its parent's script. One that verifies as it is imported, with no
#: `if __name__ == "__main__"`, would have each worker start another, without end.
WITHIN_WORKER = "anyio.to_process" in sys.orig_argv


class ProcessWorkers:
    """Runs pure functions in other processes, as many at once as there are processors, each within
    these limits; `memory` is in bytes.
    """

    def __init__(
        self,
        *,
        wall_seconds: float = WALL_SECONDS,
        cpu_seconds: int = CPU_SECONDS,
        memory: int = MEMORY,
    ) -> None:
        # that the system took a worker away already is of no interest to whoever reads the terminal
        logging.getLogger("asyncio").setLevel(logging.ERROR)
        self._wall_seconds = wall_seconds
        self._share = (cpu_seconds, memory)
        self._limiter = anyio.CapacityLimiter(os.cpu_count() or 2)
        self._pool = anyio.CapacityLimiter(self._limiter.total_tokens)

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The result of `function(*arguments)`, all of which must pickle.

        Raises `TooCostly` when the time, the memory or the process itself runs out.
        """
        if WITHIN_WORKER:
            return function(*arguments)
        async with self._limiter:
            try:
                # Waiting for a process to start is not the function's fault, so it is not timed.
                with anyio.fail_after(START_SECONDS):
                    await to_process.run_sync(_ready, cancellable=True, limiter=self._pool)
                with anyio.fail_after(self._wall_seconds):
                    return await to_process.run_sync(
                        _limited,
                        self._share,
                        function,
                        arguments,
                        cancellable=True,
                        limiter=self._pool,
                    )
            except TimeoutError as error:
                raise TooCostly(f"stopped after {self._wall_seconds:g} seconds") from error
            except anyio.BrokenWorkerProcess as error:
                raise TooCostly("the process that did the work died") from error
            except (MemoryError, RecursionError) as error:
                raise TooCostly("it needed more memory than it may have") from error


def warmed_up() -> None:
    """Run in a worker before it is needed, so that the first badge waits for no imports."""
    import_module("verifier.verify")


def _ready() -> None:
    """Nothing: whoever awaits it knows that a process is there."""


def _limited(
    share: tuple[int, int], function: Callable[..., T], arguments: tuple[object, ...]
) -> T:
    """Call `function` in this process, which ends when it takes more than its share."""
    cpu_seconds, memory = share
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    return function(*arguments)

"""Processes that do costly work and can be killed: a poisoned credential ends one, and no more.

Where the system can fork, the verifier is imported once, by a process that does nothing else and
from which the others are forked: then a new one costs hundredths of a second. None is there before
it is needed, since most badges need none (`verifier.light`), and they take a third of a server's
memory; who needs the first waits for those imports.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from contextvars import ContextVar
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from threading import Lock, Thread
from types import ModuleType
from typing import Any, TypeVar

import anyio
from anyio import to_thread

from verifier.errors import TooCostly

try:
    import resource
except ImportError:  # Windows has no resource limits: there the deadline alone holds
    resource = None  # type: ignore[assignment]

T = TypeVar("T")

#: Called, in a thread of its own, once the work of who set it was handed over: to send it takes the
#: interpreter's lock, and who works on meanwhile may keep that for long.
SENT: ContextVar[Callable[[], object]] = ContextVar("sent", default=lambda: None)

CPU_SECONDS = 3
#: Where the processor's time is limited the clock is there for a process that stands still, and
#: leaves room for a machine that has much else to do.
WALL_SECONDS = 5.0 if sys.platform == "win32" else 15.0
MEMORY = 768 * 2**20
#: A process that does not even start in this time means a machine in trouble.
START_SECONDS = 30.0

#: What a worker is forked with: of what the verifier loads where it is met, whatever work that
#: comes here may meet, so that all workers share it.
IMPORTED = [
    "verifier.verify",
    *(__name__, "wallet_server.many"),
    *("verifier.checks.compared", "verifier.checks.status", "verifier.containers.files"),
    *("verifier.identifiers.comparing", "verifier.jcs", "verifier.proofs.unsupported"),
    *(f"verifier.parse.{name}" for name in ("blockcerts_1", "blockcerts_2", "envelopes")),
    *(f"verifier.parse.{name}" for name in ("europass", "open_badges_2", "sd_jwt_vc")),
    *(f"verifier.proofs.{name}" for name in ("data_integrity", "disclosed", "selective")),
    *("verifier.discover", "verifier.proofs.signed", "verifier.read.visits"),
    *("verifier.jsonld.processed", "verifier.papers", "verifier.providers.registry"),
]
_FORKS = "forkserver" in multiprocessing.get_all_start_methods()
_CONTEXT: Any = multiprocessing.get_context("forkserver" if _FORKS else "spawn")
if _FORKS:
    _CONTEXT.set_forkserver_preload(IMPORTED)


class ProcessWorkers:
    """Runs pure functions in other processes, as many at once as there are processors (and `most`,
    where that is fewer), each within these limits; `memory` is in bytes.
    """

    def __init__(
        self,
        *,
        wall_seconds: float = WALL_SECONDS,
        cpu_seconds: int = CPU_SECONDS,
        memory: int = MEMORY,
        most: int | None = None,
    ) -> None:
        self._wall_seconds = wall_seconds
        self._share = (cpu_seconds, memory)
        processors = os.cpu_count() or 2
        self._limiter = anyio.CapacityLimiter(min(processors, most or processors))
        self._threads = anyio.CapacityLimiter(self._limiter.total_tokens)

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The result of `function(*arguments)`, all of which must pickle.

        Raises `TooCostly` when the time, the memory or the process itself runs out.
        """
        async with self._limiter:
            try:
                # Waiting for a process to start is not the function's fault, so it is not timed.
                with anyio.fail_after(START_SECONDS):
                    worker = await self._in_thread(_worker)
                result, error = await self._asked(worker, function, arguments)
            except TimeoutError as late:
                raise TooCostly(f"stopped after {self._wall_seconds:g} seconds") from late
            except EOFError as gone:
                raise TooCostly("the process that did the work died") from gone
        if isinstance(error, (MemoryError, RecursionError)):
            raise TooCostly("it needed more memory than it may have") from error
        if error is not None:
            raise error
        return result

    async def _asked(
        self, worker: _Worker, function: Callable[..., T], arguments: tuple[object, ...]
    ) -> tuple[T, Exception | None]:
        """What came of the work. A worker that did not end it, or is full, is never asked again."""
        is_well = False
        try:
            with anyio.fail_after(self._wall_seconds):
                result, error = await self._in_thread(
                    worker.ask, (self._share, function, arguments)
                )
            is_well = not isinstance(error, MemoryError)
        finally:
            if is_well:
                _idle.append(worker)
            else:
                worker.kill()
        return result, error

    async def _in_thread(self, function: Callable[..., T], *arguments: object) -> T:
        """The result of what waits for another process; nobody waits for it any more once its time
        is over.
        """
        return await to_thread.run_sync(
            function, *arguments, abandon_on_cancel=True, limiter=self._threads
        )


class _Worker:
    """One process, and this end of the pipe to it."""

    def __init__(self) -> None:
        self._end, theirs = _CONTEXT.Pipe()
        self._process = _CONTEXT.Process(target=_serve, args=(theirs,), daemon=True)
        begin(self._process)
        theirs.close()
        self._end.recv()

    @property
    def is_alive(self) -> bool:
        """Whether it is still there."""
        return bool(self._process.is_alive())

    def ask(self, work: object) -> tuple[Any, Exception | None]:
        """What came of `work`, once it is done. Raises `EOFError` where it died of it."""
        try:
            self._end.send(work)
            SENT.get()()
            outcome: tuple[Any, Exception | None] = self._end.recv()
        except OSError as error:
            raise EOFError("it died in the middle of a message") from error
        return outcome

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()


def begin(process: BaseProcess) -> None:
    """Start a process, and not the program of this one in it: whoever verifies as their script is
    imported, with no `if __name__ == "__main__"`, would do so in every worker.
    """
    with _STARTING:
        script, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
        try:
            process.start()
        finally:
            sys.modules["__main__"] = script


_STARTING, _BESIDE = Lock(), Lock()
#: Those that wait for work, whoever asked them last.
_idle: list[_Worker] = []


def _worker() -> _Worker:
    """One that waits for work, or a new one."""
    with contextlib.suppress(IndexError):
        while True:
            worker = _idle.pop()
            if worker.is_alive:
                return worker
    return _Worker()


def ready(count: int) -> int:
    """How many of `count` workers wait for work; for the next time one that is missing is started,
    which nobody waits for.
    """
    if len(_idle) < count:
        Thread(target=_start, daemon=True).start()
    return min(count, len(_idle))


def _start() -> None:
    if _BESIDE.acquire(blocking=False):  # else one is on its way
        with contextlib.suppress(EOFError, OSError):  # a machine in trouble
            _idle.append(_Worker())
        _BESIDE.release()


def _serve(end: Connection) -> None:
    """The whole life of a worker: it ends with the process that asks it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # which a terminal sends to all of us
    with contextlib.suppress(EOFError, OSError):  # nobody is there any more
        end.send(None)
        while True:
            end.send(_outcome(*end.recv()))


def _outcome(
    share: tuple[int, int], function: Callable[..., Any], arguments: tuple[object, ...]
) -> tuple[Any, Exception | None]:
    """The result of `function`, or what it raised. This process ends if it takes more than its
    share.
    """
    cpu_seconds, memory = share
    if resource is not None:
        used = resource.getrusage(resource.RUSAGE_SELF)
        seconds = int(used.ru_utime + used.ru_stime) + 1 + cpu_seconds
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, hard))
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
        resource.setrlimit(resource.RLIMIT_AS, (bound, hard))
    try:
        return function(*arguments), None
    except Exception as error:  # noqa: BLE001 it is raised again where it was asked for
        return None, error

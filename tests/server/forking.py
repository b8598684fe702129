"""The command in processes of their own, forked from one that has imported it: to import it costs a
second of the processor, and the tests start a hundred servers.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from wallet_server import workers

_CONTEXT: Any = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(
    [*workers.IMPORTED, "wallet_server.cli", "wallet_server.app", __name__]
)
_started: list[Forked] = []


class Forked:
    """`touchstone` with these arguments and this environment alone, as a `Popen` would run it; what
    it prints stands in the file `printed`, its complaints in `errors`.
    """

    def __init__(
        self,
        *arguments: str,
        environment: Mapping[str, str],
        printed: Path,
        errors: Path,
    ) -> None:
        for file in (printed, errors):
            file.write_bytes(b"")
        work = (arguments, dict(environment), printed, errors)
        self._process = _CONTEXT.Process(target=_run, args=work)
        workers.begin(self._process)
        self.pid: int = self._process.pid
        _started.append(self)

    def poll(self) -> int | None:
        """Its exit status, `None` while it runs."""
        self._process.join(0)
        status: int | None = self._process.exitcode
        return status

    def send_signal(self, sent: int) -> None:
        """Send it one."""
        os.kill(self.pid, sent)

    def terminate(self) -> None:
        """Tell it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self._process.kill()

    def communicate(self, timeout: float | None = None) -> None:
        """Wait until it is gone. Raises `TimeoutError`."""
        self._process.join(timeout)
        if self._process.is_alive():
            raise TimeoutError(f"process {self.pid} is still there after {timeout} seconds")


@atexit.register
def _end() -> None:
    """Leave none behind, though a test may have failed."""
    for one in _started:
        if one.poll() is None:
            with suppress(ProcessLookupError):
                one.kill()


def _run(
    arguments: tuple[str, ...], environment: dict[str, str], printed: Path, errors: Path
) -> None:
    for descriptor, file in ((1, printed), (2, errors)):
        opened = os.open(file, os.O_WRONLY | os.O_APPEND)
        os.dup2(opened, descriptor)
        os.close(opened)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(line_buffering=True)
    os.environ.clear()
    os.environ.update(environment)
    _CONTEXT.set_forkserver_preload(workers.IMPORTED)  # those of its own are a server's
    from wallet_server.cli import main

    sys.argv = ["touchstone", *arguments]
    main(list(arguments))

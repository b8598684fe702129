"""Costly work ends at its limits, and the next piece of work is done all the same."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from verifier.errors import Malformed, NoCredential, TooCostly
from wallet_server.verification import STOPPED_SECONDS, Spending
from wallet_server.workers import ProcessWorkers


def spin() -> None:
    """Burn the processor for ever."""
    while True:
        pass


def swell() -> int:
    """Take more memory than there may be."""
    return len(b"\1" * (8 * 2**30))


def dive(depth: int = 0) -> int:
    """Recurse without end."""
    return dive(depth + 1)


def die() -> None:
    """End the process, as a fault in a library would."""
    os.kill(os.getpid(), signal.SIGKILL)


def refuse() -> None:
    """Raise an error of the verifier's own."""
    raise NoCredential("malformed", "It is not one.", ("x",))


def complain() -> None:
    """Raise the other one."""
    raise Malformed("json.depth", "Too deep.")


def digest(content: bytes) -> str:
    """Honest work."""
    return hashlib.sha256(content).hexdigest()[:8]


@pytest.mark.anyio
@pytest.mark.parametrize("work", [spin, time.sleep, swell, dive, die])
async def test_work_without_end_is_stopped_and_harms_nobody(work: object) -> None:
    workers = ProcessWorkers(wall_seconds=3, cpu_seconds=0)
    arguments = (60,) if work is time.sleep else ()
    started = time.monotonic()
    with pytest.raises(TooCostly):
        await workers.run(work, *arguments)  # type: ignore[arg-type] # one of the above
    assert time.monotonic() - started < 30  # three seconds, and what a busy machine adds
    assert await ProcessWorkers().run(digest, b"abc") == "ba7816bf"


@pytest.mark.anyio
async def test_the_verifiers_own_errors_come_through_whole() -> None:
    workers = ProcessWorkers()
    with pytest.raises(NoCredential) as refused:
        await workers.run(refuse)
    assert (refused.value.code, refused.value.found) == ("malformed", ("x",))
    with pytest.raises(Malformed) as complained:
        await workers.run(complain)
    assert complained.value.reason == "json.depth"


def burn(seconds: float) -> float:
    """Use the processor for so long."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return seconds


def give_up() -> None:
    """End as work does that counts its own steps."""
    raise TooCostly("too many steps")


@pytest.mark.anyio
async def test_one_source_has_its_share_of_the_work_and_no_more() -> None:
    workers = ProcessWorkers()
    share = Spending(workers, seconds=0.5)
    assert [await share.run(burn, 0.2) for _ in range(3)] == [0.2] * 3
    started = time.monotonic()
    for _ in range(100):
        with pytest.raises(TooCostly):
            await share.run(burn, 0.2)
    assert time.monotonic() - started < 15  # of twenty seconds that it would have worked
    stopped = Spending(workers, seconds=STOPPED_SECONDS * 2)
    for work in (give_up, give_up, digest):
        with pytest.raises(TooCostly):
            await stopped.run(work, *((b"abc",) if work is digest else ()))
    assert await Spending(workers).run(digest, b"abc") == "ba7816bf"


UNGUARDED = """
import asyncio
import math

from wallet_server.workers import ProcessWorkers

print(asyncio.run(ProcessWorkers().run(math.factorial, 5)))
"""


def test_a_script_without_a_guard_does_not_start_workers_without_end(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent.parent)}
    command = [sys.executable, str(script)]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120)
    assert (ended.stdout, ended.stderr) == ("120\n", "")

"""Verdicts through HTTP: `… touchstone|express|page FOLDER PEERS SECONDS`.

The server runs on the core that this process was given, whoever asks it on another.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
from msgspec import Struct

from tests.bench.speed import processes
from tests.bench.speed.looped import NOT_PROVED
from tests.bench.speed.peers import NODE
from tests.server.conftest import start

CONNECTIONS, BATCH = 32, 50


class Server(Struct, frozen=True):
    """A running server; `takes` says whether one of its answers is that a credential holds."""

    pid: int
    address: str
    token: str
    takes: Callable[[Any], bool]

    def asking(self) -> httpx2.Client:
        """A client of it."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return httpx2.Client(
            base_url=self.address, headers=headers, trust_env=False, timeout=60, verify=False
        )


def main() -> None:
    """Prove the one that is named, load it, and print what came out."""
    what, folder, peers, seconds = sys.argv[1:]
    good, bad = (json.loads((Path(folder) / "many.json").read_bytes())[w] for w in ("good", "bad"))
    opened = _express(Path(peers), folder) if what == "express" else _touchstone()
    with opened as server, server.asking() as client:
        for text, holds in ((good[0], True), (bad[0], False)):
            answer = client.post("/api/verify", json={"credential": text})
            if server.takes(answer.json()) is not holds:
                _give_up("it did not say what is true")
        if what == "page":
            figures = _page(server, client, good, float(seconds))
        else:
            figures = _load(server, Path(peers), f"{folder}/many.json", float(seconds))
    print(json.dumps(figures))  # noqa: T201


@contextmanager
def _touchstone() -> Iterator[Server]:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "urls.json").write_text("{}")
        served = start(Path(folder) / "server", "--documents", folder, anew=True)
        try:
            yield Server(served.process.pid, served.address, served.pair(), _holds)
        finally:
            complaints = served.stop()
        if complaints:
            _give_up(complaints.strip().splitlines()[-1])


def _holds(report: Any) -> bool:  # noqa: ANN401 any JSON
    genuine = report["checks"][0]
    return bool(genuine["code"] == "signature" and genuine["outcome"] == "passed")


@contextmanager
def _express(peers: Path, folder: str) -> Iterator[Server]:
    command = [NODE, str(peers / "express.mjs"), folder]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            address = process.stdout.readline().strip()
            yield Server(process.pid, address, "", _holds_for_verifier_core)
        finally:
            process.terminate()


def _holds_for_verifier_core(said: Any) -> bool:  # noqa: ANN401 any JSON
    steps = {step["id"]: step.get("valid") for step in said.get("log", ())}
    return not said.get("errors") and steps.get("valid_signature") is True


def _load(server: Server, peers: Path, file: str, seconds: float) -> dict[str, float]:
    """Verdicts over many connections, each of other bytes."""
    _ask(server, peers, file, seconds)  # warms up
    before = processes.cpu_seconds(server.pid)
    told = _ask(server, peers, file, 2 * seconds)
    cpu = processes.cpu_seconds(server.pid) - before
    if told["failed"] or not told["answered"]:
        _give_up(f"{told['failed']} of its answers failed, {told['answered']} came")
    return {
        "calls": told["answered"],
        "cpu_ms": cpu / told["answered"] * 1000,
        "wall_ms": told["p50_ms"],
        "memory_mb": processes.memory_mb(server.pid),
    }


def _ask(server: Server, peers: Path, file: str, seconds: float) -> dict[str, float]:
    given = [server.address, file, str(CONNECTIONS), str(max(1, round(seconds))), server.token]
    here = os.sched_getaffinity(0)
    others = set(range(os.cpu_count() or 1)) - here or here
    done = subprocess.run(
        [NODE, str(peers / "load.mjs"), *given],
        preexec_fn=partial(os.sched_setaffinity, 0, others),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        _give_up(f"whoever asks it failed: {done.stderr.strip()[-200:]}")
    told: dict[str, float] = json.loads(done.stdout)
    return told


def _page(
    server: Server, client: httpx2.Client, good: Sequence[str], seconds: float
) -> dict[str, float]:
    """Batches as a page makes them, each of other bytes, from the request to the last line."""
    times: list[float] = []

    def loop(long: float) -> None:
        until = time.perf_counter() + long
        while time.perf_counter() < until or not times:
            start = len(times) * BATCH
            texts = [good[(start + n) % len(good)] + " " * len(times) for n in range(BATCH)]
            body = json.dumps({"items": [{"credential": text} for text in texts]})
            headers = {"Content-Type": "application/json"}
            started = time.perf_counter()
            answer = client.post("/api/verify/batch", content=body, headers=headers)
            lines = answer.text.splitlines()
            times.append(time.perf_counter() - started)
            if len(lines) != BATCH or not all(_holds(json.loads(line)) for line in lines):
                _give_up("a batch came back incomplete or wrong")

    loop(seconds)
    times.clear()
    before = processes.cpu_seconds(server.pid)
    loop(2 * seconds)
    cpu = processes.cpu_seconds(server.pid) - before
    return {
        "calls": len(times),
        "cpu_ms": cpu / len(times) * 1000,
        "wall_ms": statistics.median(times) * 1000,
        "memory_mb": processes.memory_mb(server.pid),
    }


def _give_up(why: str) -> None:
    print(why, file=sys.stderr)  # noqa: T201
    sys.exit(NOT_PROVED)


if __name__ == "__main__":
    main()

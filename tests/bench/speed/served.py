"""Verdicts through HTTP: `… touchstone|express|page|batch FOLDER PEERS`.

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

from tests.bench.speed import looped, processes
from tests.bench.speed.asked import Turn, each_turn, give_up, working
from tests.bench.speed.peers import NODE
from tests.server.conftest import ANEW, start

CONNECTIONS = 32
#: How many badges go into one batch.
BATCHES = {"page": 50, "batch": 200}
Load = Callable[[float], dict[str, Any]]


class Server(Struct, frozen=True):
    """A running server; `takes` says whether one of its answers is that a credential holds."""

    pid: int
    address: str
    token: str
    takes: Callable[[Any], bool]

    def send_signal(self, sent: int) -> None:
        """Send it one."""
        os.kill(self.pid, sent)

    def asking(self) -> httpx2.Client:
        """A client of it."""
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return httpx2.Client(
            base_url=self.address, headers=headers, trust_env=False, timeout=60, verify=False
        )


def main() -> None:
    """Prove the one that is named, and load it."""
    what, folder, peers = sys.argv[1:]
    good, bad = (json.loads((Path(folder) / "many.json").read_bytes())[w] for w in ("good", "bad"))
    opened = _express(Path(peers), folder) if what == "express" else touchstone()
    with opened as server:
        with server.asking() as client:
            for text, holds in ((good[0], True), (bad[0], False)):
                answer = client.post("/api/verify", json={"credential": text})
                if server.takes(answer.json()) is not holds:
                    give_up("it did not say what is true")
        with turning(what, server, Path(peers), folder) as turn:
            each_turn(turn)


@contextmanager
def turning(
    what: str, server: Server, peers: Path, folder: str
) -> Iterator[Callable[[float], Turn]]:
    """Who asks it for batches, if they are named, or else for one after the other over many
    connections.
    """
    if what in BATCHES:
        good = json.loads((Path(folder) / "many.json").read_bytes())["good"]
        with server.asking() as client:
            yield _Pages(server, client, good, BATCHES[what]).turn
    else:
        with _loading(server, peers, folder) as load:
            yield partial(_turn, server, load)


@contextmanager
def touchstone(*python: str) -> Iterator[Server]:
    """Ours, started as by hand; or with what Python is told to run instead."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "urls.json").write_text("{}")
        served = start(Path(folder) / "server", "--documents", folder, python=python or ANEW)
        try:
            yield Server(served.process.pid, served.address, served.pair(), _holds)
        finally:
            complaints = served.stop()
        if complaints:
            give_up(complaints.strip().splitlines()[-1])


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


def _turn(server: Server, load: Load, seconds: float) -> Turn:
    """Verdicts over many connections, each of other bytes."""
    before = processes.cpu_seconds(server.pid)
    told = load(seconds)
    cpu = processes.cpu_seconds(server.pid) - before
    if told["failed"] or not told["answered"]:
        give_up(f"{told['failed']} of its answers failed, {told['answered']} came")
    return Turn(told["answered"], cpu, told["p50_ms"] / 1000, processes.memory_mb(server.pid))


@contextmanager
def _loading(server: Server, peers: Path, folder: str) -> Iterator[Load]:
    """Who asks a server for as many seconds as it is told, on another core."""
    given = [server.address, f"{folder}/many.json", str(CONNECTIONS), server.token]
    here = os.sched_getaffinity(0)
    others = set(range(os.cpu_count() or 1)) - here or here
    with subprocess.Popen(
        [NODE, str(peers / "load.mjs"), *given],
        preexec_fn=partial(os.sched_setaffinity, 0, others),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def load(seconds: float) -> dict[str, Any]:
            assert process.stdin is not None
            assert process.stdout is not None
            print(seconds, file=process.stdin, flush=True)
            told: dict[str, Any] = json.loads(process.stdout.readline() or "{}")
            return told or give_up("whoever asks it failed")

        yield load


class _Pages(Struct):
    """Batches as a page makes them, each of other bytes, from the request to the last line."""

    server: Server
    client: httpx2.Client
    good: Sequence[str]
    size: int
    asked: int = 0

    def turn(self, seconds: float) -> Turn:
        """As many as the time is enough for."""
        times: list[float] = []
        worked = partial(processes.cpu_seconds, self.server.pid)
        before = worked()
        for _ in working(seconds, worked):
            times.append(self._batch())
        cpu = worked() - before
        memory = processes.memory_mb(self.server.pid)
        return Turn(len(times), cpu, statistics.median(times), memory)

    def _batch(self) -> float:
        """The seconds that one takes by the clock."""
        numbers = range(self.asked, self.asked + self.size)
        self.asked += self.size
        texts = [self.good[number % len(self.good)] + looped.blanks(number) for number in numbers]
        body = json.dumps({"items": [{"credential": text} for text in texts]})
        headers = {"Content-Type": "application/json"}
        started = time.perf_counter()
        answer = self.client.post("/api/verify/batch", content=body, headers=headers)
        lines = answer.text.splitlines()
        took = time.perf_counter() - started
        if len(lines) != self.size or not all(_holds(json.loads(line)) for line in lines):
            give_up("a batch came back incomplete or wrong")
        return took


if __name__ == "__main__":
    main()

"""Told to stop, the server ends what it began and is gone in time."""

import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx2
import pytest

from tests.server.conftest import Served
from tests.server.made_up import GOOD


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_requests_in_flight_end_and_nothing_is_half_answered(
    fresh: Callable[[], Served], told: signal.Signals
) -> None:
    server = fresh()
    token = server.pair()

    def ask(_: int) -> str:
        try:
            with server.client(token) as client:
                body = {"items": [{"url": GOOD}] * 5}
                answer = client.post("/api/verify/batch", json=body)
        except httpx2.TransportError:
            return "away"
        return "whole" if answer.text.count('"verdict":"verified"') == 5 else answer.text

    with ThreadPoolExecutor(50) as pool:
        answers = [pool.submit(ask, number) for number in range(50)]
        time.sleep(0.3)
        started = time.monotonic()
        server.process.send_signal(told)
        server.process.communicate(timeout=60)
        assert time.monotonic() - started < 20  # ten seconds, and what a busy machine adds
    assert {answer.result() for answer in answers} <= {"whole", "away"}
    assert "Traceback" not in server.complaints()

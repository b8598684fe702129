"""Small work is done where it is asked for; what may take long is begun again in a worker."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any, TypeVar

import anyio
import pytest

from tests.made.signing import signed
from tests.server.test_start import BADGE
from tests.unit.judging import NOW
from verifier import bounds
from verifier.model import Document, Request
from verifier.ports import Circumstances
from verifier.report import Report
from verifier.verify import verify

T = TypeVar("T")


class Counting:
    """Workers in this process, and a web that holds nothing."""

    def __init__(self) -> None:
        self.worked = 0

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The result, counted."""
        self.worked += 1
        return function(*arguments)

    async def fetch(self, request: Request) -> Document:
        """Nothing."""
        return Document(request.url, NOW, error="dns")


def judged(document: dict[str, Any]) -> tuple[Report, int]:
    lent = Counting()

    async def run() -> Report:
        content = json.dumps(signed(document, "fernhill")).encode()
        return await verify(
            content, fetcher=lent, workers=lent, circumstances=Circumstances(now=NOW)
        )

    return anyio.run(run), lent.worked


def test_a_small_badge_waits_for_no_worker() -> None:
    report, worked = judged(BADGE)
    assert (report.checks[0].code, worked) == ("signature", 0)


def test_what_only_pyld_can_read_goes_to_a_worker() -> None:
    document = deepcopy(BADGE)
    document["description"] = {"@value": "Lays hedges.", "@language": "en"}
    report, worked = judged(document)
    assert (report.checks[0].code, worked) == ("signature", 1)


def test_a_large_badge_goes_to_a_worker() -> None:
    document = deepcopy(BADGE)
    document["credentialSubject"]["achievement"]["criteria"]["narrative"] = "x" * 65_536
    report, worked = judged(document)
    assert (report.checks[0].code, worked) == ("signature", 1)


def test_work_is_counted_only_where_it_may_not_be_much() -> None:
    bounds.spend(10**9)
    bounds.leave()
    with bounds.at_once(10):
        bounds.spend(10)
        with pytest.raises(bounds.Heavy):
            bounds.spend(1)
        with pytest.raises(bounds.Heavy):
            bounds.leave()

"""Long batches, of which other processes look into some: each item has its turn once, and what is
said of it is what is said of it alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import anyio
import httpx2
import pytest

from tests.made.credentials import badge
from tests.made.folder import as_json
from tests.made.issuers import RIVERSIDE
from tests.made.signing import did_key, signed
from tests.server.owner import run
from verifier.errors import TooCostly
from verifier.kept import Kept
from wallet_server import proving
from wallet_server.commands import verifying
from wallet_server.proving import AT_LEAST, Ahead
from wallet_server.verification import now
from wallet_server.workers import ProcessWorkers

T = TypeVar("T")

LONER = {"id": did_key("loner"), "type": ["Profile"], "name": "Loner"}
GOOD = as_json(signed(badge(RIVERSIDE, "Data Literacy", issuer=LONER), "loner"))
ALTERED = GOOD.replace(b"Loner", b"Lonar")
NO_BADGE = b'{"a": 1}'
#: What there is to say of each.
SAID = ((GOOD, "unvouched"), (ALTERED, "invalid"), (NO_BADGE, "not_a_badge"))
COUNT = AT_LEAST + 80


def item(number: int) -> tuple[bytes, str]:
    """Other bytes for each number, and what there is to say of them."""
    content, said = SAID[number % 3]
    return content + b" " * (number // 3 % 20), said


@pytest.fixture(autouse=True)
def three_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proving, "processors", lambda: 3)


class Broken:
    """Workers of a machine in trouble."""

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """Never done."""
        await anyio.sleep(0)
        raise TooCostly("the process that did the work died")


@pytest.mark.anyio
@pytest.mark.parametrize("workers", [ProcessWorkers(), Broken()])
async def test_each_has_its_turn_once_whoever_looks_into_it(
    workers: ProcessWorkers | Broken,
) -> None:
    memory, turns = Kept(), list[int]()

    def given(index: int) -> tuple[str, bytes] | None:
        return None if index % 10 == 8 else ("badge", item(index)[0])

    ahead = Ahead(COUNT, range(0, COUNT, 2), given, workers, memory, 10)
    async with ahead.begun(now()):
        while not memory.findings and isinstance(workers, ProcessWorkers):
            await anyio.sleep(0.01)  # until the first has begun
        while (index := await ahead.next()) is not None:
            turns.append(index)
    assert sorted(turns) == list(range(COUNT))
    assert bool(memory.findings) == isinstance(workers, ProcessWorkers)


def test_a_long_batch_says_of_each_what_is_true_of_it(paired: httpx2.Client) -> None:
    items = [item(number) for number in range(COUNT)]
    body = {"items": [{"credential": content.decode()} for content, _ in items]}
    for _ in range(2):  # the second time much is known
        answer = paired.post("/api/verify/batch", json=body)
        lines = {line["index"]: line for line in map(json.loads, answer.text.splitlines())}
        assert len(lines) == len(answer.text.splitlines()) == COUNT
        said = [lines[n].get("verdict") or lines[n]["error"]["code"] for n in range(COUNT)]
        assert said == [expected for _, expected in items]


def test_many_files_are_told_in_their_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verifying, "AT_LEAST", AT_LEAST)
    names = [f"{number}.json" for number in range(COUNT)]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(item(number)[0])
    done = run("verify", "--json", *names, folder=tmp_path)
    lines = [json.loads(line) for line in done.output.splitlines()]
    assert [line["source"] for line in lines] == names
    said = [line.get("verdict") or line["error"]["code"] for line in lines]
    assert said == [item(number)[1] for number in range(COUNT)]

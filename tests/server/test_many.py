"""Long batches, of which other processes verify some: each item has its turn once, and what is
said of it is what is said of it alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeVar

import anyio
import httpx2
import pytest
from starlette.requests import Request

from tests.made.cases_genuine import COLLEGE_WEB
from tests.made.credentials import badge, by
from tests.made.folder import as_json, write_web
from tests.made.issuers import RIVERSIDE, issuer_list
from tests.made.signing import did_key, signed
from tests.server.parts import parts_of
from verifier.errors import TooCostly
from verifier.ports import Person, Workers
from wallet_server import many, workers
from wallet_server.api.asked import Asked
from wallet_server.api.verify import ReadyLines
from wallet_server.documents import DocumentsFolder
from wallet_server.services import Context, Services
from wallet_server.store.database import Database
from wallet_server.workers import ProcessWorkers

T = TypeVar("T")

LONER = {"id": did_key("loner"), "type": ["Profile"], "name": "Loner"}
GOOD = as_json(signed(badge(RIVERSIDE, "Data Literacy", issuer=LONER), "loner"))
ALTERED = GOOD.replace(b"Loner", b"Lonar")
#: One whose issuer's key is in the web.
HOSTED = as_json(by(RIVERSIDE, badge(RIVERSIDE, "Data Literacy")))
CONTENTS = (GOOD, ALTERED, b'{"a": 1}', HOSTED, b"no badge at all")
COUNT = 150
_MOMENT = re.compile(rb'"(checked_at|at)":"[^"]*"')


def content(number: int) -> bytes:
    """Other bytes for each number."""
    return CONTENTS[number % len(CONTENTS)] + b" " * number


def batch() -> list[Asked]:
    """Some beside a page that names somebody."""
    asked = [Context(), Context(Person(names=("Somebody Else",), exact=True))]
    return [Asked(content(n), "credential", asked[n % 7 == 0]) for n in range(COUNT)]


class Here:
    """Workers that work at once, and count what they told."""

    told = 0

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The result."""
        await anyio.sleep(0)
        found = function(*arguments)
        self.told += len(found) if isinstance(found, list) else 0
        return found


class Broken:
    """Workers of a machine in trouble."""

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """Never done."""
        await anyio.sleep(0)
        raise TooCostly("the process that did the work died")


class Slow:
    """Workers that never come to an end."""

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """Never done."""
        await anyio.sleep(60)
        raise AssertionError("nobody should have waited for it")


@pytest.fixture
def parts(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[Workers], Services]:
    """A server's, with three processors, a list that vouches for the loner, and these workers."""
    monkeypatch.setattr(many, "_processors", lambda: 3)
    monkeypatch.setattr(workers, "ready", lambda count: count)
    write_web(tmp_path / "web", COLLEGE_WEB)
    entry = {"id": LONER["id"], "name": "Loner", "domains": [], "policy": "trust"}
    listed = {**issuer_list(), "issuers": [*issuer_list()["issuers"], entry]}
    (tmp_path / "list.json").write_bytes(as_json(listed))
    door = DocumentsFolder(tmp_path / "web")
    lists = [tmp_path / "list.json"]
    return lambda given: parts_of(database, tmp_path, door, lists=lists, workers=given)


def request_of(services: Services) -> Request:
    app = SimpleNamespace(state=SimpleNamespace(services=services))
    return Request({"type": "http", "method": "POST", "headers": [], "app": app})


async def lines_of(services: Services, items: Sequence[Asked], stays: float = 60) -> list[bytes]:
    """What is sent of a batch to a client that stays so long."""
    sent: list[bytes] = []

    async def receive() -> dict[str, Any]:
        await anyio.sleep(stays)
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:  # noqa: ANN401 any message
        sent.append(message.get("body", b""))

    request = request_of(services)
    await ReadyLines(request, list(items))(request.scope, receive, send)
    return b"".join(sent).splitlines()


@pytest.mark.anyio
@pytest.mark.parametrize("given", [Here, ProcessWorkers, Broken, Slow])
async def test_each_is_told_of_once_as_of_it_alone_whoever_verifies_it(
    given: Callable[[], Workers],
    parts: Callable[[Workers], Services],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(many, "LATE", 0.02 if given is Slow else 30)
    others = given()
    services, items = parts(others), batch()
    lines = await lines_of(services, items)
    found = {json.loads(line)["index"]: line for line in lines}
    assert sorted(found) == list(range(COUNT))
    assert len(lines) == COUNT
    for index, item in enumerate(items):
        alone = await item.check(services, request_of(services), anew=True)
        said = alone.verified.answered(index=index)
        assert _MOMENT.sub(b"", found[index]) == _MOMENT.sub(b"", said)
    verdicts = {json.loads(line).get("verdict") for line in lines}
    assert verdicts == {"verified", "holder_unproven", "invalid", None}
    if isinstance(others, Here):
        # two shares of three, but for what takes the web; and what is no credential's text is here
        assert others.told == 2 * 40 * 3 // 4


@pytest.mark.anyio
async def test_a_client_that_leaves_ends_what_others_do(
    parts: Callable[[Workers], Services],
) -> None:
    with anyio.fail_after(10):
        lines = await lines_of(parts(Slow()), batch(), stays=0.5)
    assert len(lines) < COUNT


def test_a_server_says_of_each_what_is_true_of_it(paired: httpx2.Client) -> None:
    said = {0: "unvouched", 1: "invalid", 2: "not_a_badge"}
    numbers = [n for n in range(COUNT * 2) if n % len(CONTENTS) in said]
    body = {"items": [{"credential": content(n).decode()} for n in numbers]}
    for _ in range(3):  # once another process is there, and once much is known
        answer = paired.post("/api/verify/batch", json=body)
        lines = {line["index"]: line for line in map(json.loads, answer.text.splitlines())}
        assert len(lines) == len(answer.text.splitlines()) == len(numbers)
        found = [line.get("verdict") or line["error"]["code"] for _, line in sorted(lines.items())]
        assert found == [said[n % len(CONTENTS)] for n in numbers]

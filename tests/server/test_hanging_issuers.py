"""Issuers that never answer do not hold up the verification of others' badges."""

import asyncio
import json
from pathlib import Path

import anyio
import pytest

from tests.server.made_up import BADGE, ISSUER, assertion
from tests.server.parts import parts_of
from tests.server.web import FakeWeb, answer, fake_web
from wallet_server.cache import CachedFetcher
from wallet_server.services import Context
from wallet_server.store.database import Database
from wallet_server.workers import ProcessWorkers

ISSUERS = 40


class Issuers(FakeWeb):
    """Hosts `h0.example` and so on, each with a badge of its own; the first `dead` keep silent."""

    dead: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                path, host = (head.split(mark)[1].split()[0].decode() for mark in (b" ", b"Host:"))
                if int(host[1:].split(".")[0]) < self.dead:
                    await reader.read()  # until the other side gives up
                    break
                home = f"http://{host}"
                documents = {
                    "/a": {**assertion("1"), "id": f"{home}/a", "badge": f"{home}/b"},
                    "/b": {**BADGE, "id": f"{home}/b", "issuer": f"{home}/i"},
                    "/i": {**ISSUER, "id": f"{home}/i"},
                }
                body = json.dumps(documents[path]).encode()
                writer.write(answer(body, Content_Type="application/ld+json"))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def in_order(workers: ProcessWorkers, database: Database, dead: int) -> list[int]:
    """The issuers in the order in which their badges were verified, all of which began at once."""
    done: list[int] = []
    web = Issuers(dead=dead)
    async with fake_web(web, seconds=6) as fetcher:
        door = CachedFetcher(fetcher)
        services = parts_of(database, Path("no lists"), door, workers=workers)

        async def one(number: int) -> None:
            address = f"http://h{number}.example/a"
            checked = await services.check(address, Context(), own="", label="x", anew=False)
            assert (checked.verified.report is None) is (number < dead)
            done.append(number)

        async with anyio.create_task_group() as tasks:
            for number in range(ISSUERS):
                tasks.start_soon(one, number)
    return done


@pytest.mark.anyio
async def test_half_of_the_issuers_hang_and_the_others_do_not_notice(tmp_path: Path) -> None:
    workers, database = ProcessWorkers(), Database(tmp_path / "wallet.sqlite3")
    await in_order(workers, database, 0)  # the workers start
    half = ISSUERS // 2
    done = await in_order(workers, database, half)
    assert set(done[:half]) == set(range(half, ISSUERS)), (
        "some waited until a dead one was given up"
    )
    database.close()

"""How answers go out over a connection, and how long it stays open: small applications behind
the server's own protocol, reached through a socket.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.server.certificates import Certified, certified
from wallet_server import protocol
from wallet_server.protocol import PatientProtocol
from wallet_server.tls import server_context

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]
ASK = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
#: Seconds: of an idle connection, of a head, and after which what should happen does not.
IDLE, HEAD, PATIENCE = 0.2, 0.5, 20


def served(
    app: ASGIApp,
    talk: Talk,
    *,
    idle: float = PATIENCE,
    state: uvicorn.server.ServerState | None = None,
    files: Certified | None = None,
) -> None:
    """Let `talk` have a connection to `app`, over TLS with the `files`, that may be idle for so
    many seconds; `state` has all connections.
    """
    tls = None if files is None else server_context(files.certificate, files.key)

    async def main() -> None:
        config = uvicorn.Config(
            app, http=PatientProtocol, ws="none", lifespan="off", access_log=False, log_config=None
        )
        config.timeout_keep_alive = idle  # type: ignore[assignment]
        config.load()
        shared = state or uvicorn.server.ServerState()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(
            lambda: PatientProtocol(config, shared, {}), "127.0.0.1", 0, ssl=tls
        )
        address = server.sockets[0].getsockname()
        async with server, asyncio.timeout(PATIENCE):
            reader, writer = await asyncio.open_connection(*address, ssl=files and files.trust)
            await talk(reader, writer)
            writer.close()
            await writer.wait_closed()

    asyncio.run(main())


def answering(*messages: dict[str, Any]) -> ASGIApp:
    """An application that says this to everybody; `FAULT` in place of a message is one."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        for message in messages:
            if not message:
                raise ArithmeticError
            await send(dict(message))

    return app


def start(*headers: tuple[bytes, bytes], status: int = 200) -> dict[str, Any]:
    """A head."""
    return {"type": "http.response.start", "status": status, "headers": headers}


def body(text: bytes, *, more: bool = False) -> dict[str, Any]:
    """A piece of a body."""
    return {"type": "http.response.body", "body": text, "more_body": more}


LENGTH = (b"content-length", b"4")
FAULT: dict[str, Any] = {}


def test_a_whole_answer_is_there_at_once_and_the_next_is_asked_for_on_the_same() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in range(3):
            writer.write(ASK)
            answer = await reader.read(10_000)
            assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
            assert answer.endswith(b"\r\ncontent-length: 4\r\nx-one: 1\r\n\r\ngood")

    served(answering(start(LENGTH, (b"x-one", b"1")), body(b"good")), talk)


@pytest.mark.parametrize(
    ("messages", "ends"),
    [
        ([start(LENGTH), body(b"go", more=True), body(b"od")], b"length: 4\r\n\r\ngood"),
        ([start(), body(b"good")], b"chunked\r\n\r\n4\r\ngood\r\n0\r\n\r\n"),
        ([start(LENGTH, (b"connection", b"close")), body(b"good")], b"close\r\n\r\ngood"),
        ([start((b"content-length", b"0")), body(b"")], b"content-length: 0\r\n\r\n"),
        ([start(status=204), body(b"")], b"No Content\r\n\r\n"),
        # what is not as long as it is said to be does not end as if it were
        ([start(LENGTH), body(b"bad")], b"length: 4\r\n\r\nbad"),
        ([start(LENGTH), body(b"worse")], b"length: 4\r\n\r\n"),
        # what failed before it was said is a fault, and what failed after it only ends
        ([FAULT], b'the terminal shows what happened."}}'),
        ([start(LENGTH), FAULT], b'the terminal shows what happened."}}'),
        ([start(LENGTH), body(b"go", more=True), FAULT], b"length: 4\r\n\r\ngo"),
        ([], b'the terminal shows what happened."}}'),
        ([start(LENGTH)], b'the terminal shows what happened."}}'),
        # what fails once all was said takes nothing of it back
        ([start(LENGTH), body(b"good"), FAULT], b"length: 4\r\n\r\ngood"),
        ([start(LENGTH), body(b"good"), start(LENGTH), body(b"more")], b"length: 4\r\n\r\ngood"),
    ],
)
def test_each_answer_is_framed_as_it_is(
    messages: list[dict[str, Any]], ends: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.CRITICAL)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(ASK)
        answer = await reader.read()  # to the end of the connection, which comes by itself
        assert answer.endswith(ends)
        assert answer.count(b"HTTP/1.1") == 1
        if b"terminal" in ends:
            assert answer.startswith(b"HTTP/1.1 500 ")
            assert b"\r\nconnection: close\r\n" in answer
            assert b"\r\nx-content-type-options: nosniff\r\n" in answer

    served(answering(*messages), talk, idle=IDLE)


def test_whoever_asks_for_the_head_gets_no_body() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(ASK.replace(b"GET", b"HEAD"))
        assert (await reader.read()).endswith(b"content-length: 4\r\n\r\n")

    served(answering(start(LENGTH), body(b"good")), talk, idle=IDLE)


@pytest.mark.parametrize("value", [b"1\r\nx-two: 2", b"1\nx-two: 2", b"1\r", b"\0", b"\a", b"\x7f"])
def test_no_header_holds_another(value: bytes, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(ASK)
        assert b"x-" not in await reader.read()

    served(answering(start(LENGTH, (b"x-one", value)), body(b"good")), talk, idle=IDLE)


@pytest.mark.parametrize("before", [b"", ASK])
def test_half_a_head_is_waited_for_a_while_however_it_drips(
    before: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "HEADER_SECONDS", HEAD)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        if before:
            writer.write(before)
            assert (await reader.readuntil(b"good")).startswith(b"HTTP/1.1 200")
        since, ended = loop.time(), asyncio.ensure_future(reader.read())
        for piece in range(len(ASK) - 1):
            writer.write(ASK[piece : piece + 1])
            await asyncio.wait([ended], timeout=HEAD / 10)
            if ended.done():
                break
        else:
            pytest.fail("each piece of a head gave it more time")
        with suppress(ConnectionResetError):  # where a piece came just as it was closed
            assert await ended == b""
        assert loop.time() - since > HEAD * 0.9

    served(answering(start(LENGTH), body(b"good")), talk)


def test_an_idle_connection_ends_and_one_that_is_answered_slowly_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protocol, "HEADER_SECONDS", HEAD)

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(HEAD * 1.5)
        await answering(start(LENGTH), body(b"good"))(scope, receive, send)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(2):
            writer.write(ASK)
            assert (await reader.readuntil(b"good")).startswith(b"HTTP/1.1 200")
        since = loop.time()
        assert await reader.read() == b""
        assert loop.time() - since > IDLE * 0.9

    served(slow, talk, idle=IDLE)


async def echoing(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the path."""
    path = scope["path"].encode()
    await send(start((b"content-length", b"%d" % len(path))))
    await send(body(path))


def asking(path: str) -> bytes:
    """A request for it."""
    return ASK.replace(b"/", path.encode(), 1)


async def answered(reader: asyncio.StreamReader) -> bytes:
    """The body of the next answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 OK\r\n")
    return await reader.readexactly(int(head.rpartition(b"content-length: ")[2]))


def test_each_of_many_connections_gets_its_own_answer_in_one_turn() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("peername")
        peers = [await asyncio.open_connection(*address) for _ in range(30)]
        for turn in range(2):
            for number, (_, asks) in enumerate(peers):
                asks.write(asking(f"/{turn}/{number}"))
            for number, (answers, _) in enumerate(peers):
                assert await answered(answers) == b"/%d/%d" % (turn, number)
        for _, asks in peers:
            asks.close()
            await asks.wait_closed()

    served(echoing, talk)


@pytest.mark.parametrize("size", [1000, 50, 7])
def test_requests_behind_one_another_are_answered_in_order(size: int) -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = b"".join(asking(f"/{number}") for number in range(20))
        for at in range(0, len(asked), size):
            writer.write(asked[at : at + size])
            await asyncio.sleep(0)
        for number in range(20):
            assert await answered(reader) == b"/%d" % number

    served(echoing, talk)


def test_whoever_asks_and_says_that_this_was_all_is_answered() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(asking("/1") + asking("/2"))
        writer.write_eof()
        assert await answered(reader) == b"/1"
        assert await answered(reader) == b"/2"
        assert await reader.read() == b""

    served(echoing, talk)


def test_an_answer_comes_before_the_refusal_of_what_is_behind_it() -> None:
    client: list[asyncio.StreamWriter] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        client[0].write(b"What?\r\n\r\n")  # is read in the turn in which the answer is ready
        await asyncio.sleep(0)
        await echoing(scope, receive, send)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        client.append(writer)
        writer.write(asking("/1"))
        assert await answered(reader) == b"/1"
        assert (await reader.read()).startswith(b"HTTP/1.1 400 ")

    served(app, talk)


def test_an_answer_that_is_ready_goes_out_before_the_server_stops() -> None:
    state = uvicorn.server.ServerState()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await echoing(scope, receive, send)
        for connection in list(state.connections):
            connection.shutdown()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(asking("/1"))
        assert await answered(reader) == b"/1"
        assert await reader.read() == b""

    served(app, talk, state=state)


def test_who_leaves_over_tls_takes_no_answer_of_others_along(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    files = certified(tmp_path)
    state, left = uvicorn.server.ServerState(), asyncio.Event()

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"].startswith("/left/"):
            while not any(one.transport.is_closing() for one in state.connections):
                await asyncio.sleep(0)
            for _ in range(int(scope["path"][6:])):
                await asyncio.sleep(0)
            left.set()
        else:
            await left.wait()
        await echoing(scope, receive, send)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        address = writer.get_extra_info("peername")
        for turns in range(8):  # from when it is about to be closed to when it is
            left.clear()
            writer.write(asking(f"/{turns}"))
            _, leaves = await asyncio.open_connection(*address, ssl=files.trust)
            leaves.write(asking(f"/left/{turns}"))
            leaves.close()
            assert await answered(reader) == b"/%d" % turns
            await leaves.wait_closed()

    served(app, talk, state=state, files=files)
    assert [told.message for told in caplog.records if told.name == "asyncio"] == []

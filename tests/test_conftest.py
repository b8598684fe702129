"""The guard that keeps tests off the network holds, and lets this machine through."""

import asyncio
import socket

import pytest


def blocked(error: pytest.ExceptionInfo[BaseException]) -> bool:
    return type(error.value).__name__ == "SocketBlocked"


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80), ("a.example", 80)])
def test_a_socket_cannot_leave_this_machine(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as one, pytest.raises(RuntimeError) as error:
        one.connect(address)
    assert blocked(error)


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(RuntimeError) as error:
        asyncio.run(asyncio.open_connection("issuer.example", 443))
    assert blocked(error)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()

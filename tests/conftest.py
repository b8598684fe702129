"""What every test gets: no network beyond this machine, one event loop, and the material."""

import ipaddress
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.find_browser import CHROMIUM, FIREFOX, Kind, find

# Where a machine's settings forbid it, each of the many processes here would compile us anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

MATERIAL = Path(__file__).parent.parent.parent / "shared" / "material"


class SocketBlocked(RuntimeError):
    """A test reached for the network. Not an `OSError`: that would pass for a dead network."""


def is_local(host: object) -> bool:
    """Whether a host, or a socket's address, stays on this machine."""
    if isinstance(host, (str, bytes)):
        name = host.decode() if isinstance(host, bytes) else host
        if name in {"", "localhost"} or name.startswith(("/", "\0")):  # a Unix socket's path
            return True
        try:
            address = ipaddress.ip_address(name.partition("%")[0])
        except ValueError:
            return False
        return address.is_loopback or address.is_unspecified
    return host is None


def refuse_unless_local(host: object) -> None:
    """Raise `SocketBlocked` for a host that is not this machine."""
    if not is_local(host):
        raise SocketBlocked(
            f"This test tried to reach {host!r}. Tests reach only this machine: "
            "give the code under test a document instead."
        )


def guarded_method(method: Callable[..., Any]) -> Callable[..., Any]:
    """A socket's method that takes an address last, guarded."""

    def guarded(self: socket.socket, *arguments: Any) -> Any:  # noqa: ANN401 passes on what it gets
        address = arguments[-1]
        refuse_unless_local(address[0] if isinstance(address, tuple) else address)
        return method(self, *arguments)

    return guarded


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """For `-n auto`: one worker more than there are processors, since many tests mostly wait, for
    a browser or for a time to be over.
    """
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session", autouse=True)
def only_this_machine() -> Iterator[None]:
    """Let sockets connect to the loopback addresses only, and names resolve to nothing else."""
    resolve = socket.getaddrinfo

    def guarded_getaddrinfo(host: object, *rest: Any, **named: Any) -> Any:  # noqa: ANN401 as above
        refuse_unless_local(host)
        return resolve(host, *rest, **named)  # type: ignore[arg-type] # as the caller gave it

    with pytest.MonkeyPatch.context() as patch:
        for name in ("connect", "connect_ex", "sendto"):
            patch.setattr(socket.socket, name, guarded_method(getattr(socket.socket, name)))
        patch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
        yield


@pytest.fixture(scope="session", autouse=True)
def nobodys_data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the developer's own wallet, issuer lists and keyring out of every test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOUCHSTONE_DATA", str(tmp_path_factory.mktemp("data") / "touchstone"))
        patch.delenv("TOUCHSTONE_DATABASE", raising=False)
        patch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
        yield


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio, as the server does; `pytest.mark.anyio` marks them."""
    return "asyncio"


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of other people's badges, pages and vectors, which is beside the checkout.

    In a user's clone it is missing: a test that needs it is skipped and says so; in CI it fails.
    """
    if MATERIAL.is_dir():
        return MATERIAL
    missing = (
        "This test judges badges that others made, which this project may not pass on. "
        "They are looked for in ../shared/material, beside the checkout, and are not there."
    )
    if os.environ.get("CI"):
        pytest.fail(missing)
    pytest.skip(missing)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium that can load the extension; found, or installed, or a failure."""
    return _found(CHROMIUM)


@pytest.fixture(scope="session")
def firefox_path() -> str:
    """The path of a Firefox that can load the extension; found, or installed, or a failure."""
    return _found(FIREFOX)


def _found(kind: Kind) -> str:
    try:
        return find(kind)
    except SystemExit as error:
        pytest.fail(str(error))

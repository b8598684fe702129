"""An owner at their terminal: a data folder of their own, and commands for which a server of ours
is the whole web.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Mapping
from contextlib import chdir, nullcontext
from functools import partial
from pathlib import Path

import anyio
import pytest
from click.testing import CliRunner, Result

from tests.made.credentials import badge, by
from tests.made.folder import as_json, write_web
from tests.made.issuers import MEADOW
from tests.server.certificates import certified
from tests.server.web import FakeWeb, fake_web
from wallet_server import fetcher
from wallet_server.cli import main


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An owner's data folder, beside a badge and the web it rests on."""
    monkeypatch.setenv("TOUCHSTONE_DATA", str(tmp_path / "data"))
    (tmp_path / "badge.json").write_bytes(as_json(by(MEADOW, badge(MEADOW, "Data Literacy"))))
    write_web(tmp_path / "web", MEADOW.web())
    return tmp_path


def run(
    *arguments: str | Path,
    folder: Path | None = None,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Result:
    """The command in `folder`, with no process of its own: to start one costs more than most of
    what it does. It never ends with a traceback.
    """
    with nullcontext() if folder is None else chdir(folder):
        done = CliRunner(env=environment).invoke(main, [str(one) for one in arguments], stdin)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.fixture
def pool(tmp_path: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """Both ends of TLS for a server of our own, whose certificate is not for its public names."""
    files = certified(tmp_path / "tls")
    server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    server.load_cert_chain(files.certificate, files.key)
    client = files.trust
    client.check_hostname = False
    return server, client


Serve = Callable[..., None]


@pytest.fixture
def serving(pool: tuple[ssl.SSLContext, ssl.SSLContext], monkeypatch: pytest.MonkeyPatch) -> Serve:
    """Runs steps while `web` is the whole web of every command in them."""
    server, client = pool

    def serve(web: FakeWeb, steps: Callable[[], None]) -> None:
        async def inside() -> None:
            async with fake_web(web, tls=server, trust=client):
                usual = partial(
                    fetcher.WebFetcher, resolve=web.resolve, connect=web.connect, tls=client
                )
                with monkeypatch.context() as patch:
                    patch.setattr("wallet_server.fetcher.WebFetcher", usual)
                    await anyio.to_thread.run_sync(steps)

        anyio.run(inside)

    return serve

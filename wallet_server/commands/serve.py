"""`touchstone serve`: the server on this machine, and what a newcomer needs to know about it."""

from __future__ import annotations

import asyncio
import gc
import logging
import ssl
import sys
from collections.abc import Mapping
from contextlib import ExitStack, closing, suppress
from functools import partial
from pathlib import Path
from socket import socket
from typing import Any

import click
import uvicorn
from msgspec.structs import replace

from verifier.errors import Malformed
from wallet_server.app import create
from wallet_server.door import Door
from wallet_server.listening import listen, remember
from wallet_server.protocol import HEADER_SECONDS, PatientProtocol
from wallet_server.settings import Misconfigured, Settings, checked, from_environment
from wallet_server.store import access
from wallet_server.store.database import Database, OutOfReach, Unusable
from wallet_server.tls import server_context
from wallet_server.verification import now
from wallet_server.version import VERSION

EXTENSION = Path(__file__).parent.parent.parent / "extension"


def run(options: Mapping[str, Any]) -> int:
    """Serve until told to stop; the exit status."""
    with ExitStack() as stack:
        try:
            settings = checked(_settings(options))
            taken = stack.enter_context(listen(settings.host, settings.port))
            _make_folder(settings.data)
            database = stack.enter_context(closing(Database(settings.database)))
            app = create(settings, database)
            context = _tls(settings)
        except (Misconfigured, Unusable, Malformed, OutOfReach) as error:
            raise click.ClickException(str(error)) from error
        return _serve(settings, taken, database, app, context)


def _serve(
    settings: Settings,
    taken: socket,
    database: Database,
    app: Door,
    context: ssl.SSLContext | None,
) -> int:
    port = taken.getsockname()[1]
    # a broken upload is answered, and of no interest to whoever reads the terminal
    logging.getLogger("python_multipart").setLevel(logging.CRITICAL)
    config = uvicorn.Config(
        app,
        http=PatientProtocol,
        ws="none",
        log_level="error",
        access_log=False,  # addresses of badges are nobody's business afterwards
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=5,
        timeout_graceful_shutdown=10,
        ssl_context_factory=None if context is None else lambda *_: context,
    )
    server = _Announced(config, settings, port, database)
    with suppress(KeyboardInterrupt):
        asyncio.run(server.serve(sockets=[taken]))
    return 0 if server.started else 1


class _Announced(uvicorn.Server):
    """uvicorn, which says where it is once it can be reached."""

    def __init__(
        self, config: uvicorn.Config, settings: Settings, port: int, database: Database
    ) -> None:
        super().__init__(config)
        self._settings = settings
        self._port = port
        self._database = database

    async def startup(self, sockets: Any = None) -> None:  # noqa: ANN401 as uvicorn has it
        """Start, then speak."""
        if self.config.is_ssl:
            loop = asyncio.get_running_loop()
            patient = partial(loop.create_server, ssl_handshake_timeout=HEADER_SECONDS)
            loop.create_server = patient  # type: ignore[method-assign] # uvicorn can't be told
        await super().startup(sockets=sockets)
        if self.started and not self.should_exit:
            announce(self._settings, self._port, self._database)
            gc.freeze()  # what is there by now stays, and is a lot to look through


def announce(settings: Settings, port: int, database: Database) -> None:
    """Print the address, the pairing code, the link to the wallet and where the extension is."""
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    address = f"{settings.scheme}://{host}:{port}"
    remember(settings.data, address)
    code = access.new_code(database, now())
    click.echo(f"Touchstone {VERSION} is running at {address}  (Ctrl+C stops it)\n")
    click.echo(f"  Pairing code   {code}")
    click.echo("                 good for 15 minutes and one browser; `touchstone pair` makes more")
    if settings.vc_api:
        click.echo(f"  VC API         {address}/credentials/verify")
        click.echo(f"                 {address}/presentations/verify")
        click.echo("                 open to every program on this machine, without a token")
    if settings.scheme == "https":
        click.echo("  Extension      reaches a server over http alone: for it, start one without a")
        click.echo("                 certificate")
    elif EXTENSION.is_dir():
        click.echo(f"  Extension      {EXTENSION}")
        click.echo("                 in Chrome: chrome://extensions, Developer mode, Load unpacked")
    click.echo(f"  Demo           {address}/demo")
    click.echo(f"  Your wallet    {address}/wallet/open/{access.new_ticket(database, now())}")
    click.echo("                 the link opens it once, within 15 minutes")
    sys.stdout.flush()


def _settings(options: Mapping[str, Any]) -> Settings:
    settings = from_environment()
    named = ("host", "port", "data", "documents", "certificate", "key")
    given = {name: options[name] for name in named if options[name] is not None}
    return replace(
        settings,
        **given,
        trust=options["trust"],
        default_trust=not options["no_default_trust"],
        vc_api=options["vc_api"],
    )


def _make_folder(data: Path) -> None:
    """Make the data folder, its owner's alone, if it is not there. Raises `Misconfigured`."""
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Misconfigured(
            f"The folder “{data}” can't be made: {error.strerror}. Choose another with "
            "TOUCHSTONE_DATA or --data."
        ) from error


def _tls(settings: Settings) -> ssl.SSLContext | None:
    """What https needs, or `None`. Raises `Misconfigured`."""
    if settings.certificate is None or settings.key is None:
        return None
    return server_context(settings.certificate, settings.key)

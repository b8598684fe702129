"""Every setting, read once: from the environment first, then from the options of `serve`."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from wallet_server.mailbox import Mailbox
    from wallet_server.store.address import PostgresAddress, Where

_ORIGIN = r"https?://[a-z0-9.-]{1,253}(?::\d{1,5})?"
#: Host names under which a server that listens on this machine may be addressed.
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


class Misconfigured(Exception):
    """A setting that the server will not start with; the text says which and how to mend it."""


class Settings(Struct, frozen=True):
    """Where the server listens, what it answers to, and where it keeps the wallet.

    `documents` answers every web look-up from a folder; `trust` are issuer lists to add to the
    shipped ones, which `default_trust` leaves out when `False`. With a `certificate` and its `key`
    (PEM) it speaks https; `vc_api` opens the W3C's routes for outside programs. With `postgres`
    the wallet is there, and the folder `data` keeps the rest. Changes in the wallet are mailed to
    the `mailbox`, if there is one. `public` is the origin under which a proxy lets others reach
    what the owner hands on, and nothing else (`https://badges.example.org`).
    """

    host: str
    port: int
    data: Path
    allowed_hosts: tuple[str, ...]
    documents: Path | None = None
    trust: tuple[Path, ...] = ()
    default_trust: bool = True
    certificate: Path | None = None
    key: Path | None = None
    vc_api: bool = False
    postgres: PostgresAddress | None = None
    mailbox: Mailbox | None = None
    public: str | None = None

    @property
    def scheme(self) -> str:
        """What its address starts with."""
        return "http" if self.certificate is None else "https"

    @property
    def database(self) -> Where:
        """Where the wallet is kept."""
        return self.postgres or self.data / "wallet.sqlite3"

    @property
    def lists(self) -> Path:
        """The folder that holds the owner's issuer lists."""
        return self.data / "trust"


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings as `TOUCHSTONE_*` gives them; raises `Misconfigured` for one that can't be."""
    host = environment.get("TOUCHSTONE_HOST", "127.0.0.1")
    port = environment.get("TOUCHSTONE_PORT", "8765")
    if not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise Misconfigured(f"TOUCHSTONE_PORT is “{port}”, which is no port: give 1 to 65535.")
    names = environment.get("TOUCHSTONE_ALLOWED_HOSTS", "")
    allowed = tuple(name.strip().lower() for name in names.split(",") if name.strip())
    return Settings(
        host=host,
        port=int(port),
        data=_data(environment.get("TOUCHSTONE_DATA")),
        allowed_hosts=allowed or LOOPBACK,
        postgres=_postgres(environment.get("TOUCHSTONE_DATABASE", "")),
        mailbox=_mailbox(environment),
        public=_public(environment.get("TOUCHSTONE_PUBLIC", "")),
    )


def _public(named: str) -> str | None:
    """The origin, in lower case and without a last slash."""
    origin = named.strip().lower().rstrip("/")
    if not origin:
        return None
    if not re.fullmatch(_ORIGIN, origin):
        raise Misconfigured(
            f"TOUCHSTONE_PUBLIC is “{named}”: give the address under which others reach this "
            "server, without a path, as in https://badges.example.org."
        )
    return origin


def _postgres(named: str) -> PostgresAddress | None:
    if not named.strip():
        return None
    from wallet_server.store.address import read_address  # here: most wallets are files

    try:
        return read_address(named)
    except ValueError as error:
        raise Misconfigured(f"TOUCHSTONE_DATABASE {error}") from None  # its text may be a secret


def _mailbox(environment: Mapping[str, str]) -> Mailbox | None:
    if not environment.get("TOUCHSTONE_SMTP") and not environment.get("TOUCHSTONE_MAIL_TO"):
        return None
    from wallet_server.mailbox import read_mailbox  # here: few have changes mailed

    try:
        return read_mailbox(environment)
    except ValueError as error:
        raise Misconfigured(str(error)) from None


def _data(named: str | None) -> Path:
    if named:
        return Path(named)
    import platformdirs  # imported here, since who names a folder need not wait for it

    return platformdirs.user_data_path("touchstone", appauthor=False)


def checked(settings: Settings) -> Settings:
    """`settings`, if the server may start with them.

    Raises `Misconfigured` for an address beyond this machine: the wallet has no accounts yet, so
    whoever reached the port could guess at it. So it does for half of what https needs.
    """
    if settings.host not in ("127.0.0.1", "::1", "localhost"):
        raise Misconfigured(
            f"Touchstone won't listen on “{settings.host}”: without accounts it serves this "
            "machine only. Leave TOUCHSTONE_HOST and --host at 127.0.0.1."
        )
    if (settings.certificate is None) is not (settings.key is None):
        raise Misconfigured("For https give both: --certificate FILE and --key FILE.")
    return settings

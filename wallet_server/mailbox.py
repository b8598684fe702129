"""Where changes are mailed to, and through which server: three settings, read once."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from msgspec import Struct

SERVER, RECIPIENT, SENDER = "TOUCHSTONE_SMTP", "TOUCHSTONE_MAIL_TO", "TOUCHSTONE_MAIL_FROM"
_PORTS = {"smtp": 587, "smtps": 465}
_HERE = ("127.0.0.1", "::1", "localhost")


class Mailbox(Struct, frozen=True):
    """Whom changes are mailed to, and the server that takes the mail: over TLS from the first byte
    (`smtps`) or from STARTTLS on (`smtp`). Only a server on this machine may do without.
    """

    host: str
    port: int
    at_once: bool
    sender: str
    recipient: str
    user: str | None = None
    password: str | None = None

    def __repr__(self) -> str:  # without the password
        return f"Mailbox({self.host!r}, {self.port}, {self.sender!r}, {self.recipient!r})"

    @property
    def is_here(self) -> bool:
        """Whether the server is on this machine."""
        return self.host in _HERE


def read_mailbox(environment: Mapping[str, str]) -> Mailbox | None:
    """The mailbox that the environment gives, or `None`. Raises `ValueError` with a sentence."""
    server, recipient = environment.get(SERVER, ""), environment.get(RECIPIENT, "")
    if not server and not recipient:
        return None
    if not server or not recipient:
        missing = RECIPIENT if server else SERVER
        raise ValueError(f"To have changes mailed, set {missing} as well, or neither.")
    try:
        parts = urlsplit(server)
        port = parts.port
    except ValueError:
        raise _no_server() from None  # its text may hold a part of the password
    if (
        parts.scheme not in _PORTS
        or not parts.hostname
        or parts.path.strip("/")
        or parts.query
        or parts.fragment
    ):
        raise _no_server()
    return Mailbox(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        at_once=parts.scheme == "smtps",
        sender=_address(environment.get(SENDER) or recipient, SENDER),
        recipient=_address(recipient, RECIPIENT),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )


def _no_server() -> ValueError:
    # what was given may hold a password, so it is not repeated
    return ValueError(
        f"{SERVER} names no mail server. Write it like smtps://user:password@mail.example.org, or "
        "smtp://… for one that begins TLS with STARTTLS; write signs like @ in a password as %40."
    )


def _address(text: str, setting: str) -> str:
    from email.errors import MessageError  # here: most have no mailbox
    from email.headerregistry import Address

    try:
        return Address(addr_spec=text.strip()).addr_spec
    except (ValueError, IndexError, MessageError) as error:
        raise ValueError(f"{setting} is “{text[:80]}”, which is no mail address.") from error

"""The socket the server listens on, taken before anything is printed about it."""

from __future__ import annotations

import re
import socket
from pathlib import Path

from wallet_server.settings import Misconfigured


def listen(host: str, port: int) -> socket.socket:
    """A listening socket on this machine. Raises `Misconfigured` when the port is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio sends small answers at once (TCP_NODELAY) only on sockets that name their protocol
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        raise Misconfigured(
            f"Port {port} on {host} can't be used: {error.strerror}. Stop the program that has it "
            "(perhaps another Touchstone), or choose another with --port."
        ) from error
    return taken


#: In the wallet's folder: where its server was last reached.
ADDRESS = "address.txt"


def remember(data: Path, address: str) -> None:
    """Note where the server of this wallet is reached, for `touchstone pair` to print."""
    (data / ADDRESS).touch(0o600)
    (data / ADDRESS).write_text(f"{address}\n", encoding="ascii")


def remembered(data: Path) -> str | None:
    """Where the server of this wallet is, or last was, reached; `None` if it never ran."""
    try:
        address = (data / ADDRESS).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return address if re.fullmatch(r"https?://[a-z0-9.:\[\]]{1,100}", address) else None

"""Serves made pages under their sites' real names: over TLS, from one port of this machine."""

from __future__ import annotations

import datetime
import ssl
import struct
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from msgspec import Struct, field

from tests.pages.page import MadePage


class Sites(Struct):
    """Where they are served, and what was asked of them."""

    port: int
    hosts: frozenset[str]
    asked: list[str] = field(default_factory=list)

    def fenced(self) -> dict[str, int]:
        """The same, as the fence wants it."""
        return {f"{host}:443": self.port for host in self.hosts}


@contextmanager
def served(pages: Sequence[MadePage], folder: Path) -> Iterator[Sites]:
    """A server for `pages`; its certificate is nobody's, which the browsers are told to take."""
    answers = {
        page.address.split("#")[0]: ("text/html; charset=utf-8", page.html.encode())
        for page in pages
    }
    for page in pages:
        for path, answer in page.files.items():
            answers[path if "://" in path else f"https://{page.host}{path}"] = answer
    sites = Sites(0, frozenset(address.split("/")[2] for address in answers))

    class Handler(BaseHTTPRequestHandler):
        """Answers by host and path."""

        def do_GET(self) -> None:
            """Answer."""
            address = f"https://{self.headers.get('Host')}{self.path}"
            sites.asked.append(address)
            kind, body = answers.get(address, answers.get(address.split("?")[0], ("", b"")))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: ANN401 its base's
            """Keep the test's output to the test."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*_certificate(folder))
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    sites.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield sites
    server.shutdown()
    server.server_close()


def _certificate(folder: Path) -> tuple[Path, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "made.example")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "key.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return folder / "certificate.pem", folder / "key.pem"


def plain_png() -> bytes:
    """A picture of 64 by 64 pixels without anything in it."""
    rows = zlib.compress(b"".join(b"\0" + b"\x40\x80\xc0" * 64 for _ in range(64)))
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0)),
        (b"IDAT", rows),
        (b"IEND", b""),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )

"""TLS, where the server is given a certificate: without one it speaks http, to this machine."""

from __future__ import annotations

import ssl
from pathlib import Path
from typing import NoReturn

from wallet_server.settings import Misconfigured


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    """TLS 1.2 or later with the certificate (its chain after it) and its private key, both in PEM.

    Raises `Misconfigured` for files that can't be read, do not belong together or ask for a
    passphrase.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    try:
        context.load_cert_chain(certificate, key, password=_no_passphrase)
    except ssl.SSLError as error:
        raise Misconfigured(
            f"“{certificate}” and “{key}” can't be used for https: {error.reason or error}. Give "
            "--certificate a certificate in PEM, and --key the private key it was made for."
        ) from error
    except OSError as error:
        raise Misconfigured(
            f"The certificate or its key can't be read: {error.strerror}. Whoever owns "
            f"“{certificate}” and “{key}” can allow it."
        ) from error
    return context


def _no_passphrase() -> NoReturn:
    raise Misconfigured(
        "The private key asks for a passphrase, and nobody is there to type it. Give --key a file "
        "without one, which only you can read."
    )

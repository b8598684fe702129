"""A certificate for this machine, made for one test, and a client that trusts it alone."""

from __future__ import annotations

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.x509.oid import NameOID
from msgspec import Struct


class Certified(Struct, frozen=True):
    """The two files that `serve` takes."""

    certificate: Path
    key: Path

    @property
    def options(self) -> tuple[str, ...]:
        """As `serve` takes them."""
        return ("--certificate", str(self.certificate), "--key", str(self.key))

    @property
    def trust(self) -> ssl.SSLContext:
        """A client's view: this certificate and no other."""
        return ssl.create_default_context(cafile=str(self.certificate))


def certified(folder: Path, passphrase: bytes | None = None) -> Certified:
    """A self-signed certificate for 127.0.0.1 and localhost, good for a day."""
    key = generate_private_key(SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "touchstone test")])
    start = datetime.now(UTC) - timedelta(hours=1)
    names = [x509.DNSName("localhost"), x509.IPAddress(ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    encryption: serialization.KeySerializationEncryption = serialization.NoEncryption()
    if passphrase is not None:
        encryption = serialization.BestAvailableEncryption(passphrase)
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    folder.mkdir(parents=True, exist_ok=True)
    files = Certified(folder / "certificate.pem", folder / "key.pem")
    files.certificate.write_bytes(made.public_bytes(pem))
    files.key.write_bytes(key.private_bytes(pem, pkcs8, encryption))
    return files

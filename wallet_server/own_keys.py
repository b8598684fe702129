"""The installation's own secret keys: with one it signs receipts, with another its owner presents
badges. Each is an Ed25519 key, known to others as its `did:key`.

A key is kept in the operating system's keyring where there is one, else in a file that only its
owner can read. It is made when it is first used, and never leaves this module.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

#: What the keys are for.
RECEIPTS, HOLDER = "receipts", "holder"
_PREFIX = b"\xed\x01"  # multicodec of an Ed25519 public key


class KeyLost(Exception):
    """A secret key that is kept somewhere and can't be read; the text says where."""


@dataclass(frozen=True)
class OwnKey:
    """One of them."""

    private: Ed25519PrivateKey

    @property
    def multikey(self) -> str:
        """The public key (Controlled Identifiers 1.0, section 2.2.2): `z6Mk…`."""
        return (
            "z" + base58.b58encode(_PREFIX + self.private.public_key().public_bytes_raw()).decode()
        )

    @property
    def did(self) -> str:
        """Whom it speaks for."""
        return f"did:key:{self.multikey}"

    @property
    def method(self) -> str:
        """The `verificationMethod` that proofs name."""
        return f"{self.did}#{self.multikey}"

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature (RFC 8032)."""
        return self.private.sign(message)


def own_key(data: Path, purpose: str) -> OwnKey:
    """The key of the installation whose data folder is `data`, made if there is none yet. Raises
    `KeyLost`, and `OSError` where none can be kept.
    """
    path = data / f"{purpose}.key"
    while True:
        try:
            return OwnKey(
                Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii")))
            )
        except FileNotFoundError:
            _make(path)
        except ValueError as error:
            raise KeyLost(f"The key in “{path}” is damaged; put it back from a backup.") from error


def known_did(data: Path, purpose: str) -> str | None:
    """Whom that key speaks for, or `None` where there is none yet: nothing is made. Raises
    `KeyLost`.
    """
    return own_key(data, purpose).did if (data / f"{purpose}.key").exists() else None


def _make(path: Path) -> None:
    """Write a new key whole or not at all; one that another process wrote meanwhile stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(Ed25519PrivateKey.generate().private_bytes_raw().hex())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()

"""The installation's own secret keys: with one it signs receipts, with another its owner presents
badges. Each is an Ed25519 key, known to others as its `did:key`.

A key is kept in the operating system's keyring where there is one, else in a file that only its
owner can read. Either way a file in the data folder says which key it is, and that decides: where
the keyring can't be read any more, no second key is made behind anyone's back.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct

from wallet_server import system_keyring
from wallet_server.system_keyring import KeyLost

__all__ = ["HOLDER", "RECEIPTS", "KeyLost", "OwnKey", "known_did", "own_key"]

#: What the keys are for.
RECEIPTS, HOLDER = "receipts", "holder"
_PREFIX = b"\xed\x01"  # multicodec of an Ed25519 public key
#: What stands in the file: the key itself, or which one the keyring has.
_SECRET, _ELSEWHERE = (
    re.compile(r"[0-9a-f]{64}"),
    re.compile(r"keyring (z6Mk[1-9A-HJ-NP-Za-km-z]+)"),
)


class OwnKey(Struct, frozen=True):
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
    """The key of the installation whose data folder is `data`, made if there is none yet. It may
    wait for the owner to unlock their keyring. Raises `KeyLost`, and `OSError` where none can be
    kept.
    """
    path = data / f"{purpose}.key"
    while True:
        try:
            written = path.read_text("ascii").strip()
        except FileNotFoundError:
            _make(path, purpose)
        except UnicodeDecodeError as error:
            raise _damaged(path) from error
        else:
            return _read(path, purpose, written)


def known_did(data: Path, purpose: str) -> str | None:
    """Whom that key speaks for, or `None` where there is none yet: none is made, and no keyring is
    asked. Raises `KeyLost`.
    """
    path = data / f"{purpose}.key"
    try:
        written = path.read_text("ascii").strip()
    except FileNotFoundError:
        return None
    except UnicodeDecodeError as error:
        raise _damaged(path) from error
    elsewhere = _ELSEWHERE.fullmatch(written)
    return f"did:key:{elsewhere[1]}" if elsewhere else _read(path, purpose, written).did


def _read(path: Path, purpose: str, written: str) -> OwnKey:
    if _SECRET.fullmatch(written):
        return _key(written)
    elsewhere = _ELSEWHERE.fullmatch(written)
    if elsewhere is None:
        raise _damaged(path)
    held = system_keyring.read(_entry(purpose, elsewhere[1]))
    if held is None or not _SECRET.fullmatch(held) or _key(held).multikey != elsewhere[1]:
        raise KeyLost(
            f"The key did:key:{elsewhere[1]} is not in the keyring of this system, where “{path}” "
            "says it is. Log in as the user who made it, or put it back from a backup. To go on "
            "with a new key, which nobody knows yet, take that file away."
        )
    return _key(held)


def _make(path: Path, purpose: str) -> None:
    """Keep a new key, whole or not at all; one that another process made meanwhile stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = OwnKey(Ed25519PrivateKey.generate())
    secret, entry = fresh.private.private_bytes_raw().hex(), _entry(purpose, fresh.multikey)
    in_keyring = system_keyring.keep(entry, secret)
    if not _write(path, f"keyring {fresh.multikey}" if in_keyring else secret) and in_keyring:
        system_keyring.forget(entry)


def _write(path: Path, text: str) -> bool:
    """Write the file for its owner alone; whether it was not there yet."""
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)
    except FileExistsError:
        return False
    finally:
        fresh.unlink()
    return True


def _entry(purpose: str, multikey: str) -> str:
    """What the keyring knows a key by: no two are the same, of whichever data folder."""
    return f"{purpose} {multikey}"


def _key(secret: str) -> OwnKey:
    return OwnKey(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(secret)))


def _damaged(path: Path) -> KeyLost:
    return KeyLost(f"The key in “{path}” is damaged; put it back from a backup.")

"""The two locks that other wallets put on their backups, opened with the owner's passphrase.

Learner Credential Wallet: a JWE with `PBES2-HS512+A256KW` and `A256GCM`, its parts in plain base64
and without a protected header (so nothing is authenticated beside the content). LearnCard: Argon2id
and AES-256-GCM. What they ask for in work is held to limits, since a file can ask for anything.
"""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA512
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

from verifier.errors import Malformed

ITERATIONS = 1_000_000
#: Argon2id: rounds, KiB, lanes.
ROUNDS, KIBIBYTES, LANES = 10, 256 * 1024, 16
_WRONG = (
    "The passphrase doesn't open this backup. It is the one that was chosen in the other wallet "
    "when the backup was made; only you can know it."
)
_STRANGE = (
    "This backup is locked in a way that Touchstone doesn't open. Make one without a passphrase in "
    "the other wallet, and bring that."
)


def unlock(content: bytes, passphrase: str) -> bytes:
    """What is under the lock. Run it in a worker.

    Raises `Malformed`: `lock.passphrase` for a wrong one, `lock.kind` for another lock.
    """
    try:
        envelope = json.loads(content)
        if "kdfParams" in envelope:
            return _argon2(envelope, passphrase.encode())
        return _pbes2(envelope["credentialSubject"]["jwe"], passphrase.encode())
    except (InvalidTag, InvalidUnwrap) as error:
        raise Malformed("lock.passphrase", _WRONG) from error
    except (LookupError, TypeError, ValueError, AttributeError, binascii.Error) as error:
        raise Malformed("lock.kind", _STRANGE) from error


def _pbes2(jwe: dict[str, Any], passphrase: bytes) -> bytes:
    recipient = jwe["recipients"][0]
    header = recipient["header"]
    if (header["alg"], header["enc"]) != ("PBES2-HS512+A256KW", "A256GCM"):
        raise ValueError(header["alg"])
    iterations = _within(header["p2c"], ITERATIONS)
    # RFC 7518, section 4.8.1.1 puts the algorithm's name before the salt; that wallet does not
    derived = PBKDF2HMAC(SHA512(), 32, _base64(header["p2s"]), iterations).derive(passphrase)
    key = aes_key_unwrap(derived, _base64(recipient["encrypted_key"]))
    sealed = _base64(jwe["ciphertext"]) + _base64(jwe["tag"])
    opened = json.loads(AESGCM(key).decrypt(_base64(jwe["iv"]), sealed, None))
    # a text that was written as JSON once more before it was sealed
    return opened.encode() if isinstance(opened, str) else json.dumps(opened).encode()


def _argon2(envelope: dict[str, Any], passphrase: bytes) -> bytes:
    asked = envelope["kdfParams"]
    if asked["algorithm"] != "argon2id":
        raise ValueError(asked["algorithm"])
    key = Argon2id(
        salt=_base64(envelope["salt"]),
        length=32,
        iterations=_within(asked["timeCost"], ROUNDS),
        lanes=_within(asked["parallelism"], LANES),
        memory_cost=_within(asked["memoryCost"], KIBIBYTES),
    ).derive(passphrase)
    return AESGCM(key).decrypt(_base64(envelope["iv"]), _base64(envelope["ciphertext"]), None)


def _within(asked: object, most: int) -> int:
    if not isinstance(asked, int) or not 0 < asked <= most:
        raise ValueError(f"{asked} is not from 1 to {most}")
    return asked


def _base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)

"""Ed25519 (RFC 8032): what OpenSSL says of a signature, in half the time where it is good.

libsodium says yes to fewer than OpenSSL: it checks the same equation, the one without a cofactor,
and refuses more keys and more forms of them. So its yes counts, and after its no OpenSSL decides.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

#: Whether libsodium says yes: signature, data, key.
Yes = Callable[[bytes, bytes, bytes], bool]

#: So many are checked before libsodium is loaded, which takes as long as it saves with these.
BEFORE = 60
_LENGTH = 64
_met = count()

_KEY = bytes.fromhex("fd155f9c595db0be55a6a08d669c54c7e4999fef8b98baaea706af541ec4d236")
#: By that key over nothing, and refused by OpenSSL: one whose S is not below the group's order, and
#: one that fits only with the cofactor.
_REFUSED = (
    bytes.fromhex(
        "05354aa0e82a608e922eb7c035cea088de9a2f50bd3d7a74861509b4f0ace2ac"
        "b02d3636c230e93d5b301bf676408f99ea36d06bb0d97f7d9fdec2ed5df2a214"
    ),
    bytes.fromhex(
        "607055ca3d4aa8af26961afb12b1e60a75fac88f9c260ff25806631dbb269159"
        "16571ec08720ef394721f6b46ed029c6854fdc65ec95bce404d65e146f32d50d"
    ),
)


def verify(key: Ed25519PublicKey, signature: bytes, data: bytes) -> None:
    """Raise `InvalidSignature` unless `signature` is one of `data` by `key`."""
    if next(_met) < BEFORE or not libsodium()(signature, data, key.public_bytes_raw()):
        key.verify(signature, data)


@cache
def libsodium() -> Yes:
    """What libsodium says; no to everything, if the one at hand was built to say yes to more than
    OpenSSL does.
    """
    from nacl.bindings import crypto_sign_open
    from nacl.exceptions import BadSignatureError

    def says_yes(signature: bytes, data: bytes, key: bytes) -> bool:
        if len(signature) != _LENGTH:  # where it ends, the data begins
            return False
        try:
            crypto_sign_open(signature + data, key)
        except BadSignatureError:
            return False
        return True

    return _never if any(says_yes(loose, b"", _KEY) for loose in _REFUSED) else says_yes


def _never(signature: bytes, data: bytes, key: bytes) -> bool:
    return False

"""The text forms in which the standards write bytes: base64url (RFC 4648, section 5) and multibase
base58btc.
"""

from __future__ import annotations

import base64
import binascii
import re

import base58

from verifier.errors import Malformed

#: base58 takes quadratic time, so nothing longer than a large key or signature is decoded.
BASE58_LENGTH = 1024
_BASE58 = re.compile(r"[1-9A-HJ-NP-Za-km-z]+")
_BASE64URL = re.compile(r"[A-Za-z0-9_-]*")


def read_base64url(text: str) -> bytes:
    """Unpadded base64url. Raises `Malformed` (`encoding.base64url`) for padding, white space or the
    other alphabet.
    """
    try:
        if _BASE64URL.fullmatch(text) is None:
            raise ValueError("a character outside the alphabet")
        decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        if base64.urlsafe_b64encode(decoded).rstrip(b"=").decode() != text:
            raise ValueError("bits left over at the end")
    except (binascii.Error, ValueError) as error:
        raise Malformed("encoding.base64url", f"This is not base64url: {error}.") from error
    return decoded


def read_multibase(text: object, *, longest: int = BASE58_LENGTH) -> bytes:
    """A multibase value in base58btc (`z`, no longer than `longest`) or base64url (`u`). Raises
    `Malformed` (`encoding.multibase`).
    """
    if not isinstance(text, str) or len(text) < 2:
        raise Malformed("encoding.multibase", "A multibase value is missing.")
    if text[0] == "u":
        return read_base64url(text[1:])
    # The decoder would let white space pass, and then two texts would be one signature.
    if text[0] != "z" or len(text) > longest or not _BASE58.fullmatch(text, 1):
        raise Malformed(
            "encoding.multibase", "The value is not multibase in base58btc or base64url."
        )
    try:
        return base58.b58decode(text[1:])
    except ValueError as error:
        raise Malformed("encoding.multibase", "The value is not base58btc.") from error

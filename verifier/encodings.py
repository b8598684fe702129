"""The text forms in which the standards write bytes: base64url (RFC 4648, section 5) and multibase
base58btc.
"""

from __future__ import annotations

from functools import cache

from msgspec import ValidationError, convert

from verifier.errors import Malformed

#: Nothing longer than a large key or signature is decoded, but for proofs of whole trees.
BASE58_LENGTH = 1024
_NO_MULTIBASE = "The value is not multibase in base58btc or base64url."
_SIGNS = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
#: Each sign's digit; 255 for what is no sign.
_DIGITS = bytes(_SIGNS.find(sign) % 256 for sign in range(256))
#: The longest text in base58 of all.
_LONGEST = 8192
#: What the last sign may be where so many stand over: one whose other bits are all zero.
_LAST = {1: "", 2: "AQgw", 3: "AEIMQUYcgkosw048"}
#: What it lacks to be base64, by how many signs stand over.
_PADDING = ("", "", "==", "=")
_FOREIGN = "Only base64 data is allowed"


def read_base64url(text: str) -> bytes:
    """Unpadded base64url. Raises `Malformed` (`encoding.base64url`) for padding, white space or the
    other alphabet.
    """
    over = len(text) % 4
    if over and text[-1] not in _LAST[over]:
        raise _no_base64url("bits left over at the end")
    if "+" in text or "/" in text or "=" in text:
        raise _no_base64url(_FOREIGN)
    try:
        # refuses every other sign, and takes a quarter of the time that `binascii` takes
        return convert(text.replace("-", "+").replace("_", "/") + _PADDING[over], bytes)
    except (ValidationError, UnicodeEncodeError) as error:
        raise _no_base64url(_FOREIGN) from error


def _no_base64url(why: str) -> Malformed:
    return Malformed("encoding.base64url", f"This is not base64url: {why}.")


def read_multibase(text: object, *, longest: int = BASE58_LENGTH) -> bytes:
    """A multibase value in base58btc (`z`, no longer than `longest`) or base64url (`u`). Raises
    `Malformed` (`encoding.multibase`).
    """
    if not isinstance(text, str) or len(text) < 2:
        raise Malformed("encoding.multibase", "A multibase value is missing.")
    if text[0] == "u":
        return read_base64url(text[1:])
    if text[0] != "z" or len(text) > min(longest, _LONGEST):
        raise Malformed("encoding.multibase", _NO_MULTIBASE)
    return _base58(text[1:])


def _base58(text: str) -> bytes:
    """Base58 with the alphabet of Bitcoin (Multiformats, "base58btc"); each `1` at the start is a
    byte that is nothing. Raises `Malformed`.

    A digit in each byte of one number; then two and two neighbours are made one, in all the number
    at once, until it is one: seven steps for a signature, where the libraries take one a sign.
    """
    digits = text.encode("utf-8", "replace").translate(_DIGITS)
    if 255 in digits:
        raise Malformed("encoding.multibase", _NO_MULTIBASE)
    value = int.from_bytes(digits, "big")
    for width, base, lanes in _steps((len(text) - 1).bit_length()):
        value = (value & lanes) + base * (value >> width & lanes)
    nothing = len(text) - len(text.lstrip("1"))
    return bytes(nothing) + value.to_bytes((value.bit_length() + 7) // 8, "big")


@cache
def _steps(count: int) -> tuple[tuple[int, int, int], ...]:
    """How `2 ** count` digits become one number: for each step the width of a lane in bits, what
    a lane is worth in the one below it, and every second lane there is.
    """
    every = (1 << (8 << count)) - 1
    widths = [8 << power for power in range(count)]
    return tuple(
        (width, 58 ** (width // 8), every // ((1 << 2 * width) - 1) * ((1 << width) - 1))
        for width in widths
    )

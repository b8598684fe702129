"""Bytes and numbers → a public key that proves something: weak ones are refused here.

A library loads more keys than a signature is worth anything under. Beyond what it refuses itself:
Ed25519 points of small order and second spellings (RFC 8032, section 5.1.3), points that are not on
their curve, RSA outside 2048 to 8192 bits or with an exponent that is even or below 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import Struct

from verifier.errors import Malformed

if TYPE_CHECKING:  # and else where it is met: most keys are of the kind above
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    PublicKey = Ed25519PublicKey | ec.EllipticCurvePublicKey | RSAPublicKey

#: Curves of ECDSA keys by the names that JOSE gives them (RFC 7518, section 6.2; RFC 8812), and how
#: many bytes a number of each takes.
CURVES: Mapping[str, int] = {"P-256": 32, "P-384": 48, "P-521": 66, "secp256k1": 32}
RSA_BITS = range(2048, 8193)
#: FIPS 186-5, section 5.4: no honest exponent is as large.
_LARGEST_EXPONENT = 2**256

_P = 2**255 - 19
_ORDER_8 = 0x5FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
#: y coordinates of the points of small order: under such a key a signature fits any text.
_SMALL_ORDER = frozenset((0, 1, _P - 1, _ORDER_8, _P - _ORDER_8))


class Unusable(Struct, frozen=True):
    """A key that nothing can be concluded from; `code` is a code of the question `genuine`."""

    code: str
    reason: str
    says: str


def ed25519(raw: bytes) -> Ed25519PublicKey | Unusable:
    """The key in its 32 bytes (RFC 8032, section 5.1.5). Raises `Malformed` for another length."""
    if len(raw) != 32:
        raise Malformed("key.malformed", "An Ed25519 key is 32 bytes long.")
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y in _SMALL_ORDER or y >= _P:
        return weak("one under which anybody's signature fits anything")
    return Ed25519PublicKey.from_public_bytes(raw)


def compressed(curve: str, point: bytes) -> ec.EllipticCurvePublicKey | Unusable:
    """The key in a compressed point (SEC 1, section 2.3.3). Raises `Malformed` for another form."""
    if len(point) != CURVES[curve] + 1 or point[0] not in (2, 3):
        raise Malformed("key.malformed", f"The key is no compressed point of {curve}.")
    return _point(curve, point)


def coordinates(curve: str, x: bytes, y: bytes) -> ec.EllipticCurvePublicKey | Unusable:
    """The key in its coordinates, each as long as the curve's field (RFC 7518, section 6.2.1).
    Raises `Malformed` for other lengths.
    """
    if {len(x), len(y)} != {CURVES[curve]}:
        raise Malformed("key.malformed", f"The key's coordinates are not as long as {curve}'s.")
    return _point(curve, b"\x04" + x + y)


def rsa(modulus: int, exponent: int) -> RSAPublicKey | Unusable:
    """The RSA key with these numbers."""
    if modulus.bit_length() not in RSA_BITS or modulus % 2 == 0:
        return weak(f"an RSA key of {modulus.bit_length()} bits, not one of 2048 to 8192")
    if exponent < 3 or exponent % 2 == 0 or exponent >= _LARGEST_EXPONENT:
        return weak("an RSA key whose exponent hides nothing")
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers

    return RSAPublicNumbers(exponent, modulus).public_key()


@cache
def curve_of(name: str) -> ec.EllipticCurve:
    """The curve of this name in `CURVES`."""
    from cryptography.hazmat.primitives.asymmetric import ec

    known: Mapping[str, type[ec.EllipticCurve]] = {
        "P-256": ec.SECP256R1,
        "P-384": ec.SECP384R1,
        "P-521": ec.SECP521R1,
        "secp256k1": ec.SECP256K1,
    }
    return known[name]()


def _point(curve: str, point: bytes) -> ec.EllipticCurvePublicKey | Unusable:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

    try:
        return EllipticCurvePublicKey.from_encoded_point(curve_of(curve), point)
    except ValueError:
        return weak(f"not a point of its curve, {curve}")


def weak(what: str) -> Unusable:
    """A key that is `what`, and so proves nothing."""
    return Unusable("bad_signature", "key.weak", f"The signing key is {what}.")

"""The `jws` of older proofs: a JWS that leaves its payload out (RFC 7515, appendix F; RFC 7797).

JSON Web Signature 2020, section 2.2, and the suites of 2018 and 2019: the header says `b64: false`,
and the signature is over the header, a dot, and the proof's own bytes as they are.
"""

from __future__ import annotations

from msgspec import Struct

from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import read_object

#: Longer than a header and an RSA signature of 8192 bits.
LENGTH = 2_000

_MEMBERS = frozenset(("alg", "b64", "crit", "typ", "kid"))


class DetachedJws(Struct, frozen=True):
    """A JWS without its payload; `header` as it is signed."""

    header: bytes
    algorithm: str
    signature: bytes

    def over(self, payload: bytes) -> bytes:
        """The bytes that the signature covers if `payload` is what was left out."""
        return self.header + b"." + payload


def read_jws(text: object) -> DetachedJws:
    """Read `header..signature`.

    Raises `Malformed` (`jws.form`, `jws.header`, `encoding.base64url` or a reason of the JSON
    gate).
    """
    if not isinstance(text, str) or len(text) > LENGTH or text.count(".") != 2:
        raise Malformed("jws.form", "The proof's jws is no detached JWS.")
    head, payload, tail = text.split(".")
    if payload or not head or not tail:
        raise Malformed("jws.form", "The proof's jws is no detached JWS.")
    header = read_object(read_base64url(head))
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or not _MEMBERS.issuperset(header):
        raise Malformed("jws.header", "The proof's jws has a header that proofs don't have.")
    if header.get("b64") is not False or header.get("crit") != ["b64"]:
        raise Malformed("jws.header", "The proof's jws does not say that its payload is left out.")
    return DetachedJws(head.encode("ascii"), algorithm, read_base64url(tail))

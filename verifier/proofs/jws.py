"""JSON Web Signatures in compact form, read to the letter: RFC 7515, sections 3.1, 4 and 5.2.

Nothing in a header chooses a key or loosens a rule: `jwk`, `jku`, `x5u` and `x5c` are what whoever
made the text says of their key, and are not looked at here. `cryptography` does the maths.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from verifier import kept
from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import LIMIT_IN_ALL, read_object
from verifier.proofs.algorithms import allows, fits, is_known

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

#: Characters of a header, and of a signature by the largest RSA key.
HEADER_LENGTH = 16 * 1024
SIGNATURE_LENGTH = 1366
#: Up to so many characters of it are kept: most names of keys are shorter.
_SHORT = 2 * 1024
#: Three parts, in base64, of what the gate takes in.
LENGTH = LIMIT_IN_ALL * 4 // 3 + HEADER_LENGTH + SIGNATURE_LENGTH + 8

_SIGNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
#: Anyone who can check these could have made them (RFC 7518, section 3.1).
_PROVE_NOTHING = frozenset(("none", "hs256", "hs384", "hs512"))
#: Members whose values are text, where they are there at all (section 4.1).
_TEXTS = ("kid", "typ", "cty", "jku", "x5u", "x5t", "x5t#S256")


class Jws(Struct, frozen=True):
    """A JWS that keeps every rule of its form; whether its signature fits is not known yet."""

    header: Mapping[str, Any]
    payload: bytes
    signing_input: bytes
    signature: bytes

    @property
    def algorithm(self) -> str:
        """The algorithm that its header names."""
        return str(self.header["alg"])


def read(compact: str) -> Jws:
    """The JWS in `compact`, which holds nothing else, white space included.

    Raises `Malformed` with the reason `jws.form` (other than three parts in base64url: JWE, the
    JSON forms), `jws.size`, `encoding.base64url`, one of the JSON gate for the header, or

    * `jws.alg`: no algorithm, or one that proves nothing (`none`, shared secrets);
    * `jws.unsupported`: an algorithm that Touchstone does not know, the one of these reasons that
      stands for `unsupported_proof`;
    * `jws.crit`: the signer asks for more to be understood than RFC 7515 tells (RFC 7797's `b64`);
    * `jws.header`: another member that breaks its rule, or that makes this a nested token.
    """
    if len(compact) > LENGTH:
        raise Malformed("jws.size", "The token is longer than any badge.")
    first, second, third = _parts(compact)
    if len(first) > HEADER_LENGTH or len(third) > SIGNATURE_LENGTH:
        raise Malformed(
            "jws.size", "The token's header or signature is longer than any honest one."
        )
    try:
        payload, signature = read_base64url(second), read_base64url(third)
        header = _kept_header(first) if len(first) <= _SHORT else _header(first)
    except Malformed:
        if compact.encode("ascii", "replace").translate(None, _SIGNS) != b"..":
            raise _no_token() from None
        raise
    return Jws(header, payload, compact[: -len(third) - 1].encode("ascii"), signature)


def _header(segment: str) -> Mapping[str, Any]:
    header = read_object(read_base64url(segment))
    _check_header(header)
    return header


#: The same header, sign for sign, stands in all that an issuer signs with one key.
_kept_header = lru_cache(maxsize=128)(_header)


def _parts(compact: str) -> list[str]:
    parts = compact.split(".")
    if len(parts) != 3 or not parts[0]:
        raise _no_token()
    return parts


def _no_token() -> Malformed:
    return Malformed("jws.form", "This is no token of three parts in base64url.")


def holds(
    jws: Jws, key: PublicKey, marked: str | None = None, fingerprint: str | None = None
) -> bool:
    """Whether the signature fits, by our table of which algorithm goes with which kind of key.

    `marked` is the algorithm that the key's own JWK allows (`keys.Found.algorithm`): another one
    never fits. By its `fingerprint` (as `keys.Found` has it) what was found before is known.
    """
    if not allows(marked, jws.algorithm):
        return False
    name = None
    if fingerprint is not None:
        name = kept.named("jws", fingerprint, jws.algorithm, jws.signing_input, jws.signature)
    if kept.fits(name):
        return True
    if not fits(jws.algorithm, key, jws.signature, jws.signing_input):
        return False
    kept.keep(name)
    return True


def _check_header(header: Mapping[str, Any]) -> None:
    """Section 4.1, and the sections of other standards that add members to it."""
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or not algorithm or algorithm.lower() in _PROVE_NOTHING:
        raise Malformed(
            "jws.alg", "The token names no algorithm by which only its issuer could have signed it."
        )
    for member in ("crit", "b64"):
        if member in header:
            raise Malformed("jws.crit", f"The token's header has “{member}”, which no badge needs.")
    for member in ("zip", "enc"):
        if member in header:
            raise Malformed("jws.header", f"“{member}” belongs to encrypted tokens, not to signed.")
    for member in _TEXTS:
        if member in header and not isinstance(header[member], str):
            raise Malformed("jws.header", f"“{member}” in the token's header is no text.")
    if str(header.get("cty")).upper().removeprefix("APPLICATION/") == "JWT":
        # RFC 7519, section 5.2.
        raise Malformed("jws.header", "The token holds another token.")
    if not is_known(algorithm):
        raise Malformed(
            "jws.unsupported",
            f"It is signed by the algorithm “{algorithm[:20]}”, which Touchstone can't check yet.",
        )

"""Selective disclosure: `ecdsa-sd-2023`, of which a verifier only ever sees derived proofs.

Data Integrity ECDSA Cryptosuites 1.0, sections 3.4 (functions) and 3.5.8 (Verify Derived Proof).
The issuer signed the mandatory statements as a whole and each of the others alone, so a holder may
leave out any of the others, but neither change nor add one.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from hashlib import sha256
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from msgspec import Struct

from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.proofs.algorithms import fits

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

#: Characters of a proofValue: one signature for each of two thousand statements.
LENGTH = 200_000

_P256 = b"\x80\x24"
_BASE = b"\xd9\x5d\x00"
_DERIVED = b"\xd9\x5d\x01"
#: The parts of a line of N-Quads in which something may look like a label, and labels themselves.
_PARTS = re.compile(r'"(?:[^"\\]|\\.)*"|<[^>]*>|_:(c14n[0-9]+)')


class Derived(Struct, frozen=True):
    """What a derived proof carries; `key` is the one made for this credential alone, `labels` the
    names that the issuer's copy gave to its unnamed parts.
    """

    base_signature: bytes
    key_bytes: bytes
    key: EllipticCurvePublicKey
    signatures: tuple[bytes, ...]
    labels: Mapping[str, str]
    mandatory: frozenset[int]


def read_proof(value: object) -> Derived:
    """Read a `proofValue` (section 3.4.7, parseDerivedProofValue).

    Raises `Malformed`: `proof.base` for the issuer's own proof, of which nothing was derived yet,
    and `proof.value` for anything else that is no derived proof.
    """
    if not isinstance(value, str) or not value.startswith("u") or len(value) > LENGTH:
        raise _malformed()
    packed = read_base64url(value[1:])
    if packed.startswith(_BASE):
        raise Malformed(
            "proof.base",
            "This is the copy that the issuer made for its holder, and no copy to be shown.",
        )
    if not packed.startswith(_DERIVED):
        raise _malformed()
    match _unpacked(packed[len(_DERIVED) :]):
        case [
            bytes() as base_signature,
            bytes() as key_bytes,
            list() as signatures,
            dict() as labels,
            list() as mandatory,
        ]:
            return Derived(
                base_signature,
                key_bytes,
                _key(key_bytes),
                _signatures(signatures),
                _labels(labels),
                _indexes(mandatory),
            )
        case _:
            raise _malformed()


def _unpacked(packed: bytes) -> object:
    """One value in CBOR, in the one encoding that says the same again."""
    import cbor2  # here: few proofs are written so

    try:
        value = cbor2.loads(packed, max_depth=4, semantic_decoders={}, allow_indefinite=False)
        again = cbor2.dumps(value)
    except (cbor2.CBORError, OverflowError) as error:
        raise _malformed() from error
    if again != packed:
        raise _malformed()
    return value


def _key(key_bytes: bytes) -> EllipticCurvePublicKey:
    """The Multikey of a point of P-256, compressed."""
    try:
        if not key_bytes.startswith(_P256) or len(key_bytes) != len(_P256) + 33:
            raise ValueError("another kind of key")
        return EllipticCurvePublicKey.from_encoded_point(SECP256R1(), key_bytes[len(_P256) :])
    except ValueError as error:
        raise _malformed() from error


def _signatures(values: list[object]) -> tuple[bytes, ...]:
    found = tuple(value for value in values if isinstance(value, bytes) and len(value) == 64)
    if len(found) != len(values):
        raise _malformed()
    return found


def _labels(values: dict[object, object]) -> dict[str, str]:
    """Section 3.4.4 (decompressLabelMap): two parts must never get one name."""
    found: dict[str, str] = {}
    for number, name in values.items():
        if not _is_count(number) or not isinstance(name, bytes) or len(name) != 32:
            raise _malformed()
        found[f"c14n{number}"] = "u" + base64.urlsafe_b64encode(name).rstrip(b"=").decode()
    if len(set(found.values())) != len(found):
        raise _malformed()
    return found


def _indexes(values: list[object]) -> frozenset[int]:
    found = frozenset(value for value in values if _is_count(value) and isinstance(value, int))
    if len(found) != len(values):
        raise _malformed()
    return found


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def statements(canonical: str, labels: Mapping[str, str]) -> list[str]:
    """The lines of `canonical` (N-Quads) under the issuer's labels, in order.

    Raises `Malformed` (`proof.label`) for a part of which the proof has no label.
    """
    lines = [f"{line}\n" for line in canonical.split("\n") if line]

    def named(match: re.Match[str]) -> str:
        label = match[1]
        if label is None:
            return match[0]
        if label not in labels:
            raise Malformed("proof.label", "The proof does not cover every part of the badge.")
        return f"_:{labels[label]}"

    return sorted(_PARTS.sub(named, line) for line in lines)


def covers(derived: Derived, key: PublicKey, options: str, canonical: str) -> bool:
    """Whether `derived`, by the issuer's `key`, covers every statement of the document in its
    `canonical` form, under the proof's `options` in theirs.

    Raises `Malformed` (`proof.label`).
    """
    lines = statements(canonical, derived.labels)
    if any(index >= len(lines) for index in derived.mandatory):
        return False
    mandatory = "".join(line for at, line in enumerate(lines) if at in derived.mandatory)
    others = [line for at, line in enumerate(lines) if at not in derived.mandatory]
    if len(others) != len(derived.signatures):
        return False
    signed = (
        sha256(options.encode()).digest() + derived.key_bytes + sha256(mandatory.encode()).digest()
    )
    return fits("ES256", key, derived.base_signature, signed) and all(
        fits("ES256", derived.key, signature, line.encode())
        for signature, line in zip(derived.signatures, others, strict=True)
    )


def _malformed() -> Malformed:
    return Malformed("proof.value", "The proof's proofValue is no derived proof.")

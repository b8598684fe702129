"""Ed25519 by two libraries: keys and signatures that no honest program makes, on which libraries
differ. Whatever OpenSSL says of one, we say; and libsodium never says yes to one alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from nacl import bindings

from verifier.proofs import ed25519
from verifier.proofs.algorithms import fits

ORDER = 2**252 + 27742317777372353535851937790883648493
P = 2**255 - 19
#: A point of order 8, of which the others of small order are multiples.
TORSION = bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05")
#: A key, a signature, and the data it is over.
Signed = tuple[bytes, bytes, bytes]


def number(text: str) -> int:
    """One that looks random, and is the same each time."""
    return int.from_bytes(hashlib.sha512(text.encode()).digest(), "little")


def little(value: int) -> bytes:
    return value.to_bytes(32, "little")


def base(times: int) -> bytes:
    return bindings.crypto_scalarmult_ed25519_base_noclamp(little(times % ORDER))


def small_order() -> list[bytes]:
    """The eight points of small order, the neutral one first."""
    points = [little(1)]
    for _ in range(7):
        points.append(bindings.crypto_core_ed25519_add(points[-1], TORSION))
    return points


def shifted(point: bytes, by: bytes) -> bytes:
    return bindings.crypto_core_ed25519_add(point, by)


SECRET = number("secret") % ORDER
KEY, SMALL = base(SECRET), small_order()


def challenge(commitment: bytes, key: bytes, data: bytes) -> int:
    return int.from_bytes(hashlib.sha512(commitment + key + data).digest(), "little") % ORDER


def signed(data: bytes, key: bytes = KEY, by: bytes = SMALL[0]) -> Signed:
    """By whoever knows the key's secret and adds `by` to the commitment, which is then hashed."""
    nonce = number(f"nonce {data!r}") % ORDER
    commitment = shifted(base(nonce), by)
    response = (nonce + challenge(commitment, key, data) * SECRET) % ORDER
    return key, commitment + little(response), data


def spellings(point: bytes) -> list[bytes]:
    """Every other way in which a decoder may take 32 bytes for this point."""
    value = int.from_bytes(point, "little")
    y, sign = value % 2**255, value >> 255
    seconds = [y + P] if y + P < 2**255 else []
    return [little(other | way << 255) for other in (y, *seconds) for way in (sign, 1 - sign)]


def mixed() -> Iterator[Signed]:
    """Points of small order added to the key, to the commitment, and to both: fits for one
    challenge in eight, four or two; and with the cofactor always.
    """
    for one, of_key in enumerate(SMALL):
        for other, of_commitment in enumerate(SMALL):
            for turn in range(8):
                data = f"mixed {one} {other} {turn}".encode()
                yield signed(data, shifted(KEY, of_key), of_commitment)


def of_small_order() -> Iterator[Signed]:
    """Keys and commitments of small order, in every spelling; S is any number."""
    spelled = [text for point in SMALL for text in spellings(point)]
    for turn, key in enumerate(spelled):
        for commitment in (*spelled[turn % 4 :: 4], base(7)):
            data = f"small {turn}".encode()
            yield key, commitment + little(0), data
            yield key, commitment + little(7), data
    for commitment in spelled:
        data = b"small commitment"
        response = challenge(commitment, KEY, data) * SECRET % ORDER
        yield KEY, commitment + little(response), data


def other_numbers() -> Iterator[Signed]:
    """The same S by another number, and numbers at its bounds."""
    for turn in range(8):
        key, signature, data = signed(f"number {turn}".encode())
        s = int.from_bytes(signature[32:], "little")
        more = [s + times * ORDER for times in range(1, 16) if s + times * ORDER < 2**256]
        bounds = [
            0,
            1,
            ORDER - s,
            ORDER - 1,
            ORDER,
            ORDER + 1,
            2**252,
            2**253,
            2**255 - 1,
            2**256 - 1,
        ]
        for value in (*more, *bounds, *(s | 1 << bit for bit in range(252, 256))):
            yield key, signature[:32] + little(value), data


def flipped() -> Iterator[Signed]:
    """Good ones with one bit changed, of the signature and of the key."""
    key, signature, data = signed(b"flipped")
    for bit in range(512):
        changed = int.from_bytes(signature, "little") ^ 1 << bit
        yield key, changed.to_bytes(64, "little"), data
    for bit in range(256):
        yield little(int.from_bytes(key, "little") ^ 1 << bit), signature, data


def of_other_lengths() -> Iterator[Signed]:
    """The bytes where signature and data meet, given to the other: together they are the same."""
    key, signature, data = signed(b"where one ends and the other begins")
    whole = signature + data
    for end in range(len(whole) + 1):
        yield key, whole[:end], whole[end:]
    yield key, signature + bytes(1), data
    yield key, b"", b""


def good() -> Iterator[Signed]:
    for turn in range(100):
        yield signed(f"good {turn}".encode() * turn)


def openssl(case: Signed) -> bool:
    key, signature, data = case
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, data)
    except InvalidSignature:
        return False
    return True


@pytest.fixture(scope="module", autouse=True)
def loaded() -> None:
    """Until so many were checked, libsodium is not asked."""
    key, signature, data = signed(b"before")
    for _ in range(ed25519.BEFORE):
        assert fits("Ed25519", Ed25519PublicKey.from_public_bytes(key), signature, data)


@pytest.mark.parametrize(
    ("cases", "yes", "no"),
    [
        (good, 100, 0),
        (mixed, 65, 447),
        (of_small_order, 22, 288),
        (other_numbers, 0, 232),
        (flipped, 0, 768),
        (of_other_lengths, 1, 101),
    ],
)
def test_what_openssl_says_counts(cases: Callable[[], Iterable[Signed]], yes: int, no: int) -> None:
    found = [openssl(case) for case in cases()]
    assert (found.count(True), found.count(False)) == (yes, no)
    for (key, signature, data), holds in zip(cases(), found, strict=True):
        assert fits("Ed25519", Ed25519PublicKey.from_public_bytes(key), signature, data) == holds
        assert holds or not ed25519.libsodium()(signature, data, key)


def test_libsodium_says_yes_to_what_honest_programs_make() -> None:
    assert all(ed25519.libsodium()(signature, data, key) for key, signature, data in good())


def test_another_libsodium_that_says_yes_to_more_is_not_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bindings, "crypto_sign_open", lambda whole, _key: whole[64:])
    key, signature, data = signed(b"lenient")
    assert not ed25519.libsodium.__wrapped__()(signature, data, key)

"""One bit or one entry of a status list, and everything that is neither."""

import base64
import gzip
from typing import Any

import pytest

from verifier.errors import Malformed
from verifier.status_lists import INFLATED, Entry, read_1edtech, read_open_badges_2, read_value

SMALLEST = 16 * 1024


def encoded(bits: bytes, prefix: str = "u") -> str:
    """A bitstring as a list carries it."""
    packed = gzip.compress(bits, mtime=0)
    return prefix + base64.urlsafe_b64encode(packed).rstrip(b"=").decode()


def with_set(*positions: int, size: int = SMALLEST) -> bytes:
    """A bitstring in which these are set, counted from the left."""
    bits = bytearray(size)
    for position in positions:
        bits[position // 8] |= 0x80 >> position % 8
    return bytes(bits)


def bit(index: object, bits: bytes, prefix: str = "u", **members: object) -> bool:
    """The bit at `index`."""
    entry = {"statusListIndex": index, **members}
    return read_value(entry, {"encodedList": encoded(bits, prefix)}).number == 1


def reason(entry: dict[str, Any], subject: dict[str, Any]) -> str:
    """Why there is no bit to read."""
    with pytest.raises(Malformed) as caught:
        read_value(entry, subject)
    return caught.value.reason


@pytest.mark.parametrize("index", [0, 1, 7, 8, 4242, SMALLEST * 8 - 1])
def test_only_the_very_bit_counts_from_the_left(index: int) -> None:
    everything_else = bytes(255 - byte for byte in with_set(index))
    assert bit(str(index), with_set(index))
    assert not bit(str(index), everything_else)


def test_the_order_of_bits_within_a_byte_is_not_turned() -> None:
    assert [bit(str(index), b"\x01" + bytes(SMALLEST)) for index in range(8)] == [False] * 7 + [
        True
    ]


@pytest.mark.parametrize("prefix", ["u", ""])
def test_the_multibase_letter_may_be_missing(prefix: str) -> None:
    assert bit("9", with_set(9), prefix)


def test_a_number_for_an_index_and_a_size_of_one_read_the_same() -> None:
    assert bit(9, with_set(9), statusSize=1)


@pytest.mark.parametrize(
    "index",
    [None, "", "-1", "007", "1.5", "1e3", " 1", "+1", "9" * 1000, 1.5, -1, True, [], {}, "\u0661"],
)
def test_an_index_that_is_no_plain_number_is_refused(index: object) -> None:
    subject = {"encodedList": encoded(with_set())}
    assert reason({"statusListIndex": index}, subject) == "status.range"


@pytest.mark.parametrize("index", [SMALLEST * 8, SMALLEST * 8 + 1, 10**9])
def test_an_index_beyond_the_end_is_refused(index: int) -> None:
    subject = {"encodedList": encoded(with_set())}
    assert reason({"statusListIndex": str(index)}, subject) == "status.range"


@pytest.mark.parametrize("size", [0, -1, 65, "1", True, None, [1]])
def test_an_entry_of_no_width_is_refused(size: object) -> None:
    entry = {"statusListIndex": "1", "statusSize": size}
    assert reason(entry, {"encodedList": encoded(with_set())}) == "status.size"


def test_a_short_list_is_read_and_noted() -> None:
    short = read_value({"statusListIndex": "3"}, {"encodedList": encoded(with_set(3, size=12_500))})
    assert short.number == 1
    assert short.short
    assert short.length == 100_000
    assert not read_value({"statusListIndex": "3"}, {"encodedList": encoded(with_set())}).short


@pytest.mark.parametrize(
    "text",
    [
        *(None, 7, [], "", "u", "not gzip", "u!!!!", "x" * (INFLATED + 1)),
        encoded(with_set())[:-8],
        encoded(with_set()) + "AAAA",
        encoded(gzip.compress(with_set(), mtime=0)),
        "u" + base64.urlsafe_b64encode(gzip.compress(b"a", mtime=0) * 2).rstrip(b"=").decode(),
    ],
)
def test_a_list_that_can_not_be_unpacked_is_refused(text: object) -> None:
    assert reason({"statusListIndex": "1"}, {"encodedList": text}) == "status.encoding"


def test_a_bomb_is_not_inflated() -> None:
    bomb = encoded(bytes(64 * 1024 * 1024))
    assert reason({"statusListIndex": "1"}, {"encodedList": bomb}) == "status.bomb"


# --- lists of ids ---

ID = "https://college.example/credentials/7"
REVOKED = {"id": ID, "revoked": True, "revocationReason": "Issued in error"}


@pytest.mark.parametrize(
    ("listing", "entry"),
    [
        ({"issuer": "x", "revokedCredentials": [REVOKED]}, Entry("Issued in error")),
        ({"revokedCredentials": [{"id": "urn:x:y"}, {"id": ID}]}, Entry()),
        ({"revokedCredentials": [ID]}, Entry()),
        ({"revokedCredential": [REVOKED]}, Entry("Issued in error")),
        ({"revokedCredentials": [{"id": "https://COLLEGE.example/credentials/7/"}]}, Entry()),
        ({"revokedCredentials": [{"id": ID, "revoked": False}]}, None),
        ({"revokedCredentials": [{"id": ID.upper()}]}, None),
        (
            {"revokedCredentials": [{"id": f"{ID}0"}, {"id": f"{ID}#a"}, {"id": None}, 7, None]},
            None,
        ),
        ({"revokedCredentials": []}, None),
        ({"issuer": "https://college.example"}, None),
    ],
)
def test_an_id_is_in_the_list_of_1edtech_or_not(
    listing: dict[str, Any], entry: Entry | None
) -> None:
    assert read_1edtech(listing, ID) == entry


@pytest.mark.parametrize("listing", [{}, {"revokedCredentials": {}}, {"revokedCredentials": "x"}])
def test_what_is_no_list_of_1edtech_is_refused(listing: dict[str, Any]) -> None:
    with pytest.raises(Malformed, match="no list"):
        read_1edtech(listing, ID)


@pytest.mark.parametrize(
    ("listing", "entry"),
    [
        ({"type": "RevocationList", "revokedAssertions": [ID]}, Entry()),
        ({"revokedAssertions": [{"id": ID, "revocationReason": "No"}]}, Entry("No")),
        ({"revokedAssertions": {"uid": "u-7"}}, Entry()),
        ({"revokedAssertions": ["u-7"]}, Entry()),
        ({"revokedAssertions": [{"uid": "U-7"}, {"id": f"{ID}1"}, 7, None]}, None),
        ({"type": "RevocationList"}, None),
        ({"u-7": "Issued in error"}, Entry("Issued in error")),
        ({"u-7": ""}, Entry()),
        ({"u-8": "Issued in error"}, None),
        ({}, None),
    ],
)
def test_an_assertion_is_in_its_issuers_list_or_not(
    listing: dict[str, Any], entry: Entry | None
) -> None:
    assert read_open_badges_2(listing, ID, "u-7") == entry


@pytest.mark.parametrize(
    "listing",
    [
        {"type": "RevocationList", "revokedAssertions": 7},
        {"@context": "https://w3id.org/openbadges/v2", "type": "Issuer"},
        {"error": {"code": 404}},
    ],
)
def test_what_is_no_list_of_an_issuer_is_refused(listing: dict[str, Any]) -> None:
    with pytest.raises(Malformed, match="no list"):
        read_open_badges_2(listing, ID, "u-7")


def test_a_badge_without_ids_is_in_no_list() -> None:
    assert read_open_badges_2({"revokedAssertions": [None, {}, {"id": None}]}, None, None) is None


def test_an_entry_of_several_bits_is_read_from_its_own_place() -> None:
    entry = {"statusListIndex": "3", "statusSize": 2}
    assert read_value(entry, {"encodedList": encoded(with_set(6))}).number == 2
    assert read_value(entry, {"encodedList": encoded(with_set(5, 8))}).number == 0

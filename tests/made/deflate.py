"""Compression whose bytes are the same everywhere: one block of RFC 1951 with the fixed codes.

zlib and its descendants compress the same text to different bytes; what is signed here must not
depend on which of them a machine has.
"""

from __future__ import annotations

import struct
import zlib

_LONGEST = 258
_AGAIN = "11000101" + "00000"  # length 258, distance 1
_CODES = [f"{0x30 + n:08b}" if n < 144 else f"{0x190 + n - 144:09b}" for n in range(256)]


def deflated(data: bytes) -> bytes:
    """`data` as one final block of fixed Huffman codes (RFC 1951, section 3.2.6)."""
    bits: list[str] = ["1", "10"]  # the last block, of type 1, each number from its lowest bit on
    at, last = 0, -1
    while at < len(data):
        value = data[at]
        if value == last and data[at : at + _LONGEST] == bytes((last,)) * _LONGEST:
            bits.append(_AGAIN)
            at += _LONGEST
        else:
            bits.append(_CODES[value])
            at += 1
            last = value
    bits.append("0000000")
    stream = "".join(bits)
    return int(stream[::-1], 2).to_bytes(-(-len(stream) // 8), "little")


def zlib_packed(data: bytes) -> bytes:
    """`data` in the zlib format (RFC 1950), as PNG keeps it."""
    return b"\x78\x01" + deflated(data) + struct.pack(">I", zlib.adler32(data))


def gzip_packed(data: bytes) -> bytes:
    """`data` in the gzip format (RFC 1952), as status lists keep it."""
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    return head + deflated(data) + struct.pack("<II", zlib.crc32(data), len(data))

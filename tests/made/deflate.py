"""Compression whose bytes are the same everywhere: one block of RFC 1951 with the fixed codes.

zlib and its descendants compress the same text to different bytes; what is signed here must not
depend on which of them a machine has.
"""

from __future__ import annotations

import struct
import zlib

_LONGEST = 258


def deflated(data: bytes) -> bytes:
    """`data` as one final block of fixed Huffman codes (RFC 1951, section 3.2.6)."""
    bits: list[str] = ["1", "10"]  # the last block, of type 1, each number from its lowest bit on
    at = 0
    while at < len(data):
        run = data[at : at + _LONGEST]
        if at and len(run) == _LONGEST and set(run) == {data[at - 1]}:
            bits.append("11000101" + "00000")  # length 258, distance 1
            at += _LONGEST
        else:
            value = data[at]
            bits.append(f"{0x30 + value:08b}" if value < 144 else f"{0x190 + value - 144:09b}")
            at += 1
    bits.append("0000000")
    stream = "".join(bits)
    stream += "0" * (-len(stream) % 8)
    return bytes(int(stream[i : i + 8][::-1], 2) for i in range(0, len(stream), 8))


def zlib_packed(data: bytes) -> bytes:
    """`data` in the zlib format (RFC 1950), as PNG keeps it."""
    return b"\x78\x01" + deflated(data) + struct.pack(">I", zlib.adler32(data))


def gzip_packed(data: bytes) -> bytes:
    """`data` in the gzip format (RFC 1952), as status lists keep it."""
    head = b"\x1f\x8b\x08" + bytes(6) + b"\xff"
    return head + deflated(data) + struct.pack("<II", zlib.crc32(data), len(data))

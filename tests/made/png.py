"""PNG pictures put together chunk by chunk, right and wrong ones."""

from __future__ import annotations

import struct
import zlib

from tests.made.deflate import zlib_packed

SIGNATURE = b"\x89PNG\r\n\x1a\n"


def chunk(kind: bytes, data: bytes, *, checksum: int = 0) -> bytes:
    """One chunk; `checksum` is added to the right one."""
    right = zlib.crc32(kind + data) + checksum
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", right & 0xFFFFFFFF)


def picture(*extra: bytes) -> bytes:
    """A picture of one grey pixel with `extra` chunks in it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib_packed(b"\0\x80"))
    return SIGNATURE + header + b"".join(extra) + pixels + chunk(b"IEND", b"")


def grey(width: int, height: int, lines: bytes) -> bytes:
    """A picture in grey; each line is a zero and then one byte a pixel."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return SIGNATURE + header + chunk(b"IDAT", zlib_packed(lines)) + chunk(b"IEND", b"")


def plain(text: bytes, keyword: bytes = b"openbadges") -> bytes:
    """A `tEXt` chunk."""
    return chunk(b"tEXt", keyword + b"\0" + text)


def packed(text: bytes, keyword: bytes = b"openbadges") -> bytes:
    """A `zTXt` chunk."""
    return chunk(b"zTXt", keyword + b"\0\0" + zlib_packed(text))


def international(text: bytes, keyword: bytes = b"openbadges", head: bytes = b"\0\0\0\0") -> bytes:
    """An `iTXt` chunk; `head` is compression flag, method, language and translated keyword."""
    return chunk(b"iTXt", keyword + b"\0" + head + text)


def with_chunk(image: bytes, extra: bytes) -> bytes:
    """`image` with one more chunk right behind its header."""
    at = len(SIGNATURE) + 25
    return image[:at] + extra + image[at:]

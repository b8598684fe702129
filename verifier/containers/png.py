"""PNG: a credential in a text chunk.

The Open Badges Baking Specification 2.0, and Open Badges 3.0, section 5.3.1. Chunks are walked and
pixels never decoded: a picture that no viewer could draw still gives up its badge, and one made to
overwhelm a decoder costs nothing.
"""

from __future__ import annotations

import struct
import zlib

from verifier.errors import Malformed

#: The keywords under which a credential is baked: Open Badges 1 and 2, and 3.
KEYWORDS = (b"openbadges", b"openbadgecredential")
SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: What the baked texts of one picture may hold in all, once inflated.
TEXT_LIMIT = 4 * 1024 * 1024
CHUNK_LIMIT = 50_000
_TEXT_TYPES = frozenset((b"tEXt", b"zTXt", b"iTXt"))
_PIXEL_TYPES = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
_LABEL_LIMIT = 1024  # of iTXt's language tag and translated keyword


_HEAD = struct.Struct(">I4s")
#: A chunk: its type, and where it begins and ends in the file.
_Chunk = tuple[bytes, int, int]


def recognises(content: bytes) -> bool:
    """Whether `content` starts as every PNG does."""
    return content.startswith(SIGNATURE)


def unbake(content: bytes) -> tuple[bytes, ...]:
    """Every text baked into the picture, in file order and byte for byte.

    Raises `Malformed`: `bake.damaged` for a cut or altered file, `bake.size` for more text and
    `bake.chunks` for more chunks than any badge needs.
    """
    found: list[bytes] = []
    for chunk in _chunks(content):
        if chunk[0] in _TEXT_TYPES and _keyword(content, chunk) in KEYWORDS:
            found.append(_text(content, chunk, TEXT_LIMIT - sum(map(len, found))))
    return tuple(found)


def bake(image: bytes, credential: bytes, keyword: bytes) -> bytes:
    """`image` with `credential` in an `iTXt` chunk under `keyword`, in place of any it had before.

    Raises `Malformed` for a damaged image, and for a credential that is not UTF-8 or larger than
    `TEXT_LIMIT`.
    """
    if keyword not in KEYWORDS:
        raise ValueError(f"{keyword!r} is not a keyword of the baking specification")
    if len(credential) > TEXT_LIMIT:
        raise _too_large()
    try:
        credential.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Malformed("bake.text", "Only UTF-8 text can be baked into a picture.") from error
    header, *rest = _chunks(image)
    kept = [
        image[start:end]
        for kind, start, end in rest
        if kind not in _TEXT_TYPES or _keyword(image, (kind, start, end)) not in KEYWORDS
    ]
    data = keyword + b"\0\0\0\0\0" + credential
    checksum = struct.pack(">I", zlib.crc32(b"iTXt" + data))
    baked = struct.pack(">I", len(data)) + b"iTXt" + data + checksum
    return b"".join((SIGNATURE, image[header[1] : header[2]], baked, *kept))


def bare(content: bytes) -> bytes:
    """The picture with nothing in it but what its pixels are drawn from. Raises `Malformed`."""
    return SIGNATURE + b"".join(
        content[start:end] for kind, start, end in _chunks(content) if kind in _PIXEL_TYPES
    )


def _chunks(content: bytes) -> list[_Chunk]:
    """The chunks up to `IEND`; what a file holds beyond it is no part of the picture."""
    found: list[_Chunk] = []
    at, size, unpack, add = len(SIGNATURE), len(content), _HEAD.unpack_from, found.append
    try:
        for _ in range(CHUNK_LIMIT):
            length, kind = unpack(content, at)
            end = at + 12 + length
            if end > size:
                raise _damaged("it is cut off within a chunk, or a chunk states a wrong length")
            add((kind, at, end))
            if kind != b"IDAT":  # of which nearly all are
                _check(content, found)
                if kind == b"IEND":
                    return found
            at = end
    except struct.error as error:
        raise _damaged("it is cut off before its end") from error
    raise Malformed("bake.chunks", f"The picture is made of more than {CHUNK_LIMIT} pieces.")


def _check(content: bytes, chunks: list[_Chunk]) -> None:
    """Raise `Malformed` where the last of these is out of place or, being a text, damaged."""
    kind, start, end = chunks[-1]
    if chunks[0][0] != b"IHDR" or (kind == b"IHDR" and len(chunks) > 1):
        raise _damaged("its chunks are out of order")
    if kind in _TEXT_TYPES and zlib.crc32(content[start + 4 : end - 4]) != _checksum(content, end):
        raise _damaged("the checksum of a text does not fit")


def _checksum(content: bytes, end: int) -> int:
    return int.from_bytes(content[end - 4 : end], "big")


def _keyword(content: bytes, chunk: _Chunk) -> bytes:
    """What stands before the first NUL; nothing where there is none (PNG, section 11.3.3.2)."""
    _, start, end = chunk
    keyword, separator, _ = content[start + 8 : min(start + 88, end - 4)].partition(b"\0")
    return keyword if separator else b""


def _text(content: bytes, chunk: _Chunk, room: int) -> bytes:
    """The text of a chunk with a keyword, inflated where need be; no longer than `room`."""
    kind, start, end = chunk
    rest = content[start + 8 : end - 4].partition(b"\0")[2]
    compressed = kind == b"zTXt"
    if kind == b"iTXt":
        if len(rest) < 2 or rest[0] > 1:
            raise _damaged("its text is neither plain nor compressed")
        compressed = rest[0] == 1
        method, rest = rest[1:2], rest[2:]
        language, _, rest = rest.partition(b"\0")
        translated, separator, rest = rest.partition(b"\0")
        if not separator or max(len(language), len(translated)) > _LABEL_LIMIT:
            raise _damaged("the labels of its text do not end")
    else:
        method, rest = (rest[:1], rest[1:]) if compressed else (b"\0", rest)
    if compressed and method != b"\0":
        raise _damaged("its text is compressed in a way that PNG does not know")
    text = _inflated(rest, room) if compressed else rest
    if len(text) > room:
        raise _too_large()
    return text


def _inflated(data: bytes, room: int) -> bytes:
    inflater = zlib.decompressobj()
    try:
        text = inflater.decompress(data, room + 1)
    except zlib.error as error:
        raise _damaged("its compressed text does not unpack") from error
    if len(text) > room:
        raise _too_large()
    if not inflater.eof or inflater.unused_data:
        raise _damaged("its compressed text does not end where its chunk does")
    return text


def _damaged(how: str) -> Malformed:
    return Malformed(
        "bake.damaged",
        f"This PNG is damaged: {how}. Download it again, or ask its holder for a fresh copy.",
    )


def _too_large() -> Malformed:
    return Malformed(
        "bake.size", f"The text baked into this picture is over {TEXT_LIMIT // 2**20} MiB."
    )

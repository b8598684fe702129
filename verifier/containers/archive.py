"""ZIP: an archive of files, any one of which may carry a credential.

Nothing is written: a member's name is never a path. Archives that would harm whoever does unpack
them (names that climb out of their folder, links, bombs, archives within archives) are refused.
"""

from __future__ import annotations

import io
import stat
import struct
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from verifier.errors import Malformed, NoCredential

if TYPE_CHECKING:
    import zipfile

MEMBERS = 200
#: What one member, and all together, may hold once unpacked.
LIMIT = 32 * 1024 * 1024
LIMIT_IN_ALL = 64 * 1024 * 1024
_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")
#: Stored and deflated (APPNOTE, section 4.4.5).
_METHODS = frozenset((0, 8))
#: Not stated, a file or a folder; what else Unix knows (links, pipes, devices) is no badge.
_KINDS = frozenset((0, stat.S_IFREG, stat.S_IFDIR))
_OFFICE = frozenset(
    (
        *("[Content_Types].xml", "word/document.xml"),
        *("META-INF/manifest.xml", "META-INF/MANIFEST.MF"),
    )
)
_PAGES = frozenset(("Index/Document.iwa", "index.xml"))
_SAVE_AS = "Touchstone doesn't read those: open it, save it as PDF or DOCX, and check that file."
_NO_TEXT = (
    "This is a spreadsheet, a presentation, a program, or another document without a word "
    f"processor's text. {_SAVE_AS}"
)
_BROKEN = (
    *(zlib.error, struct.error),
    *(EOFError, ValueError, LookupError, NotImplementedError, RuntimeError, OSError),
)


def recognises(content: bytes) -> bool:
    """Whether `content` starts as a ZIP archive does."""
    return content.startswith(_MAGIC)


def unbake(content: bytes) -> tuple[bytes, ...]:
    """The content of every file in the archive.

    Raises `Malformed` as `files` does, and `zip.nested`.
    """
    found = []
    for _, file in files(content, MEMBERS):
        if recognises(file):
            raise Malformed(
                "zip.nested",
                "This ZIP archive holds another archive. Unpack it, and check the files in it.",
            )
        found.append(file)
    return tuple(found)


def files(content: bytes, most: int, in_all: int = LIMIT_IN_ALL) -> tuple[tuple[str, bytes], ...]:
    """The name and the content of every file in the archive: `most` files at the most, and bytes
    `in_all` once unpacked.

    Raises `Malformed`: `zip.name`, `zip.locked`, `zip.method`, `zip.damaged`, and `zip.size` for
    more or larger files than any badge needs. Raises `NoCredential` for an Office document, which
    is an archive as well.
    """
    import zipfile  # here: most badges are in none

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if _OFFICE & set(archive.namelist()):
                raise NoCredential("not_a_badge", _NO_TEXT)
            if _PAGES & set(archive.namelist()):
                raise NoCredential("not_a_badge", f"This is a Pages document. {_SAVE_AS}")
            _inspect(members, most, in_all)
            return tuple(_files(archive, members))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, *_BROKEN) as error:
        raise Malformed(
            "zip.damaged",
            "This ZIP archive is damaged. Download it again, or ask its holder for a copy.",
        ) from error


def _inspect(members: list[zipfile.ZipInfo], most: int, in_all: int) -> None:
    """Refuse what no honest archive of badges holds, before anything is unpacked."""
    if len(members) > most or sum(member.file_size for member in members) > in_all:
        raise _too_large()
    if len({member.filename for member in members}) < len(members):
        raise Malformed("zip.name", "Two files in this ZIP archive have one name.")
    for member in members:
        if not _is_plain(member):
            raise Malformed(
                "zip.name",
                "This ZIP archive names a place outside itself. Don't unpack it; ask its holder "
                "for the badge's own file.",
            )
        if member.flag_bits & 0x1:
            raise Malformed(
                "zip.locked", "This ZIP archive is protected with a password. Unpack it first."
            )
        if member.compress_type not in _METHODS:
            raise Malformed(
                "zip.method",
                "This ZIP archive is packed in a way that Touchstone doesn't read. "
                "Unpack it, and check the files in it.",
            )
        if member.file_size > LIMIT:
            raise _too_large()


def _is_plain(member: zipfile.ZipInfo) -> bool:
    """Whether a member is a file or folder below where it would be unpacked."""
    name = member.orig_filename
    parts = name.replace("\\", "/").split("/")
    climbs = ".." in parts or parts[0] == "" or ":" in parts[0] or "\0" in name
    return not climbs and stat.S_IFMT(member.external_attr >> 16) in _KINDS


def _files(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]) -> Iterator[tuple[str, bytes]]:
    for member in members:
        if not member.is_dir():
            with archive.open(member) as file:
                yield member.filename, file.read(LIMIT + 1)


def _too_large() -> Malformed:
    return Malformed("zip.size", "This ZIP archive holds more than any badge needs. Unpack it.")

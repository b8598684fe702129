"""An export read with suspicion: it may be damaged, of a newer program, or made up by a stranger.

Nothing is unpacked to disk, so no name in it is ever a path; nothing is read beyond what the
manifest announces, and nothing is believed before its SHA-256 fits.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import IO, Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from verifier.errors import Malformed
from wallet_server.leaving import layout
from wallet_server.leaving.layout import FORMAT, MANIFEST, ROWS, VERSION, Listed

_METHODS = frozenset((ZIP_STORED, ZIP_DEFLATED))
_BROKEN = (
    *(BadZipFile, LargeZipFile, zlib.error, struct.error, EOFError),
    *(ValueError, LookupError, NotImplementedError, RuntimeError),
)
_END, _END_64, _LOCATOR_64 = b"PK\x05\x06", b"PK\x06\x06", b"PK\x06\x07"
_PIECE = 2**20

_CUT = "The file is damaged or cut off. Take another copy of it, or export the wallet again."
_LARGE = "The file unpacks to far more than any wallet holds, so it was not read."
_OTHER = (
    "This ZIP archive is no export of a wallet: it has no manifest.json of one. If it was unpacked "
    "and packed again, pack the files themselves, not the folder around them."
)


class Archive:
    """An export that was opened: its files are those of the manifest, whatever else is packed."""

    def __init__(self, file: BinaryIO) -> None:
        """Read the manifest. Raises `Malformed` (`backup.…`)."""
        size = _size(file)
        _bound_directory(file, size)
        with _broken():
            self._zip = ZipFile(file)
        self._entries = _entries(self._zip)
        self.files = self._manifest(size)

    def close(self) -> None:
        """Let go of the archive; the file stays open."""
        self._zip.close()

    def read(self, name: str) -> bytes:
        """A file's content, which is what the manifest says. Raises `Malformed`."""
        return b"".join(self._pieces(name))

    def check(self, name: str) -> None:
        """Raise `Malformed` unless the file is what the manifest says."""
        for _ in self._pieces(name):
            pass

    def rows(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """The rows, each with its kind. Raises `Malformed`, at the end for a wrong SHA-256."""
        rest = b""
        for piece in self._pieces(ROWS):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                yield _row(line)
            if len(rest) > layout.ROW_LIMIT:
                raise Malformed("backup.row", _LARGE)
        if rest:
            raise Malformed("backup.row", _CUT)

    def _manifest(self, size: int) -> Mapping[str, Listed]:
        if MANIFEST not in self._entries:
            raise Malformed("backup.manifest", _OTHER)
        limit = layout.MANIFEST_LIMIT + layout.ENTRY_LIMIT * len(self._entries)
        with _broken(), self._open(MANIFEST) as member:
            text = member.read(limit + 1)
        if len(text) > limit:
            raise Malformed("backup.size", _LARGE)
        files = _listed(_json(text))
        if any(name not in self._entries for name in files) or ROWS not in files:
            raise Malformed("backup.missing", f"A file of the export is missing. {_CUT}")
        total = sum(one.size for one in files.values())
        if total > min(layout.LIMIT_IN_ALL, layout.RATIO * size):
            raise Malformed("backup.size", _LARGE)
        return files

    def _pieces(self, name: str) -> Iterator[bytes]:
        expected = self.files.get(name)
        if expected is None:
            raise Malformed("backup.missing", f"The export names a file that it lacks. {_CUT}")
        digest, left = hashlib.sha256(), expected.size
        with _broken(), self._open(name) as member:
            while piece := member.read(_PIECE):
                left -= len(piece)
                if left < 0:
                    break
                digest.update(piece)
                yield piece
        if left or digest.hexdigest() != expected.sha256:
            says = f"“{name}” in the export is not what it was: its SHA-256 differs. {_CUT}"
            raise Malformed("backup.sha256", says)

    def _open(self, name: str) -> IO[bytes]:
        entry = self._entries[name]
        if entry.flag_bits & 0x1:
            says = "This ZIP archive has a password of its own. Unpack it and pack it without one."
            raise Malformed("backup.locked", says)
        if entry.compress_type not in _METHODS:
            says = "This ZIP archive is packed in a way that Touchstone doesn't read."
            raise Malformed("backup.method", says)
        return self._zip.open(entry)


def is_export(file: BinaryIO) -> bool:
    """Whether `file` is a ZIP archive that says it is an export of a wallet, whole or not."""
    try:
        Archive(file).close()
    except Malformed as error:
        return error.reason in ("backup.newer", "backup.missing", "backup.entry")
    return True


@contextmanager
def _broken() -> Iterator[None]:
    try:
        yield
    except _BROKEN as error:
        raise Malformed("backup.damaged", _CUT) from error


def _size(file: BinaryIO) -> int:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    return size


def _bound_directory(file: BinaryIO, size: int) -> None:
    """Refuse an archive by the size of its directory, which a ZIP reader takes in as a whole."""
    if file.read(4) not in (b"PK\x03\x04", _END):
        raise Malformed("backup.other", "This file is no export of a wallet.")
    tail = min(size, 22 + 20 + 56)
    file.seek(size - tail)
    end = file.read(tail)
    file.seek(0)
    at = end.rfind(_END)
    if at < 0 or len(end) - at < 22:
        raise Malformed("backup.damaged", _CUT)
    count, length = struct.unpack("<HL", end[at + 10 : at + 16])
    locator = end.rfind(_LOCATOR_64, 0, at)
    if locator >= 0:  # APPNOTE, section 4.3.14: what is too large for the one is in the other
        wide = end.rfind(_END_64, 0, locator)
        if wide < 0 or locator - wide < 56:
            raise Malformed("backup.damaged", _CUT)
        count, length = struct.unpack("<QQ", end[wide + 32 : wide + 48])
    if count > layout.MEMBERS or length > layout.DIRECTORY_LIMIT:
        raise Malformed("backup.size", _LARGE)


def _entries(archive: ZipFile) -> dict[str, ZipInfo]:
    """The files of an archive that an export may have, by their names."""
    found: dict[str, ZipInfo] = {}
    for entry in archive.infolist():
        name = entry.orig_filename
        if name != MANIFEST and not layout.is_name(name):
            continue  # what a program that packs adds of its own: it is never looked at
        if name in found:
            raise Malformed("backup.twice", f"“{name}” is in this ZIP archive twice. {_CUT}")
        found[name] = entry
    return found


def _listed(manifest: Mapping[str, Any]) -> Mapping[str, Listed]:
    if manifest.get("format") != FORMAT:
        raise Malformed("backup.manifest", _OTHER)
    version = manifest.get("version")
    if type(version) is int and version > VERSION:
        says = "The export was made by a newer Touchstone. Update this one, then restore it."
        raise Malformed("backup.newer", says)
    files = manifest.get("files")
    if version != VERSION or not isinstance(files, dict):
        raise Malformed("backup.manifest", _CUT)
    return {name: _entry(name, value) for name, value in files.items()}


def _entry(name: str, value: object) -> Listed:
    found = value if isinstance(value, dict) else {}
    size, sha256 = found.get("size"), found.get("sha256")
    limit = layout.ROWS_LIMIT if name == ROWS else layout.FILE_LIMIT
    if (
        not layout.is_name(name)
        or type(size) is not int
        or not isinstance(sha256, str)
        or not 0 <= size <= limit
    ):
        says = f"The manifest of this export names “{name[:80]}”, which no export holds so."
        raise Malformed("backup.entry", says)
    return Listed(size, sha256)


def _row(line: bytes) -> tuple[str, dict[str, Any]]:
    value = _json(line)
    if len(value) != 1:
        raise Malformed("backup.row", _CUT)
    ((kind, values),) = value.items()
    if not isinstance(values, dict):
        raise Malformed("backup.row", _CUT)
    return kind, values


def _json(text: bytes) -> dict[str, Any]:
    try:
        value = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError) as error:
        raise Malformed("backup.json", _CUT) from error
    if not isinstance(value, dict):
        raise Malformed("backup.json", _CUT)
    return value


def _finite(text: str) -> float:
    """A number that can be written down again: Python reads 1e999 as one without end."""
    number = float(text)
    return number if math.isfinite(number) else _no_constant(text)


def _no_constant(name: str) -> float:
    raise ValueError(name)

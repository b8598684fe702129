"""A ZIP archive whose bytes follow from its files alone: no moment, no compression, one order."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from wallet_server.leaving.layout import FORMAT, MANIFEST, VERSION, Listed, page

#: The earliest moment that a ZIP archive can state.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
#: A plain file, readable by its owner: what unpacks it makes no more of it.
_MODE = 0o100600 << 16


class Packing:
    """An archive being written into `file`, which can seek. Leaving the block adds the manifest."""

    def __init__(self, file: BinaryIO) -> None:
        self._archive = ZipFile(file, "w", ZIP_STORED)
        self._listed: dict[str, Listed] = {}

    def add(self, name: str, pieces: Iterable[bytes]) -> None:
        """Write one file; its name must be a new one."""
        if name in self._listed:
            raise ValueError(f"{name} is in the archive already")
        digest, size = hashlib.sha256(), 0
        # stored, since compressed bytes depend on who compresses; always with room for a large size
        with self._archive.open(_named(name), "w", force_zip64=True) as member:
            for piece in pieces:
                digest.update(piece)
                size += len(piece)
                member.write(piece)
        self._listed[name] = Listed(size, digest.hexdigest())

    def __enter__(self) -> Packing:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """End the archive with the manifest of everything in it; one that failed is left alone."""
        if kind is not None:
            self._archive.fp = None  # else it would be ended once more when it is let go of
            return
        files = {
            name: {"size": one.size, "sha256": one.sha256} for name, one in self._listed.items()
        }
        manifest = page({"format": FORMAT, "version": VERSION, "files": files})
        self._archive.writestr(_named(MANIFEST), manifest)
        self._archive.close()


def _named(name: str) -> ZipInfo:
    entry = ZipInfo(name, _NO_TIME)
    entry.create_system = 3  # the same on every system: this attribute is Unix's
    entry.external_attr = _MODE
    return entry

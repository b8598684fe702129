"""A ZIP package with parts in XML, as office documents are: opened within limits, nothing written,
no reference out of it followed.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from xml.etree.ElementTree import Element  # only the type; what strangers wrote goes to defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from verifier.errors import Malformed
from verifier.papers.sheet import FILE, FILES, FILES_IN_ALL, too_large

#: Parts of a package, the size of one in XML, and the elements in all that are read.
MEMBERS, XML, ELEMENTS = 2000, 8 * 1024 * 1024, 200_000
_MAGIC = b"PK\x03\x04"
_METHODS = frozenset((zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED))
_BROKEN = (
    *(zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error),
    *(EOFError, ValueError, LookupError, NotImplementedError, RuntimeError, OSError),
)


class Package:
    """An open package; `names` are those of its parts."""

    def __init__(self, archive: zipfile.ZipFile, container: str) -> None:
        self._archive = archive
        self._container = container
        self._members = {member.filename: member for member in archive.infolist()}
        self._files: dict[str, bytes] = {}
        self._elements = 0
        self.names = frozenset(self._members)

    def xml(self, name: str) -> Element:
        """The root of a part in XML. Raises `Malformed`."""
        content = self._unpacked(name, XML)
        try:
            root: Element = fromstring(content, forbid_dtd=True)
        except (ParseError, DefusedXmlException, ValueError) as error:
            says = "This document is damaged. Save it again, or ask its holder for a PDF."
            raise Malformed(f"{self._container}.xml", says) from error
        self._elements += sum(1 for _ in islice(root.iter(), ELEMENTS + 1))
        if self._elements > ELEMENTS:
            raise too_large(self._container)
        return root

    def file(self, name: str) -> bytes | None:
        """A picture in it; `None` where there is none, or where there are too many."""
        if name not in self._members or (name not in self._files and len(self._files) >= FILES):
            return None
        if name not in self._files:
            if sum(map(len, self._files.values())) > FILES_IN_ALL:
                raise too_large(self._container)
            self._files[name] = self._unpacked(name, FILE)
        return self._files[name]

    def _unpacked(self, name: str, limit: int) -> bytes:
        member = self._members[name]
        if member.flag_bits & 0x1:
            says = "This document is protected with a password. Save it without one."
            raise Malformed(f"{self._container}.locked", says)
        if member.file_size > limit or member.compress_type not in _METHODS:
            raise too_large(self._container)
        with self._archive.open(member) as part:
            content = part.read(limit + 1)
        if len(content) > limit:
            raise too_large(self._container)
        return content


@contextmanager
def opened(content: bytes, container: str) -> Iterator[Package]:
    """The package in `content`. Raises `Malformed`: `….size`, `….locked`, `….xml`, `….damaged`."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > MEMBERS:
                raise too_large(container)
            yield Package(archive, container)
    except _BROKEN as error:
        says = "This document is damaged. Save it again, or ask its holder for a copy."
        raise Malformed(f"{container}.damaged", says) from error


def holds(content: bytes, name: str) -> bool:
    """Whether it is a ZIP archive with a part of this `name`."""
    return content.startswith(_MAGIC) and name in names(content)


def names(content: bytes) -> frozenset[str]:
    """The names of the parts; none where the archive can't be read."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return frozenset(one.filename for one in archive.infolist())
    except _BROKEN:
        return frozenset()


def local(element: Element) -> str:
    """An element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element, name: str) -> str | None:
    """An attribute's value, whatever its namespace."""
    found = (value for key, value in element.attrib.items() if key.rpartition("}")[2] == name)
    return next(found, None)

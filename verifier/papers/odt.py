"""A document of a word processor (ODT): its paragraphs and table rows, the links in them, and its
pictures as they were put in, byte for byte.

OpenDocument 1.3, part 3, sections 5.1 (text), 6.1.8 (links), 9.1.4 (rows) and 10.4.4 (pictures).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element  # only the type; what strangers wrote goes to defusedxml

from msgspec import Struct, field

from verifier.errors import Malformed
from verifier.papers import packed
from verifier.papers.packed import Package
from verifier.papers.sheet import BLOCKS, LETTERS, LINKS, Block, Link, Sheet

#: Where each part lies in a package, and the marks that tell this kind by its first bytes.
_DOCUMENT = "content.xml"
_TYPE = b"mimetypeapplication/vnd.oasis.opendocument.text"
_BLOCKS = frozenset(("p", "h", "table-row"))
_DEPTH = 100


class _Told(Struct):
    text: str = ""
    links: list[Link] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)


def recognises(content: bytes) -> bool:
    """Whether its first part says that it is such a document."""
    return content.startswith(b"PK\x03\x04") and _TYPE in content[:200]


def read(content: bytes) -> Sheet:
    """The document's text. Raises `Malformed`."""
    with packed.opened(content, "odt") as package:
        if _DOCUMENT not in package.names:
            raise Malformed("odt.damaged", "This document holds no text. Save it again.")
        blocks = tuple(_within(package.xml(_DOCUMENT), package, 0))
    return Sheet("odt", blocks[:BLOCKS])


def _within(element: Element, package: Package, depth: int) -> Iterator[Block]:
    if depth > _DEPTH:
        raise Malformed("odt.depth", "This document nests deeper than any CV does.")
    for child in element:
        if packed.local(child) not in _BLOCKS:
            yield from _within(child, package, depth + 1)
            continue
        told = _Told()
        _tell(child, told, package, depth)
        cells = (" ".join(cell.split()) for cell in told.text[:LETTERS].split("\t"))
        text = "\t".join(cell for cell in cells if cell)
        if text or told.links or told.files:
            yield Block(text, tuple(told.links), tuple(told.files))


def _tell(element: Element, told: _Told, package: Package, depth: int) -> None:
    if depth > _DEPTH:
        raise Malformed("odt.depth", "This document nests deeper than any CV does.")
    name, start = packed.local(element), len(told.text)
    told.text += element.text or ""
    for child in element:
        _tell(child, told, package, depth + 1)
        told.text += child.tail or ""
    if name in ("tab", "table-cell"):
        told.text += "\t"
    elif name in ("s", "line-break", "p", "h"):
        told.text += " "
    target = packed.attribute(element, "href") or ""
    if name == "a" and len(told.links) < LINKS:
        told.links.append(Link(target, " ".join(told.text[start:].split())))
    elif name == "image":
        file = package.file(target)
        told.files += [] if file is None else [file]

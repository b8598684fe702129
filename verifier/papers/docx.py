"""A document of a word processor (DOCX): its paragraphs and table rows, the links in them, and its
pictures as they were put in, byte for byte.

ISO/IEC 29500-1, sections 17.16.22 (hyperlink), 17.16.19 (simple fields), 17.16.23 (field codes),
20.1.8.13 (pictures); ISO/IEC 29500-2, section 6.5 (relationships). Who is named as the file's
author in its properties is whoever owns the program, so it is not read.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element  # only the type; what strangers wrote goes to defusedxml

from msgspec import Struct, field

from verifier.errors import Malformed
from verifier.papers import packed
from verifier.papers.packed import Package
from verifier.papers.sheet import BLOCKS, LETTERS, LINKS, Block, Link, Sheet

_DOCUMENT = "word/document.xml"
_PARTS = re.compile(r"word/(?:header|document|footer|footnotes|endnotes)\d*\.xml")
_ORDER = ("header", "document", "footnotes", "endnotes", "footer")
_FIELD = re.compile(r"^\s*HYPERLINK\s+(?:\\\w\s+)*\"([^\"]+)\"", re.IGNORECASE)
#: What word processors keep twice for older programs, and what was deleted from the text.
_TWICE = frozenset(("Fallback", "del", "delText", "moveFrom"))
_DEPTH = 100


class _Told(Struct):
    """What was read of a block so far."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)
    #: The instruction of a field while it is read, and where the words begin that stand for it.
    codes: list[tuple[str, int | None]] = field(default_factory=list)


def recognises(content: bytes) -> bool:
    """Whether it is an archive with a word processor's document in it."""
    return packed.holds(content, _DOCUMENT)


def read(content: bytes) -> Sheet:
    """The document, with its headers before and its footers behind. Raises `Malformed`."""
    with packed.opened(content, "docx") as package:
        names = sorted(filter(_PARTS.fullmatch, package.names), key=_place)
        blocks = [block for name in names for block in _Part(package, name).blocks()]
    return Sheet("docx", tuple(blocks[:BLOCKS]))


def _place(name: str) -> tuple[int, str]:
    return next(n for n, word in enumerate(_ORDER) if word in name), name


class _Part:
    """One part of the package with its relationships."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(name)
        self._root = package.xml(name)
        self._related = self._relations(f"{self._folder}/_rels/{posixpath.basename(name)}.rels")

    def _relations(self, name: str) -> Mapping[str, tuple[bool, str]]:
        """Id → whether it leads out of the package, and where to."""
        if name not in self._package.names:
            return {}
        return {
            one.get("Id", ""): (one.get("TargetMode") == "External", one.get("Target", ""))
            for one in list(self._package.xml(name))[:LINKS]
        }

    def blocks(self) -> Iterator[Block]:
        """Every paragraph, and every row of a table as one."""
        yield from self._within(self._root, 0)

    def _within(self, element: Element, depth: int) -> Iterator[Block]:
        if depth > _DEPTH:
            raise _too_deep()
        for child in element:
            name = packed.local(child)
            if name in _TWICE:
                continue
            if name in ("p", "tr"):
                told, boxes = _Told(), []  # type: tuple[_Told, list[Element]]
                self._tell(child, told, boxes, 0)
                cells = (" ".join(cell.split()) for cell in told.text[:LETTERS].split("\t"))
                text = "\t".join(cell for cell in cells if cell)
                if text or told.links or told.files:
                    yield Block(text, tuple(told.links), tuple(told.files))
                for box in boxes:
                    yield from self._within(box, depth + 1)
            else:
                yield from self._within(child, depth + 1)

    def _tell(self, element: Element, told: _Told, boxes: list[Element], depth: int) -> None:
        """Add what `element` holds to the block; text boxes in it are blocks of their own."""
        if depth > _DEPTH:
            raise _too_deep()
        for child in element:
            name = packed.local(child)
            if name == "txbxContent":
                boxes.append(child)
            elif name == "t":
                told.text += child.text or ""
            elif name in ("tab", "br", "cr"):
                told.text += "\t" if name == "tab" else " "
            elif name == "instrText" and told.codes:
                told.codes[-1] = (told.codes[-1][0] + (child.text or ""), told.codes[-1][1])
            elif name == "fldChar":
                self._field(child, told)
            elif name not in _TWICE and not (name == "r" and _is_hidden(child)):
                start = len(told.text)
                self._tell(child, told, boxes, depth + 1)
                self._after(child, name, told, start)

    def _field(self, child: Element, told: _Told) -> None:
        """A field code: begins, is told apart from the words that stand for it, and ends."""
        kind = packed.attribute(child, "fldCharType")
        if kind == "begin":
            told.codes.append(("", None))
        elif kind == "separate" and told.codes:
            told.codes[-1] = (told.codes[-1][0], len(told.text))
        elif kind == "end" and told.codes:
            code, start = told.codes.pop()
            found = _FIELD.match(code)
            if found is not None:
                words = "" if start is None else told.text[start:]
                told.links.append(Link(found[1], " ".join(words.split())))

    def _after(self, child: Element, name: str, told: _Told, start: int) -> None:
        """What an element adds once all within it was read."""
        words = " ".join(told.text[start:].split())
        if name == "tc":
            told.text += "\t"
        elif name == "p":
            told.text += " "
        elif name in ("hyperlink", "hlinkClick"):
            outside, target = self._related.get(packed.attribute(child, "id") or "", (False, ""))
            if outside and len(told.links) < LINKS:
                told.links.append(Link(target, words))
        elif name == "fldSimple":
            found = _FIELD.match(packed.attribute(child, "instr") or "")
            if found is not None:
                told.links.append(Link(found[1], words))
        elif name in ("blip", "imagedata", "svgBlip"):
            self._picture(child, told)

    def _picture(self, child: Element, told: _Told) -> None:
        """A picture that lies in the package; one that lies elsewhere is not fetched."""
        key = packed.attribute(child, "embed") or packed.attribute(child, "id") or ""
        outside, target = self._related.get(key, (True, ""))
        if not outside:
            file = self._package.file(posixpath.normpath(posixpath.join(self._folder, target)))
            told.files += [] if file is None else [file]


def _is_hidden(run: Element) -> bool:
    """Whether these words are not shown (section 17.3.2.41, `vanish`)."""
    said = (one for own in run if packed.local(own) == "rPr" for one in own)
    return any(
        packed.local(one) == "vanish" and packed.attribute(one, "val") not in ("0", "false", "off")
        for one in said
    )


def _too_deep() -> Malformed:
    return Malformed("docx.depth", "This document nests deeper than any CV does.")

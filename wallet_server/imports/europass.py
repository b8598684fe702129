"""Europass: a CV as XML (the European Commission's `Candidate` of today, Cedefop's `SkillsPassport`
of before 2020), also as it is attached to its PDF: the files in it, and the links to awards.

European Digital Credentials in JSON need no reader of their own: they are credentials.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from xml.etree.ElementTree import Element  # only the type; what strangers wrote goes to defusedxml

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from verifier.errors import Malformed
from verifier.papers.packed import local
from verifier.papers.sheet import addresses_in, award_at
from wallet_server.imports.found import Found, Item, Within, merged

_ROOTS = frozenset(("Candidate", "SkillsPassport", "Europass"))
_HEAD = 4000
#: Where a file stands in base64: the Commission's and Cedefop's words for it.
_FILES = frozenset(("EmbeddedData", "Data"))
#: What holds the photograph of the CV's person.
_PHOTO = frozenset(("Photo", "ProfilePicture"))
_DAMAGED = "This Europass file is damaged. Export it again."
_NOT_KEPT = "The CV itself is no badge and was not kept."


def recognises(content: bytes) -> bool:
    """Whether it is XML with such a root."""
    head = content[:_HEAD]
    return head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml") and any(
        f"{start}{root}{end}".encode() in head
        for root in _ROOTS
        for start in ("<", ":")
        for end in (" ", ">", "\n", "\r")
    )


def read(content: bytes, name: str, within: Within) -> Found:
    """What is attached to the CV, and every award that it links to. Raises `Malformed`."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError) as error:
        raise Malformed("europass.xml", _DAMAGED) from error
    attached = (within(file, label) for label, file in _attached(root, name))
    links = tuple(Item(at, None, at) for at in dict.fromkeys(_links(root)))
    return merged(
        "europass", [*attached, Found("europass", links), Found("europass", notes=(_NOT_KEPT,))]
    )


def _attached(root: Element, name: str) -> Iterator[tuple[str, bytes]]:
    for parent in root.iter():
        if _is_photo(parent):
            continue
        for element in parent:
            content = _decoded(element.text) if local(element) in _FILES else None
            if content:
                yield _label(parent, element) or name, content


def _is_photo(parent: Element) -> bool:
    words = {local(parent), *((child.text or "").strip() for child in parent if len(child) == 0)}
    return not _PHOTO.isdisjoint(words) or "photo" in words


def _label(parent: Element, element: Element) -> str:
    """The file's name: an attribute of today's format, an element of the older one."""
    named = next((v for k, v in element.attrib.items() if k.lower().endswith("filename")), "")
    beside = (one.text or "" for one in parent if local(one) in ("FileName", "Name"))
    return (named or next(beside, "")).strip()[:200]


def _decoded(text: str | None) -> bytes | None:
    """The file; also where a `data:` URL of it was put into base64, as Europass's editor does."""
    try:
        content = base64.b64decode("".join((text or "").split()), validate=True)
        if content.startswith(b"data:") and b";base64," in content[:200]:
            content = base64.b64decode(content.split(b",", 1)[1], validate=True)
    except (binascii.Error, ValueError):
        return None
    return content


def _links(root: Element) -> Iterator[str]:
    for element in root.iter():
        for at in addresses_in(element.text or ""):
            award = award_at(at)
            if award is not None:
                yield award

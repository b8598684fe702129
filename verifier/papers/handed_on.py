"""A file of badges that Touchstone wrote for whoever they are handed to, a page or a PDF: the
badges in it, byte for byte, and whom it names.

Anybody could have written it, so nothing that it says of its badges counts. What it says is no
claim about them either: it repeats what each of them says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from verifier.containers import foreign, text
from verifier.errors import Malformed, NoCredential
from verifier.papers.sheet import FILE, FILES, Block, Link, Sheet

#: How far into the file its mark stands.
HEAD = 8192
#: Whom a PDF names as its author that is such a file; its keywords are whom it names.
AUTHOR = "Touchstone "
#: By what a page is told, and how it names its person and holds its badges (RFC 2397).
_MARK = b'<meta name="generator" content="Touchstone '
_PERSON = re.compile(rb'<meta name="author" content="([^"<>]{1,1000})">')
_PLACE = re.compile(rb'<a class="place" href="(https?:[^"<>]{1,2000})"')
_BADGE = re.compile(rb'<a download="badge-\d{1,3}\.[a-z]{3,4}" href="(data:[^"<>]*)"')
_UNREAD = "Whatever else it says was not read, and is compared with no badge."
_ONLY_SHOWS = (
    "This file only shows badges: something was left off, so the badges themselves are not in it. "
    "Ask whoever handed it on for them."
)
_RECEIPT = (
    "This is a receipt of a check, and not the badge itself: `touchstone replay` tells whether it "
    "is as it was signed, and what follows from it. Ask its holder for the badge, to check it anew."
)


def recognises(content: bytes) -> bool:
    """Whether `content` says that it is such a file."""
    return _MARK in content[:HEAD] and foreign.is_page(content)


def read(content: bytes) -> Sheet:
    """Its badges, and whom it names. Raises `NoCredential` as `sheet` does."""
    person = _PERSON.search(content[:HEAD])
    named = unescape(person[1].decode("utf-8", "replace")) if person else ""
    places = [unescape(one[1].decode("utf-8", "replace")) for one in _PLACE.finditer(content)]
    return sheet("html", named, files_in(content), places)


def sheet(container: str, named: str, files: Sequence[bytes], places: Sequence[str] = ()) -> Sheet:
    """What such a file holds: whom it names, parted by commas, its badges, and the addresses of
    those that are to be found elsewhere. Raises `NoCredential` where there is neither.
    """
    badges = [file for file in files if not _is_receipt(file)]
    if not badges and not places:
        raise NoCredential("not_a_badge", _RECEIPT if files else _ONLY_SHOWS)
    people = [f"Name: {one}" for one in named.split(", ") if one]
    return Sheet(
        container,
        (
            *map(Block, people),
            *(Block("", files=(file,)) for file in badges[:FILES]),
            *(Block("", (Link(place, "badge"),)) for place in places[:FILES]),
        ),
        left=_UNREAD,
    )


def _is_receipt(file: bytes) -> bool:
    return file.startswith(b"{") and b'"receipts"' in file and b'"bodies"' in file


def files_in(content: bytes) -> tuple[bytes, ...]:
    """The badges in it, in its order; none where it is no such file."""
    found: list[bytes] = []
    for held in _BADGE.finditer(content) if recognises(content) else ():
        try:
            file = text.data(held[1])
        except Malformed:
            continue
        if 0 < len(file) <= FILE:
            found.append(file)
        if len(found) == FILES:
            break
    return tuple(found)

"""A profile at LinkedIn as its owner saved it. Its class names change with every release, so that
nothing hangs on one: an entry is found by where its link truly leads, and read by what kind of
words its lines are. `extension/content/sites/linkedin.js` reads the same page in a browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct, field

from verifier.addresses import is_address
from verifier.claims import dates
from verifier.claims.ids import without_label
from verifier.model import Claim
from verifier.papers import document
from verifier.papers.sheet import Block, Link
from verifier.providers import locate, unwrap
from verifier.providers.pages import Page

if TYPE_CHECKING:
    from bs4 import Tag

#: Links that are looked at, steps up from one; elements and lines of an entry, letters of a line.
LINKS, STEPS, ELEMENTS, LINES, LETTERS = 2000, 9, 300, 40, 300
_TITLE = re.compile(
    r"^(?:\(\d+\+?\)\s*)?(.{2,80}?)\s+(?:[-\u2013\u2014|].*)?[|\u2013-]\s*LinkedIn$"
)
_OWN = re.compile(r"(?:[\w-]+\.)*linkedin\.com")
_BORDER = frozenset(("section", "main", "body", "html", "ul", "ol"))
_HEADS = ["h1", "h2", "h3", "h4"]
_UNREAD = frozenset(("script", "style", "template", "code", "noscript"))


class _Read(Struct):
    """The lines of a block by what kind of words they are."""

    words: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    id: str | None = None


def recognises(page: Page) -> bool:
    """Whether the page calls itself LinkedIn's."""
    return _TITLE.match(page.title or "") is not None


def owner(page: Page) -> str | None:
    """Whose profile it is."""
    found = _TITLE.match(page.title or "")
    return None if found is None else found[1]


def entries(page: Page) -> Iterator[tuple[str, Claim | None]]:
    """Each address that an entry leads to, and what the entry says of the award there."""
    for link in page.soup.find_all("a", href=True, limit=LINKS):
        at = _award_at(link)
        if at is not None and link.find_parent("aside") is None:
            yield at, _claim(link, at)


def _award_at(link: Tag) -> str | None:
    """What a link leads to, where that may be an award's place or should have been."""
    href = str(link["href"]).strip()
    at = unwrap(href) or href
    if not is_address(at):
        return None
    located = locate(at)
    if located is not None:
        kinds = ("award", "file", "short_link", "template", "picture", "private")
        return located[0].canonical if located[0].kind in kinds else None
    words = " ".join(link.get_text(" ").split())[:LETTERS]
    if _OWN.fullmatch(at.split("/")[2].lower()):
        return None
    return at if document.promises(at, Link(at, words), Block(words)) else None


def _claim(link: Tag, at: str) -> Claim | None:
    block = _entry_of(link, at)
    if block is None:
        return None
    read = _lines(block, at)
    if not read.dates and read.id is None and not _is_item(block):
        return None
    title, issuer = (*read.words, None, None)[:2]
    return Claim(title=title, issuer=issuer, issued=" · ".join(read.dates) or None, id=read.id)


def _entry_of(link: Tag, at: str) -> Tag | None:
    """The smallest block around a link that reads like an entry."""
    best: Tag | None = None
    for steps, block in enumerate(link.parents):
        if steps == STEPS or block.name in _BORDER:
            return best
        if len(_elements(block)) > ELEMENTS or _leads_elsewhere(block, at):
            return best
        read = _lines(block, at)
        if len(read.words) >= 2:
            best = block
        if best is not None and (read.dates or read.id or _is_item(block)):
            return block
    return best


def _elements(block: Tag) -> list[Tag]:
    """The elements in it, one more than an entry may have at most."""
    from bs4 import Tag

    found = (one for one in block.descendants if isinstance(one, Tag))
    return list(islice(found, ELEMENTS + 1))


def _leads_elsewhere(block: Tag, at: str) -> bool:
    links = [one for one in _elements(block) if one.name == "a" and one.get("href")]
    return any(found not in (None, at) for found in map(_award_at, links))


def _is_item(block: Tag) -> bool:
    return block.name == "li" or block.get("role") == "listitem"


def _lines(block: Tag, at: str) -> _Read:
    """Its text, a line for each element that has words of its own; each is there twice, to be seen
    and to be read aloud.
    """
    read, seen = _Read(), set[str]()
    for line, holder in _texts(block):
        if line in seen or len(seen) == LINES:
            continue
        seen.add(line)
        link = holder if holder.name == "a" else holder.find_parent("a")
        is_head = holder.name in _HEADS or holder.find_parent(_HEADS) is not None
        if link is not None and not is_head and link.get("href") and _award_at(link) == at:
            continue
        parts = [part for part in line.split("·") if part.strip()]
        if parts and all(dates.read(part).readable for part in parts):
            read.dates.append(line)
        elif without_label(line) != line:
            read.id = read.id or without_label(line).strip()
        else:
            read.words.append(line)
    return read


def _texts(block: Tag) -> Iterator[tuple[str, Tag]]:
    """The words of each element in turn, what small elements within them say included."""
    from bs4 import Tag
    from bs4.element import NavigableString

    for element in (block, *_elements(block)):
        inline = ("time", "b", "i", "em", "strong", "wbr")
        if element.name in _UNREAD or element.name in inline:
            continue
        own = "".join(
            str(child) if type(child) is NavigableString else child.get_text()
            for child in element.children
            if type(child) is NavigableString or (isinstance(child, Tag) and child.name in inline)
        )
        line = " ".join(own.split())[:LETTERS]
        if line:
            yield line, element

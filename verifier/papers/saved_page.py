"""A web page as a file, such as a CV written as one: its entries, the links in them, and the
pictures that lie within it.

HTML, sections 4.4 and 4.9 (what makes a block), 4.8.3 (`img`, `srcset`). Nothing that lies
elsewhere is fetched for being shown in it: a picture's address tells its owner that it was looked
at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote

from msgspec import Struct, field

from verifier.containers import container_of, foreign, pixels, text
from verifier.errors import Malformed
from verifier.model import Recipient
from verifier.papers.page import found_in
from verifier.papers.sheet import BLOCKS, FILE, FILES, LETTERS, LINKS, Block, Link, Sheet
from verifier.providers.pages import Page

if TYPE_CHECKING:
    from bs4 import Tag

#: What stands on lines of its own, and which of these are one entry with all that is in them.
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6"),
        *("header", "hr", "html", "li", "main", "nav", "ol", "p", "pre", "section", "summary"),
        *("table", "tbody", "thead", "tfoot", "tr", "ul", "br"),
    )
)
_ENTRIES = frozenset(("li", "tr"))
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(("script", "style", "noscript", "template", "head", "svg", "title"))
#: Words of somebody else: HTML, section 4.4.4, and what mail programs put around them.
_QUOTES = ("gmail_quote", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote")
_QUOTED_FROM_HERE = frozenset(("divRplyFwdMsg", "appendonsend"))
_CANDIDATE = re.compile(r"data:[^\s,]{1,200},[^\s]+")
_HIDING = re.compile(
    r"(?:^|;)(?:display:none|visibility:hidden|opacity:0+(?:\.0*)?(?![\d.])|font-size:0+(?![\d.]))"
)
_DEPTH = 200

#: Tags of the largest page that is read as a document; a CV has some hundreds.
_TAGS = 40_000


def recognises(content: bytes) -> bool:
    """Whether it is a web page of no more than what somebody writes, and no picture behind one."""
    written = content.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" not in content
    return written and foreign.is_page(content) and content.count(b"<") <= _TAGS


class _Run(Struct):
    """The block that is being read, and how it is quoted."""

    text: str = ""
    links: list[Link] = field(default_factory=list)
    files: list[bytes] = field(default_factory=list)


def read(content: bytes) -> Sheet:
    """The page's entries, and every credential within it."""
    blocks = _Walk({}).blocks(content)
    return Sheet("html", tuple(blocks))


def blocks_of(content: bytes, parts: Mapping[str, bytes]) -> tuple[Block, ...]:
    """The entries of a page that was mailed; `parts` are the files that it shows, by their ids."""
    return tuple(_Walk(parts).blocks(content))


class _Walk:
    """One way through a page."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts
        self._run = _Run()
        self._found: list[Block] = []
        self._quoted = 0
        self._entries = 0
        self._left = FILES

    def blocks(self, content: bytes) -> list[Block]:
        """Its blocks in order; what has no place among them comes last."""
        page = Page("", content)
        self._visit(page.soup, 0)
        self._flush()
        of = Recipient() if any(block.of is not None for block in self._found) else None
        loose = [*found_in(page).credentials, *_inline(content)]
        self._found += [Block("", files=(file,), of=of) for file in loose[:FILES]]
        return self._found[:BLOCKS]

    def _visit(self, element: Tag, depth: int) -> None:
        from bs4 import Tag
        from bs4.element import NavigableString

        for child in element.children:
            if isinstance(child, NavigableString):
                if type(child) is NavigableString:
                    self._run.text += str(child)
            elif isinstance(child, Tag) and not _is_hidden(child) and depth < _DEPTH:
                self._element(child, depth)

    def _element(self, element: Tag, depth: int) -> None:
        name = element.name
        own = name in _ENTRIES
        if name in _BLOCKS:
            if own or not self._entries or name in ("ul", "ol", "table"):
                self._flush()
            else:
                self._run.text += "\t"
        quoted = _is_quote(element)
        if str(element.get("id")) in _QUOTED_FROM_HERE:
            self._flush()
            self._quoted += 1  # to the end: nothing takes it back
        self._quoted += quoted
        self._entries += own
        start = len(self._run.text)
        self._visit(element, depth + 1)
        self._own(element, start)
        self._entries -= own
        if name in _BLOCKS and (own or not self._entries):
            self._flush()
        elif name in _CELLS or name in _BLOCKS:
            self._run.text += "\t"
        self._quoted -= quoted

    def _own(self, element: Tag, start: int) -> None:
        """The address or the picture that an element has."""
        run = self._run
        href = element.get("href")
        if element.name == "a" and isinstance(href, str) and len(run.links) < LINKS:
            if href[:5].lower() == "data:":
                self._keep(href)
            else:
                run.links.append(Link(href.strip(), " ".join(run.text[start:].split())))
        elif element.name in ("img", "source", "object", "embed"):
            for attribute in ("src", "data"):
                self._keep(str(element.get(attribute) or ""))
            for candidate in _CANDIDATE.findall(str(element.get("srcset") or "")):
                self._keep(candidate)

    def _keep(self, address: str) -> None:
        """The file within a `data:` or `cid:` address, where it is a picture of a known kind."""
        scheme, _, rest = address.strip().partition(":")
        file = None
        if scheme.lower() == "cid":
            file = self._parts.get(unquote(rest))
        elif scheme.lower() == "data" and self._left > 0:
            self._left -= 1
            try:
                file = text.data(address.encode("utf-8", "replace"))
            except Malformed:
                return
        known = file is not None and len(file) <= FILE
        if file is not None and known and (container_of(file) or pixels.recognises(file)):
            self._run.files.append(file)

    def _flush(self) -> None:
        run, self._run = self._run, _Run()
        cells = (" ".join(cell.split()) for cell in run.text[: 4 * LETTERS].split("\t"))
        line = "\t".join(cell for cell in cells if cell)[:LETTERS]
        if line or run.links or run.files:
            of = Recipient() if self._quoted > 0 else None
            self._found.append(Block(line, tuple(run.links), tuple(run.files), of))


def _is_hidden(element: Tag) -> bool:
    """Whether it says itself that it is not shown; what a style sheet hides is not known."""
    style = re.sub(r"\s+", "", str(element.get("style") or "")[:LETTERS].lower())
    return (
        element.name in _UNSEEN or element.has_attr("hidden") or _HIDING.search(style) is not None
    )


def _is_quote(element: Tag) -> bool:
    classes = str(element.get("class") or "")
    return element.name == "blockquote" or any(word in classes for word in _QUOTES)


def _inline(content: bytes) -> Iterator[bytes]:
    """SVG pictures written into the page, byte for byte."""
    end = 0
    for _ in range(FILES):
        start = content.find(b"<svg", end)
        close = content.find(b"</svg>", start) if start >= 0 else -1
        if close < 0:
            return
        end = close + len(b"</svg>")
        if b"openbadges" in (picture := content[start:end]) and len(picture) <= FILE:
            yield picture

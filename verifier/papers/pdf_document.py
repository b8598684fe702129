"""A PDF that somebody wrote: its lines, the links over them and over its pictures, its attached
files, and what telephones would read in its photographs.

ISO 32000-2, sections 12.5.6.5 (link annotations), 12.6.4.8 (URI actions) and 8.9.5 (pictures). A
picture printed on a page is stored without its file's own data: a badge baked into it is lost, and
only an attached file still carries one. Nothing is drawn and no action runs.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from math import hypot
from typing import TYPE_CHECKING

from msgspec import Struct, field

from verifier.containers import pdf, qr
from verifier.papers import handed_on
from verifier.papers.sheet import BLOCKS, FILE, FILES, LETTERS, LINKS, Block, Link, Sheet

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

#: Photographs that are looked at for a code.
PHOTOGRAPHS = 6
_PHOTOGRAPH = "/DCTDecode"
#: How much of a letter's height its neighbour on a line may stand higher, and the gap, in letters,
#: that parts two columns.
_SAME_LINE, _GAP = 0.4, 3.0
#: Letters lower than this, in points, are there for programs.
_SMALLEST = 1.0
#: The width of a letter, in its height: an average.
_WIDTH = 0.5

recognises = pdf.recognises


class _Line(Struct):
    """Pieces of text on one line: where each begins and about where it ends."""

    y: float
    size: float
    pieces: list[tuple[float, float, str]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, with a tab where there is a gap."""
        parts, end = "", None
        for start, stop, piece in self.pieces:
            apart = end is not None and start - end > _GAP * self.size
            parts += ("\t" if apart else "") + piece
            end = stop
        cells = (" ".join(cell.split()) for cell in parts[:LETTERS].split("\t"))
        return "\t".join(cell for cell in cells if cell)


def read(content: bytes) -> Sheet:
    """What the first pages say and link to. Raises `Malformed` as `pdf.unbake` does."""
    return pdf.opened(content, _sheet)


def _sheet(reader: PdfReader) -> Sheet:
    files = [file for file in islice(pdf.attached(reader), FILES) if len(file) <= FILE]
    info = pdf.dictionary(reader.trailer.get("/Info"))
    author, keywords = pdf.reached(info.get("/Author")), pdf.reached(info.get("/Keywords"))
    if isinstance(author, str) and author.startswith(handed_on.AUTHOR):
        return handed_on.sheet("pdf", keywords if isinstance(keywords, str) else "", files)
    pages = list(islice(reader.pages, pdf.PAGES + 1))
    blocks = [block for page in pages[: pdf.PAGES] for block in _blocks(page)]
    blocks += [Block("", files=(file,)) for file in files]
    left = f"Only its first {pdf.PAGES} pages were read." if len(pages) > pdf.PAGES else None
    return Sheet("pdf", tuple(blocks[:BLOCKS]), left=left)


def _blocks(page: PageObject) -> Iterator[Block]:
    lines = _lines(page)
    loose = [link for link in _links(page) if not _placed(link, lines)]
    for line in lines:
        if line.text or line.links:
            yield Block(line.text, tuple(line.links))
    for address, _ in loose:
        yield Block("", (Link(address),))
    for code in _codes(page):
        yield Block("", files=(code,))


def _lines(page: PageObject) -> list[_Line]:
    """The lines of the page in the order in which it prints them."""
    lines: list[_Line] = []
    _, low, right, high = map(float, page.cropbox)

    def visit(text: str, cm: list[float], tm: list[float], font: object, size: float) -> None:
        if not text.strip() or len(lines) > BLOCKS:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        drawn = size * hypot(tm[2], tm[3]) * hypot(cm[2], cm[3])
        if drawn < _SMALLEST or x > right or not low - drawn <= y <= high:
            return  # nobody sees that
        height = abs(size * tm[3] * cm[3]) or size or 1.0
        for piece in text.split("\n"):
            if piece.strip():
                _put(lines, x, y, height, piece)

    page.extract_text(visitor_text=visit)
    return lines


def _put(lines: list[_Line], x: float, y: float, height: float, piece: str) -> None:
    end = x + len(piece) * height * _WIDTH
    last = lines[-1] if lines else None
    same = last is not None and abs(last.y - y) <= _SAME_LINE * height
    if last is None or not same or x < last.pieces[-1][0]:
        last = _Line(y, height)
        lines.append(last)
    last.pieces.append((x, end, piece))


def _links(page: PageObject) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """The address of each link on the page, and where it lies."""
    for annotation in islice(pdf.array(page.get("/Annots")), LINKS):
        one = pdf.dictionary(annotation)
        action = pdf.dictionary(one.get("/A"))
        address = pdf.reached(action.get("/URI"))
        if isinstance(address, bytes):
            address = address.decode("utf-8", "replace")
        corners = [pdf.reached(side) for side in pdf.array(one.get("/Rect"))]
        if not isinstance(address, str) or pdf.reached(one.get("/Subtype")) != "/Link":
            continue
        sides = [float(side) for side in corners if isinstance(side, int | float)]
        if len(sides) == 4:
            left, right = sorted(sides[::2])
            low, high = sorted(sides[1::2])
            yield address.strip(), (left, low, right, high)
        else:
            yield address.strip(), (0.0, 0.0, 0.0, 0.0)


def _placed(link: tuple[str, tuple[float, float, float, float]], lines: list[_Line]) -> bool:
    """Put the link to the line that it lies over; whether there is one."""
    address, (left, low, right, high) = link
    for line in lines:
        if not low - 2 <= line.y <= high:
            continue
        over = [one for one in line.pieces if one[0] < right and one[1] > left]
        if not over:
            continue
        slack = 2 * line.size * _WIDTH
        within = all(start >= left - slack and end <= right + slack for start, end, _ in over)
        words = " ".join(" ".join(text for _, _, text in over).split()) if within else ""
        line.links.append(Link(address, words))
        return True
    return False


def _codes(page: PageObject) -> Iterator[bytes]:
    """The photographs on the page that show a code; a decoder meets them as they were stored."""
    resources = pdf.dictionary(page.get("/Resources"))
    shown = islice(pdf.dictionary(resources.get("/XObject")).values(), LINKS)
    seen = 0
    for value in shown:
        picture = pdf.reached(value)
        if not isinstance(picture, dict) or pdf.reached(picture.get("/Subtype")) != "/Image":
            continue
        names = pdf.array(picture.get("/Filter")) or [pdf.reached(picture.get("/Filter"))]
        if names != [_PHOTOGRAPH] or not isinstance(picture, pdf.Stream):
            continue
        seen += 1
        content = picture.get_data()
        if seen <= PHOTOGRAPHS and len(content) <= FILE and qr.read(content):
            yield content

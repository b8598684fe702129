"""A stack as a picture: where each box, line and word of it goes. The template only writes it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping

from msgspec import Struct

from wallet_server.plain_text import plain
from wallet_server.stacks import words
from wallet_server.stacks.layout import Picture, Place, lay_out
from wallet_server.stacks.model import Stack, State

#: In pixels: a box, and from one box's corner to the next one's.
WIDTH, HEIGHT = 196, 64
_ACROSS, _DOWN, _EDGE = WIDTH + 40, HEIGHT + 12, 4
#: What fits on a line of a box: letters of average width.
_LETTERS = 21


class Box(Struct, frozen=True):
    """One box: where its left upper corner is, what stands in it, and where it leads."""

    x: float
    y: float
    state: State
    lines: tuple[str, ...]
    stands: str
    spoken: str
    leads: str


class Line(Struct, frozen=True):
    """One line, from a part to its whole; `state` is the part's."""

    path: str
    state: State
    word: str


class Drawing(Struct, frozen=True):
    """Everything that a picture of a stack shows, in the order in which it is read."""

    width: float
    height: float
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: int
    box: tuple[int, int] = (WIDTH, HEIGHT)


def draw(stack: Stack, outside: str = "") -> Drawing:
    """The picture of `stack`, whose boxes lead to the wallet's pages, to where a missing thing is
    described, or to the outline beside it. `outside` stands before these paths in a file of its
    own.
    """
    picture = lay_out(stack)
    corners = {place.id: _corner(place) for place in picture.places}
    return Drawing(
        width=picture.columns * _ACROSS - (_ACROSS - WIDTH) + 2 * _EDGE,
        height=picture.rows * _DOWN - (_DOWN - HEIGHT) + 2 * _EDGE,
        boxes=tuple(_box(stack, place, outside) for place in picture.places),
        lines=tuple(_lines(picture, corners)),
        left_out=picture.left_out,
    )


def _corner(place: Place) -> tuple[float, float]:
    return _corner_at(place.column, place.row)


def _corner_at(column: int, row: float) -> tuple[float, float]:
    return _EDGE + column * _ACROSS, round(_EDGE + row * _DOWN, 1)


def _box(stack: Stack, place: Place, outside: str) -> Box:
    node = place.node
    x, y = _corner(place)
    if place.more:
        name = words.many(node, place.more)
        state = words.STATE[node.state]
        leads = f"{_page(stack, outside)}#outline"
        return Box(x, y, node.state, (name,), state, f"{name}, {state}, in the list", leads)
    return Box(
        x=x,
        y=y,
        state=node.state,
        lines=tuple(wrapped(node.name)),
        stands=words.stands(node, short=True),
        spoken=plain(words.spoken(stack, node), 600),
        leads=f"{outside}{node.page}"
        if node.page
        else node.url or f"{_page(stack, outside)}#{node.id}",
    )


def _page(stack: Stack, outside: str) -> str:
    """Where the outline is: on the same page, but for a file of its own."""
    return f"{outside}/wallet/stacks/{stack.id}" if outside else ""


def _lines(picture: Picture, corners: Mapping[str, tuple[float, float]]) -> Iterator[Line]:
    """Each link from the part's right side to the whole's left one, past the boxes between them."""
    state = {place.id: place.node.state for place in picture.places}
    for link in picture.links:
        x, y = corners[link.part]
        stops = [_corner_at(*stop) for stop in picture.past.get((link.part, link.whole), ())]
        path = f"M{x + WIDTH} {_middle(y)}"
        for to_x, to_y in (*stops, corners[link.whole]):
            turn, middle = to_x - (_ACROSS - WIDTH) / 2, _middle(y)
            path += f"C{turn} {middle} {turn} {_middle(to_y)} {to_x} {_middle(to_y)}"
            y = to_y
            if (to_x, to_y) != corners[link.whole]:
                path += f"H{to_x + WIDTH}"
        yield Line(path, state[link.part], link.word)


def _middle(y: float) -> float:
    return round(y + HEIGHT / 2, 1)


def wrapped(name: str) -> Iterator[str]:
    """A name on at most two lines, cut in its middle where it is longer; broken between words where
    it has any.
    """
    text = plain(name, 400)
    first = _cut(text, _LETTERS)
    if first == text:
        yield text
        return
    space = first.rfind(" ")
    first = first[:space] if space > _LETTERS // 3 else first
    rest = text[len(first) :].strip()
    yield first
    yield rest if _wide(rest) <= _LETTERS else _in_the_middle(rest)


def _in_the_middle(text: str) -> str:
    """Its beginning and its end: what tells two long names apart often stands last."""
    head = _cut(text, _LETTERS * 2 // 3 - 1)
    tail = _cut(text[::-1], _LETTERS - _wide(head) - 1)[::-1]
    return f"{head.rstrip()}…{tail.lstrip()}"


def _cut(text: str, letters: int) -> str:
    """As much of the beginning as is no wider than `letters`."""
    for end in range(len(text), 0, -1):
        if _wide(text[:end]) <= letters:
            return text[:end]
    return ""


def _wide(text: str) -> int:
    """How wide a line is: letters of East Asia take twice the room, marks none."""
    return sum(
        0
        if unicodedata.category(one).startswith("M")
        else 2
        if unicodedata.east_asian_width(one) in "WF"
        else 1
        for one in text
    )

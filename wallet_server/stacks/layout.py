"""Where everything of a stack stands in its picture: what counts towards something is left of it,
and of many alike that stand for nothing more, one stands for all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from wallet_server.stacks.model import Link, Node, Stack, State

#: Parts of one thing that stand alike and have no parts themselves: more than so many are folded.
ALIKE = 6
#: Nodes a picture may have before it folds more.
ROOM = 80


class Place(Struct, frozen=True):
    """One box of the picture, in columns from the left and rows from the top. `node` is what it
    shows, or, where `more` is not 0, the first of as many that it stands for.
    """

    id: str
    node: Node
    column: int
    row: float
    more: int = 0


class Picture(Struct, frozen=True):
    """A stack laid out: its boxes, column by column, and the links between them. `left_out` counts
    what no box stands for, where there is more than a picture can show; `past` are, for a link
    that passes columns, the column and row where it does, from part to whole.
    """

    places: tuple[Place, ...]
    links: tuple[Link, ...]
    past: Mapping[tuple[str, str], tuple[tuple[int, float], ...]]
    left_out: int

    @property
    def columns(self) -> int:
        """How many there are."""
        return 1 + max(place.column for place in self.places)

    @property
    def rows(self) -> float:
        """How many there are."""
        rows = (row for some in self.past.values() for _, row in some)
        return 1 + max((*(place.row for place in self.places), *rows))


def lay_out(stack: Stack) -> Picture:
    """The picture of `stack`; one too large for it has its folds made smaller."""
    folds = (_fold(stack, alike) for alike in (ALIKE, 3, 1))
    fits = (fold for fold in folds if len(fold[0]) + len(fold[1]) <= ROOM)
    shown, folded, links = next(fits, None) or _fold(_cut(stack), 1)
    columns = _columns(stack.top, links)
    stops = _stops(links, columns)
    rows = _rows(stack.top, links, columns, stops)
    nodes = {node.id: (node, 0) for node in shown} | folded
    places = [Place(one, *_shown(nodes, one, columns, rows)) for one in columns]
    places.sort(key=lambda place: (place.column, place.row))
    stands = sum(place.more or 1 for place in places)
    past = {
        link: tuple((column, rows[stop]) for stop, column in some) for link, some in stops.items()
    }
    return Picture(tuple(places), links, past, len(stack.nodes) - stands)


#: A link → the stops on its way, each with its column: they take a row as a box does.
_Stops = Mapping[tuple[str, str], tuple[tuple[str, int], ...]]


def _stops(links: Sequence[Link], columns: Mapping[str, int]) -> _Stops:
    """A stop in each column that a link passes, so that it does not run behind a box."""
    return {
        (link.part, link.whole): tuple(
            (f"{link.part} {link.whole} {column}", column)
            for column in range(columns[link.part] + 1, columns[link.whole])
        )
        for link in links
    }


def _cut(stack: Stack) -> Stack:
    """The first of a stack that is too large however much is folded."""
    links = stack.links
    kept = dict.fromkeys((stack.top, *(link.part for link in links)))
    ids = set(list(kept)[:ROOM])
    nodes = tuple(node for node in stack.nodes if node.id in ids)
    held = tuple(link for link in links if link.part in ids and link.whole in ids)
    return replace(stack, nodes=nodes, links=held)


def _shown(
    nodes: Mapping[str, tuple[Node, int]],
    one: str,
    columns: Mapping[str, int],
    rows: Mapping[str, float],
) -> tuple[Node, int, float, int]:
    node, more = nodes[one]
    return node, columns[one], rows[one], more


def _fold(
    stack: Stack, alike: int
) -> tuple[tuple[Node, ...], dict[str, tuple[Node, int]], tuple[Link, ...]]:
    """What is shown for itself, what stands for many, and the links between all of it."""
    wholes = {link.whole for link in stack.links}
    count = Counter(link.part for link in stack.links)
    groups: dict[tuple[str, State, str], list[Link]] = {}
    for link in stack.links:
        if link.part not in wholes and count[link.part] == 1:
            part = stack.by_id[link.part]
            groups.setdefault((link.whole, part.state, part.kind), []).append(link)
    gone: dict[str, str] = {}
    folded: dict[str, tuple[Node, int]] = {}
    extra: list[Link] = []
    for (whole, state, kind), links in groups.items():
        if len(links) <= alike:
            continue
        rest = links[alike - 1 :]
        identifier = f"{whole}-{state.value}-{kind}"
        folded[identifier] = (stack.by_id[rest[0].part], len(rest))
        gone |= {link.part: identifier for link in rest}
        extra.append(Link(identifier, whole, rest[0].word, rest[0].said_by))
    shown = tuple(node for node in stack.nodes if node.id not in gone)
    return shown, folded, (*(link for link in stack.links if link.part not in gone), *extra)


def _columns(top: str, links: Sequence[Link]) -> dict[str, int]:
    """Node → column: each is left of everything it counts towards, and as near as can be."""
    away = {top: 0}
    for _ in range(len(links) + 1):
        changed = False
        for link in links:
            if link.whole in away and away.get(link.part, -1) <= away[link.whole]:
                away[link.part] = away[link.whole] + 1
                changed = True
        if not changed:
            break
    last = max(away.values())
    return {node: last - distance for node, distance in away.items()}


def _rows(
    top: str, links: Sequence[Link], columns: Mapping[str, int], stops: _Stops
) -> dict[str, float]:
    """Node or stop → row: what has no parts gets a row of its own, what has stands amid its parts,
    and a stop level with the part from which it comes.
    """
    parts: dict[str, list[str]] = {}
    where = dict(columns)
    for link in links:
        part = link.part
        for stop, column in stops[link.part, link.whole]:
            parts[stop], part, where[stop] = [part], stop, column
        parts.setdefault(link.whole, []).append(part)
    rows: dict[str, float] = {}
    free = 0.0
    left = [(top, False)]
    while left:
        node, visited = left.pop()
        if node in rows:
            continue
        below = parts.get(node, [])
        fresh = [one for one in below if one not in rows]
        if not visited and fresh:
            left.append((node, True))
            left.extend((one, False) for one in reversed(fresh))
            continue
        if below:
            rows[node] = sum(rows[one] for one in below if one in rows) / len(below)
        else:
            rows[node] = free
            free += 1
    return _apart(rows, where, frozenset(columns))


def _apart(
    rows: Mapping[str, float], columns: Mapping[str, int], boxes: frozenset[str]
) -> dict[str, float]:
    """The same rows, with at least one between any two of a column."""
    placed: dict[str, float] = {}
    lowest: dict[int, float] = {}
    for node in sorted(rows, key=lambda one: (rows[one], one not in boxes, one)):
        column = columns[node]
        row = max(rows[node], lowest.get(column, -1.0) + 1)
        placed[node], lowest[column] = row, row
    return placed

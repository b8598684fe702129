"""The text's shape and the graph's: what is read by name from the one must be what the other says.

A signature covers a set of statements, not a tree. So text may be re-arranged under it: a
`validUntil` can be written under its full address, or moved to a second mention of the badge's id,
where no reader of the text would look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from verifier.jsonld.rejected import Rejected
from verifier.model import JsonObject, as_list

_NUMBER = re.compile(r"-[0-9]+$")
#: Shapes that are remembered.
MOST_SHAPES = 100
_NOTHING: list[object] = []

#: Members that a reader believes, and what is read within them; `expires|expiration` for a member
#: whose address ends in another word than its own name.
Shape = Mapping[str, "Shape"]


def check_expanded(document: JsonObject, expanded: list[object], read: Shape) -> None:
    """As `check_shape`, of a document in its expanded form."""
    nodes = [node for node in expanded if isinstance(node, Mapping)]
    if not read:
        return
    if len(nodes) != 1:
        raise Rejected("structure", "jsonld.shape", "The badge does not describe one credential.")
    check_shape(document, nodes[0], list(_nodes(nodes[0])), read)


def check_shape(
    document: JsonObject,
    node: Mapping[str, object],
    mentions: Iterable[Mapping[str, object]],
    read: Shape,
) -> None:
    """Raise `Rejected` (`structure`) where a member named in `read` is in the graph, whose top node
    is `node`, but not in its place in the text. `mentions` are all its nodes that have an id.
    """
    placed: list[tuple[Mapping[str, object], Shape]] = []
    _compare(document, node, read, placed)
    own = {id(node) for node, _ in placed}
    others = [other for other in mentions if id(other) not in own]
    for node, members in placed:
        name = node.get("@id")
        for other in others if members and name is not None else ():
            if other.get("@id") == name:
                scattered = sorted(_named(other, members))
                if scattered:
                    raise Rejected(
                        "structure",
                        "jsonld.scattered",
                        f"The badge tells its “{scattered[0]}” where nobody would look for it.",
                    )


def _compare(
    text: object,
    node: Mapping[str, object],
    read: Shape,
    placed: list[tuple[Mapping[str, object], Shape]],
) -> None:
    placed.append((node, read))
    if not isinstance(text, Mapping):  # an address alone, of which nothing is told
        return
    in_graph = _named(node, read)
    for member, name, within in sought_of(read).members:
        item, values = text.get(name), in_graph.get(member, _NOTHING)
        if item is None:
            told = _NOTHING
        elif type(item) is list:
            told = [one for one in _flat(item) if one is not None]
        else:
            told = [item]
        if len(told) != len(values):
            raise Rejected(
                "structure",
                "jsonld.shape",
                f"The badge's “{name}” does not stand where its vocabulary puts it.",
            )
        if within:
            for item, value in zip(told, values, strict=True):
                if isinstance(value, Mapping):
                    _compare(item, value, within, placed)


def _named(node: Mapping[str, object], read: Shape) -> dict[str, list[object]]:
    """The properties of `node` that are members of `read`, by the last part of their addresses."""
    sought = sought_of(read)
    found: dict[str, list[object]] = {}
    for key, values in node.items():
        member = sought.member(key)
        if member is not None:
            found.setdefault(member, []).extend(as_list(values))
    return found


class Sought:
    """A shape, prepared for finding its members; while it is held nothing else has its identity."""

    def __init__(self, read: Shape) -> None:
        #: Each member, what it is called in the text, and what is read within it.
        self.members = [(name, name.partition("|")[0], within) for name, within in read.items()]
        #: The member that each name in the text is.
        self.named = {name: member for member, name, _ in self.members}
        self.read = read
        self._last = {name.rpartition("|")[2].lower(): name for name in read}

    def member(self, address: str) -> str | None:
        """The member whose name is the last part of `address`.

        Some versions of the Open Badges 3.0 vocabulary capitalise or number these
        (`#achievement-0`), which does not count.
        """
        last = _NUMBER.sub("", address.replace("#", "/").rsplit("/", 1)[-1]).lower()
        return self._last.get(last)


_shapes: dict[int, Sought] = {}


def sought_of(read: Shape) -> Sought:
    """`read`, prepared, once."""
    found = _shapes.get(id(read))
    if found is None:
        found = Sought(read)
        if len(_shapes) < MOST_SHAPES:
            _shapes[id(read)] = found
    return found


def _nodes(value: object) -> Iterator[Mapping[str, object]]:
    """Every node object of the graph that `value` is part of; named graphs within it are graphs of
    their own.
    """
    if isinstance(value, list):
        for item in value:
            yield from _nodes(item)
    elif isinstance(value, Mapping) and "@value" not in value:
        yield value
        for key, item in value.items():
            if key == "@reverse" and isinstance(item, Mapping):
                yield from _nodes(list(item.values()))
            elif key != "@graph":
                yield from _nodes(item)


def _flat(value: object) -> list[object]:
    """JSON-LD reads nested sets as one."""
    return [
        inner
        for item in as_list(value)
        for inner in (_flat(item) if isinstance(item, list) else [item])
    ]

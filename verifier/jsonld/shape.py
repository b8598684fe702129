"""The text's shape and the graph's: what is read by name from the one must be what the other says.

A signature covers a set of statements, not a tree. So text may be re-arranged under it: a
`validUntil` can be written under its full address, or moved to a second mention of the badge's id,
where no reader of the text would look.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from verifier.jsonld.rejected import Rejected
from verifier.model import JsonObject, as_list

_NUMBER = re.compile(r"-[0-9]+$")

#: Members that a reader believes, and what is read within them; `expires|expiration` for a member
#: whose address ends in another word than its own name.
Shape = Mapping[str, "Shape"]


def check_shape(document: JsonObject, expanded: list[object], read: Shape) -> None:
    """Raise `Rejected` (`structure`) where a member named in `read` is in the graph but not in its
    place in the text.
    """
    if not read:
        return
    placed: list[tuple[Mapping[str, object], Shape]] = []
    nodes = [node for node in expanded if isinstance(node, Mapping)]
    if len(nodes) != 1:
        raise Rejected("structure", "jsonld.shape", "The badge does not describe one credential.")
    _compare(document, nodes[0], read, placed)
    mentions = list(_nodes(nodes[0]))
    own = {id(node) for node, _ in placed}
    for node, members in placed:
        for other in mentions:
            if other.get("@id") == node.get("@id") is not None and id(other) not in own:
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
    for member, within in read.items():
        name = member.partition("|")[0]
        told = [item for item in _flat(text.get(name)) if item is not None]
        values = in_graph.get(member, [])
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
    """The properties of `node` that are members of `read`, by the last part of their addresses.

    Some versions of the Open Badges 3.0 vocabulary capitalise or number these (`#achievement-0`),
    which does not count.
    """
    members = {member.rpartition("|")[2].lower(): member for member in read}
    found: dict[str, list[object]] = {}
    for key, values in node.items():
        member = members.get(_NUMBER.sub("", key.replace("#", "/").rsplit("/", 1)[-1]).lower())
        if member is not None:
            found.setdefault(member, []).extend(as_list(values))
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

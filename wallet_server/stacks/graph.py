"""From awards to achievements and what counts towards what.

Two awards are of one achievement where both name it by an id in its speaker's own domain, or where
one and the same speaker names it. Names alone never make two things one, and nobody's badge can
pass for a step of somebody else's stack by naming its id.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import is_address
from wallet_server.stacks.awards import Read
from wallet_server.stacks.model import BEST, Award, Link, Named, Node, State

#: An id that means the same to everybody has no speaker.
_Key = tuple[str, str]
_OF_ALL = ""


class Graph(Struct, frozen=True, dict=True):
    """Every achievement that the wallet's badges tell of: by its id, and the links between them.
    `node_of` is the node of each award by its key, `known_as` of each id that is its speaker's own.
    """

    nodes: Mapping[str, Node]
    links: tuple[Link, ...]
    node_of: Mapping[str, str]
    known_as: Mapping[str, str]

    @cached_property
    def parts(self) -> Mapping[str, tuple[Link, ...]]:
        """The links by the whole that they lead to."""
        parts: dict[str, list[Link]] = {}
        for link in self.links:
            parts.setdefault(link.whole, []).append(link)
        return {whole: tuple(some) for whole, some in parts.items()}


def build(cards: Sequence[Read]) -> Graph:
    """The graph of everything that `cards` tell."""
    making = _Making()
    awards = [award for read in cards for award in read.awards]
    for award in awards:
        making.add(award)
    links = [link for read in cards for link in making.links_of_record(read)]
    for award in awards:
        links += making.links_of(award)
    node_of = {award.key: making.id_of(making.root((award.key, award.key))) for award in awards}
    known_as = {one: node_of[award.key] for award in awards for one in award.tied}
    nodes = making.nodes()
    for node, award in making.near(awards):
        near = (*nodes[node].near, (award.name, award.page))
        nodes[node] = replace(nodes[node], near=near)
    return Graph(nodes, tuple(_each_once(links)), node_of, known_as)


class _Making:
    """Which keys are of one achievement, and what is known of each, while a graph is made."""

    def __init__(self) -> None:
        self._above: dict[_Key, _Key] = {}
        self._awards: dict[_Key, list[Award]] = {}
        self._named: dict[_Key, Named] = {}

    def add(self, award: Award) -> None:
        """Take in an award, as one of those that it shares an id with."""
        own = (award.key, award.key)
        self._above[own] = own
        for one in award.ids:
            for key in ((_OF_ALL, one),) if one in award.tied else ((award.speaker, one),):
                self._above.setdefault(key, own)
                self._join(own, key)
            if one in award.tied:
                # the same speaker's word on it is on the same thing
                self._above.setdefault((award.speaker, one), own)
                self._join(own, (award.speaker, one))
        self._awards.setdefault(own, []).append(award)

    def root(self, key: _Key) -> _Key:
        """The one key that stands for all that are of the same achievement."""
        while self._above[key] != key:
            key = self._above[key]
        return key

    def find(self, named: Named, speaker: str) -> _Key:
        """What `speaker` means by `named`; made if it is nothing that the wallet has."""
        if named.id is not None and (speaker, named.id) in self._above:
            return self.root((speaker, named.id))
        if named.id is not None:
            key = (_OF_ALL, named.id) if "://" in named.id else (speaker, named.id)
        else:
            key = (speaker, f"name {(named.name or '').casefold()}")
        self._above.setdefault(key, key)
        root = self.root(key)
        self._named.setdefault(root, named)
        return root

    def knows(self, named: Named, speaker: str) -> bool:
        """Whether the wallet has an award of what `speaker` means."""
        keys = ((speaker, named.id or ""), (_OF_ALL, named.id or ""))
        return any(key in self._above and self.root(key) in self._held for key in keys)

    def links_of(self, award: Award) -> Iterator[Link]:
        """What an award says of itself. An alignment is mostly to a framework of skills: it counts
        as a step only towards what the wallet has.
        """
        own = self.id_of(self.root((award.key, award.key)))
        aligned = tuple(one for one in award.aligned if self.knows(one, award.speaker))
        for one in (*award.wholes, *aligned):
            whole = self.id_of(self.find(one, award.speaker))
            yield Link(own, whole, "part_of", award.issuer)
        for one in award.parts:
            yield Link(self.id_of(self.find(one, award.speaker)), own, "part_of", award.issuer)

    def links_of_record(self, read: Read) -> Iterator[Link]:
        """What a record says of what is in it."""
        speaker = read.awards[0].speaker
        named = {one.id: one for one in read.named}

        def node(end: str) -> str:
            own = named.get(end)
            return self.id_of(self.root((end, end)) if own is None else self.find(own, speaker))

        for link in read.links:
            yield Link(node(link.part), node(link.whole), link.word, link.said_by)

    def near(self, awards: Iterable[Award]) -> Iterator[tuple[str, Award]]:
        """What stands in the graph and is not held, with each award that is related to it by the
        word of whoever that achievement belongs to.
        """
        for award in awards:
            for one in award.related:
                key = (_OF_ALL, one.id or "")
                if key in self._above and self.root(key) not in self._held and _is_own(one, award):
                    yield self.id_of(self.root(key)), award

    def nodes(self) -> dict[str, Node]:
        """Every achievement as it stands by the best of its awards."""
        held: dict[_Key, list[Award]] = {}
        for key, awards in self._awards.items():
            held.setdefault(self.root(key), []).extend(awards)
        found = {
            self.id_of(root): _held_node(self.id_of(root), awards) for root, awards in held.items()
        }
        for key, named in self._named.items():
            root = self.root(key)
            if root not in held:
                found[self.id_of(root)] = _missing_node(self.id_of(root), named)
        return found

    def id_of(self, root: _Key) -> str:
        """A short name for a node, the same every time while the wallet has the same."""
        return "n" + hashlib.sha256(repr(root).encode()).hexdigest()[:16]

    @cached_property
    def _held(self) -> frozenset[_Key]:
        """Of what there are awards, once all are taken in."""
        return frozenset(self.root(key) for key in self._awards)

    def _join(self, one: _Key, other: _Key) -> None:
        first, second = self.root(one), self.root(other)
        if first != second:
            self._above[max(first, second)] = min(first, second)


def _is_own(named: Named, award: Award) -> bool:
    """Whether what an award names lies where its own achievement does."""
    place = [one.rpartition("/")[0] for one in award.tied]
    return any((named.id or "").startswith(f"{one}/") for one in place)


def _held_node(identifier: str, awards: Sequence[Award]) -> Node:
    best = min(awards, key=lambda award: (BEST.index(award.state), "#" in award.key, award.key))
    return Node(
        id=identifier,
        name=best.name,
        kind=best.kind,
        state=best.state,
        verdict=best.verdict,
        page=best.page,
        url=next((award.url for award in awards if is_address(award.url)), None),
        issuer=best.issuer,
        earned=best.earned,
        until=best.until,
    )


def _missing_node(identifier: str, named: Named) -> Node:
    return Node(
        id=identifier,
        name=named.name or named.url or named.id or "Something without a name",
        kind=named.kind,
        state=State.MISSING,
        url=named.url if is_address(named.url) else None,
    )


def _each_once(links: Iterable[Link]) -> Iterator[Link]:
    """Each link once, and none from a thing to itself; the first to say it is who said it."""
    seen: set[tuple[str, str]] = set()
    for link in links:
        if link.part != link.whole and (link.part, link.whole) not in seen:
            seen.add((link.part, link.whole))
            yield link

"""Which stacks there are: one for each achievement that others count towards, and that itself
counts towards nothing further.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wallet_server.stacks.graph import Graph
from wallet_server.stacks.model import Link, Node, Stack, State


def stacks_of(graph: Graph) -> list[Stack]:
    """Every stack, those first in which something is missing or has lapsed, then by name."""
    towards = {link.part for link in graph.links}
    tops = [node for node in graph.parts if node not in towards]
    found = [_stack(graph, top) for top in tops]
    return sorted(found, key=lambda stack: (_is_whole(stack), stack.name.casefold(), stack.id))


def _is_whole(stack: Stack) -> bool:
    return all(node.state is State.EARNED for node in stack.nodes)


def _stack(graph: Graph, top: str) -> Stack:
    node = graph.nodes[top]
    links = tuple(below(top, graph.parts))
    ids = dict.fromkeys((top, *(link.part for link in links)))
    nodes = tuple(graph.nodes[one] for one in ids)
    return Stack(top, node.name, _origin(node), top, nodes, links)


def _origin(top: Node) -> str:
    return "record" if top.kind == "record" else "issuers"


def below(top: str, parts: Mapping[str, tuple[Link, ...]]) -> Iterator[Link]:
    """The links that lead to `top`, whole before part. One that would lead in a circle, which only
    a careless or hostile issuer states, is left out.
    """
    seen: set[tuple[str, str]] = set()
    left: list[tuple[str, Iterator[Link]]] = [(top, iter(parts.get(top, ())))]
    on_the_way, done = {top}, set[str]()
    while left:
        whole, some = left[-1]
        link = next(some, None)
        if link is None:
            left.pop()
            on_the_way.discard(whole)
            done.add(whole)
            continue
        if link.part in on_the_way or (link.part, whole) in seen:
            continue
        seen.add((link.part, whole))
        yield link
        if link.part not in done:
            on_the_way.add(link.part)
            left.append((link.part, iter(parts.get(link.part, ()))))

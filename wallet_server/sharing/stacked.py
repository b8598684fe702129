"""A stack as a visitor sees it: how each of its steps stands by the answers made for visitors, and
nothing of the wallet beyond what is shared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping

from msgspec.structs import replace

from verifier.report import Verdict
from wallet_server.sharing.shown import NAMELESS, names
from wallet_server.stacks.everything import Everything
from wallet_server.stacks.model import BEST, STATES, Node, Stack, State


def badges_of(whole: Everything, stack: Stack) -> tuple[str, ...]:
    """The wallet's credentials that stand in a stack, in its order."""
    pages = {f"/wallet/{card.lead}": card.lead for card in whole.cards.values()}
    found = (pages[node.page] for node in stack.nodes if node.page in pages)
    return tuple(dict.fromkeys(found))


def shown_to_visitors(
    whole: Everything,
    stack: Stack,
    verdicts: Mapping[str, str | None],
    fields: Collection[str],
    people: Collection[str] = (),
) -> Stack:
    """`stack` by the verdicts of the shared badges (by id in the wallet, in their order; `None`
    where one is not known yet). Its steps lead to the badges on the same page, and name none of
    `people`.
    """
    shared = {
        f"/wallet/{whole.cards[one].lead}": (place, verdict)
        for place, (one, verdict) in enumerate(verdicts.items(), 1)
        if one in whole.cards
    }
    pages = Counter(node.page for node in stack.nodes)
    nodes = [node for node in stack.nodes if not _is_later(node, stack, shared)]
    left = {node.id for node in nodes}
    return replace(
        stack,
        nodes=tuple(
            _visible(_nameless(one, people), shared, fields, alone=pages[one.page] == 1)
            for one in nodes
        ),
        name=NAMELESS if names(stack.name, people) else stack.name,
        links=tuple(link for link in stack.links if link.part in left and link.whole in left),
    )


def _is_later(node: Node, stack: Stack, shared: Collection[str]) -> bool:
    """Whether a step is a badge of the wallet's that its owner did not share, with nothing below:
    what came to the stack later is nobody's business until it is shared.
    """
    if node.page is None or node.page in shared or node.id == stack.top:
        return False
    return all(link.whole != node.id for link in stack.links)


def _nameless(node: Node, people: Collection[str]) -> Node:
    return replace(node, name=NAMELESS) if names(node.name, people) else node


def _visible(
    node: Node,
    shared: Mapping[str, tuple[int, str | None]],
    fields: Collection[str],
    *,
    alone: bool,
) -> Node:
    """One step; `alone` where its badge stands for no other one, as a record does."""
    if "issued" not in fields:
        node = replace(node, earned=None)
    if node.page is None:
        return replace(node, near=())
    place, verdict = shared.get(node.page, (None, None))
    state = None if verdict is None else STATES[Verdict(verdict)] or State.MISSING
    if state is None:
        found = replace(node, state=State.UNSETTLED, verdict=None, earned=None)
    elif alone or node.kind == "record":
        found = replace(node, state=state, verdict=verdict)
    else:
        worse = max(state, node.state, key=BEST.index)
        found = replace(node, state=worse, verdict=node.verdict if worse == node.state else verdict)
    return replace(found, page=None, url=None if place is None else f"#badge-{place}", near=())

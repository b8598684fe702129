"""How a stack is told in words: how something stands, since when, and what counts towards it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from verifier.report import Verdict
from wallet_server.looks import VERDICTS
from wallet_server.stacks.model import Link, Node, Stack, State

#: How deep the outline of a stack goes.
DEPTH = 20
STATE = {
    State.EARNED: "Earned",
    State.LAPSED: "Lapsed",
    State.UNSETTLED: "Not established",
    State.MISSING: "Missing",
}
_KINDS = {
    "badge": ("badge", "badges"),
    "trophy": ("trophy", "trophies"),
    "certificate": ("certificate", "certificates"),
    "certification": ("certification", "certifications"),
    "course": ("course", "courses"),
    "degree": ("degree", "degrees"),
    "record": ("record", "records"),
    "other": ("step", "steps"),
}
_WORDS = {"part_of": "counts towards", "precedes": "comes before"}


class Branch(Struct, frozen=True):
    """A node in the outline of a stack: under what it counts towards, by whose word (`None` for the
    top), with what counts towards it. Where it stood before in the outline, `again` is set, and its
    parts are told there.
    """

    node: Node
    link: Link | None
    again: bool
    parts: tuple[Branch, ...]


def outline(stack: Stack) -> Branch:
    """The whole stack from its top down, each part once with its parts."""
    parts: dict[str, list[Link]] = {}
    for link in stack.links:
        parts.setdefault(link.whole, []).append(link)
    seen: set[str] = set()

    def branch(identifier: str, link: Link | None, depth: int) -> Branch:
        again = identifier in seen
        seen.add(identifier)
        below = () if again or depth == DEPTH else tuple(parts.get(identifier, ()))
        inner = tuple(branch(one.part, one, depth + 1) for one in below)
        return Branch(stack.by_id[identifier], link, again, inner)

    return branch(stack.top, None, 0)


def stands(node: Node, *, short: bool = False) -> str:
    """How a node stands, with its date: “Earned on 3 May 2026”; `short` for a picture."""
    word, since = _stands(node)
    if since is None:
        return "In your wallet" if node.kind == "record" and node.state is State.EARNED else word
    if node.kind == "record" and node.state is State.EARNED:
        return f"Of {day(since, short=short)}"
    return f"{word} {day(since, short=True)}" if short else f"{word} on {day(since)}"


def _stands(node: Node) -> tuple[str, str | None]:
    """The word for it, and the moment since when."""
    if node.state is State.MISSING and node.verdict is not None:
        return f"Missing: its badge is “{VERDICTS[Verdict(node.verdict)].word}”", None
    if node.state is State.LAPSED and node.verdict is not None:
        known = node.until if node.verdict == Verdict.EXPIRED else None
        return VERDICTS[Verdict(node.verdict)].word, known
    if node.state is State.EARNED:
        return STATE[node.state], node.earned
    return STATE[node.state], None


def counted(stack: Stack) -> str:
    """How many of the parts stand how: “5 of 8 earned · 1 lapsed · 2 missing”."""
    told = [f"{stack.count(State.EARNED)} of {len(stack.parts)} earned"]
    for state in (State.LAPSED, State.UNSETTLED, State.MISSING):
        if stack.count(state):
            told.append(f"{stack.count(state)} {STATE[state].lower()}")
    return " · ".join(told)


def many(node: Node, count: int) -> str:
    """What a box stands for that stands for several: “7 more trophies”."""
    return f"{count} more {_KINDS.get(node.kind, _KINDS['other'])[count != 1]}"


def kind(node: Node) -> str:
    """What a node is; empty where nothing says it."""
    return "" if node.kind == "other" else _KINDS.get(node.kind, ("",))[0]


def spoken(stack: Stack, node: Node) -> str:
    """A node in one sentence, for whoever can't see where it stands in the picture."""
    towards = [
        f"{_WORDS[link.word]} {stack.by_id[link.whole].name}"
        for link in stack.links
        if link.part == node.id
    ]
    made_of = [stack.by_id[link.part] for link in stack.links if link.whole == node.id]
    told = [node.name, stands(node), *towards[:3]]
    if made_of:
        earned = sum(one.state is State.EARNED for one in made_of)
        told.append(f"{earned} of its {len(made_of)} parts earned")
    return ", ".join(told)


def speakers(stack: Stack) -> str:
    """Everybody by whose word others' badges count as they do: “Meadow College and 2 others”."""
    names = list(dict.fromkeys(link.said_by for link in stack.links))
    if len(names) <= 2:
        return " and ".join(names)
    return f"{names[0]} and {len(names) - 1} others"


def day(moment: str, *, short: bool = False) -> str:
    """Day, month and year of an RFC 3339 moment."""
    read = datetime.fromisoformat(moment)
    return f"{read.day} {read:%b %Y}" if short else f"{read.day} {read:%B %Y}"

"""What a stack is: achievements, and which counts towards which."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from verifier.report import Verdict


class State(StrEnum):
    """How far an achievement of a stack is the owner's."""

    EARNED = "earned"
    LAPSED = "lapsed"
    UNSETTLED = "unsettled"
    MISSING = "missing"


#: What a verdict makes of a badge in a stack. What is no award of the owner's is none in a stack.
STATES = {
    Verdict.VERIFIED: State.EARNED,
    Verdict.HOLDER_UNPROVEN: State.EARNED,
    Verdict.UNVOUCHED: State.EARNED,
    Verdict.OVERSTATED: State.EARNED,
    Verdict.UNKNOWN: State.UNSETTLED,
    Verdict.REVOKED: State.LAPSED,
    Verdict.SUSPENDED: State.LAPSED,
    Verdict.NOT_YET_VALID: State.LAPSED,
    Verdict.EXPIRED: State.LAPSED,
    Verdict.INVALID: None,
    Verdict.IMPOSTOR: None,
    Verdict.NOT_THEIRS: None,
}

#: Of several awards of one achievement the first of these tells how it stands.
BEST = (State.EARNED, State.UNSETTLED, State.LAPSED, State.MISSING)


class Named(Struct, frozen=True):
    """How one achievement names another: by its id, or by a name alone; `url` may be shown."""

    id: str | None = None
    name: str | None = None
    kind: str = "other"
    url: str | None = None


class Award(Struct, frozen=True):
    """What somebody says the owner earned: a card of the wallet, a credential in a record, or an
    entry of one.

    `ids` are those of the achievement, `speaker` is who says so, as proven, and `tied` those of the
    ids that lie in the speaker's own domain: only these are the same achievement for everybody.
    `page` is the wallet's page of it. `earned` and `until` are moments or `None`.
    """

    key: str
    name: str
    kind: str
    state: State
    verdict: str
    page: str
    issuer: str
    speaker: str
    ids: frozenset[str] = frozenset()
    tied: frozenset[str] = frozenset()
    earned: str | None = None
    until: str | None = None
    url: str | None = None
    parts: tuple[Named, ...] = ()
    wholes: tuple[Named, ...] = ()
    aligned: tuple[Named, ...] = ()
    related: tuple[Named, ...] = ()


class Node(Struct, frozen=True):
    """One achievement of a stack, however many awards of it there are.

    `page` is the wallet's page of the award that tells how it stands, `url` an address outside that
    describes it. `near` are badges of the wallet that say they are for another version of it, by
    name and page: they don't fill its place.
    """

    id: str
    name: str
    kind: str
    state: State
    verdict: str | None = None
    page: str | None = None
    url: str | None = None
    issuer: str | None = None
    earned: str | None = None
    until: str | None = None
    near: tuple[tuple[str, str], ...] = ()


class Link(Struct, frozen=True):
    """That `part` counts towards `whole` (ids of nodes). `word` is `part_of`, or `precedes` where
    it only comes before; `said_by` who says so.
    """

    part: str
    whole: str
    word: str
    said_by: str


class Stack(Struct, frozen=True, dict=True):
    """Everything that counts towards one achievement, its `top`.

    `origin` is `record`, `issuers` (what badges say of each other) or `drawn` (by the owner). Every
    node but the top leads to it.
    """

    id: str
    name: str
    origin: str
    top: str
    nodes: tuple[Node, ...]
    links: tuple[Link, ...]

    @cached_property
    def by_id(self) -> dict[str, Node]:
        """The nodes by their ids."""
        return {node.id: node for node in self.nodes}

    @property
    def parts(self) -> tuple[Node, ...]:
        """The nodes below the top."""
        return tuple(node for node in self.nodes if node.id != self.top)

    def count(self, state: State) -> int:
        """How many of the parts stand so."""
        return sum(node.state == state for node in self.parts)

"""All stacks of a wallet at one moment: those that its badges tell of, and those its owner drew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from verifier.report import Verdict
from wallet_server.stacks import awards, graph, pathway
from wallet_server.stacks.awards import Card
from wallet_server.stacks.gathering import stacks_of
from wallet_server.stacks.model import STATES, Stack
from wallet_server.stacks.pathway import Pathway


@dataclass(frozen=True)
class Everything:
    """The stacks, those drawn first; `badges` is how many cards the wallet has, `left_out` how many
    of them are no award of the owner's, so that nothing of what they say counts.
    """

    stacks: tuple[Stack, ...]
    badges: int
    left_out: int

    def find(self, identifier: str) -> Stack | None:
        """The stack of that id."""
        return next((stack for stack in self.stacks if stack.id == identifier), None)


def gather(cards: Sequence[Card], pathways: Sequence[Pathway]) -> Everything:
    """Every stack of `cards` and `pathways`."""
    reads = [found for found in map(awards.read, cards) if found is not None]
    whole = graph.build(reads)
    by_credential = {one: card for card in cards for one in card.credentials}
    drawn = (pathway.stack_of(one, whole, by_credential) for one in pathways)
    left_out = sum(STATES[Verdict(card.verdict)] is None for card in cards)
    return Everything((*drawn, *stacks_of(whole)), len(cards), left_out)

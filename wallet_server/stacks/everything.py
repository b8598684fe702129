"""All stacks of a wallet at one moment: those that its badges tell of, and those its owner drew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from verifier.report import Verdict
from wallet_server.stacks import awards, graph, pathway
from wallet_server.stacks.awards import Card
from wallet_server.stacks.gathering import stacks_of
from wallet_server.stacks.model import STATES, Stack
from wallet_server.stacks.pathway import Pathway
from wallet_server.store import stacks as store
from wallet_server.store.database import Database


class Everything(Struct, frozen=True):
    """The stacks, those drawn first; `badges` is how many cards the wallet has, `left_out` how many
    of them are no award of the owner's, so that nothing of what they say counts; `cards` are those
    of each credential.
    """

    stacks: tuple[Stack, ...]
    badges: int
    left_out: int
    cards: Mapping[str, Card]

    def find(self, identifier: str) -> Stack | None:
        """The stack of that id."""
        return next((stack for stack in self.stacks if stack.id == identifier), None)

    def with_badge(self, credential_id: str) -> tuple[Stack, ...]:
        """The stacks that a credential of the wallet is part of, or the top of."""
        card = self.cards.get(credential_id)
        page = None if card is None else f"/wallet/{card.lead}"
        return tuple(
            stack for stack in self.stacks if any(node.page == page for node in stack.nodes)
        )


def everything(database: Database) -> Everything:
    """All stacks as the wallet stands now; blocks."""
    return gather(store.all_cards(database), store.all_pathways(database))


def gather(cards: Sequence[Card], pathways: Sequence[Pathway]) -> Everything:
    """Every stack of `cards` and `pathways`."""
    reads = [found for found in map(awards.read, cards) if found is not None]
    whole = graph.build(reads)
    by_credential = {one: card for card in cards for one in card.credentials}
    drawn = (pathway.stack_of(one, whole, by_credential) for one in pathways)
    left_out = sum(STATES[Verdict(card.verdict)] is None for card in cards)
    stacks = (*drawn, *stacks_of(whole))
    return Everything(stacks, len(cards), left_out, by_credential)

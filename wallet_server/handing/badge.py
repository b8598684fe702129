"""The badge that is handed on, as the wallet has it; and why one is not to be handed on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct

from verifier.report import Verdict
from wallet_server.handing.baking import Source
from wallet_server.handing.places import Place, own_place
from wallet_server.plain_text import plain
from wallet_server.store import forms, thumbnails, wallet
from wallet_server.store.database import Database

#: What becomes of a badge that does not hold, each with who can mend it.
_WHY = {
    Verdict.REVOKED: "Its issuer took this badge back, so there is nothing to hand on. Only the "
    "issuer can mend that.",
    Verdict.INVALID: "This badge is not genuine, so there is nothing to hand on. Ask its issuer "
    "for it anew.",
    Verdict.IMPOSTOR: "Whoever issued this badge imitates somebody else, so there is nothing to "
    "hand on.",
    Verdict.NOT_THEIRS: "This badge was issued to somebody other than you, so it is not yours to "
    "hand on. If it is about you, write the name or address that it names on the page “You”.",
    Verdict.SUSPENDED: "Its issuer suspended this badge. It can be handed on once the issuer lifts "
    "that; check it again then.",
    Verdict.EXPIRED: "This badge has expired: whoever followed a link to it would be told so. Ask "
    "its issuer whether it can be renewed.",
    Verdict.NOT_YET_VALID: "This badge is not valid yet. It can be handed on from the day that "
    "its issuer gives.",
    Verdict.OVERSTATED: "Where this badge came from, more is said of it than it says itself. Check "
    "it again from its own address or file.",
    Verdict.UNKNOWN: "Whether this badge holds is not established, so it is not handed on as if "
    "it did. Check it again on its page; that asks its issuer.",
}
_OTHER = "Another form of this award, which your wallet goes by, tells more."


class Badge(Struct, frozen=True):
    """A badge of the wallet: its id, the `report` (the contract's object) of its newest check here,
    when that still held, its own `place` in the web if it has one, the ids of all forms of its
    award that hold, and `why` it is not to be handed on, `None` if it is.
    """

    id: str
    report: dict[str, Any]
    checked_at: str
    place: Place | None
    forms: tuple[str, ...]
    why: str | None

    @property
    def name(self) -> str:
        """What it is called, on one line."""
        return plain(self.report["credential"]["name"] or "", 200) or "A badge without a name"

    @property
    def issuer(self) -> str | None:
        """Who issued it: a fact where that was proven, else its own word, in quotation marks."""
        said = self.report["credential"]["issuer"]
        proven, name = said["proven"], plain(said["name"] or "", 120)
        if said["vouched_by"] and name:
            return name
        if proven and not proven.startswith("did:"):
            return plain(proven, 120)
        return f"“{name}”" if name else None


def find(database: Database, identifier: str) -> Badge | None:
    """The badge with this id, `None` where there is none. Blocks.

    Where another form of its award leads its card, and does not hold, no form of it is handed on.
    Forms that are one award by nothing but their owner's word lend each other nothing.
    """
    kept = wallet.find(database, identifier)
    try:
        found = forms.forms(database, identifier)
    except LookupError:
        return None
    if kept is None:
        return None
    lead = wallet.find(database, found[0].id) or kept
    others = (wallet.find(database, one) for one in _established(found, identifier))
    holding = [one for one in (kept, *others) if one is not None and _why(one) is None]
    return Badge(
        id=kept.id,
        report=kept.report,
        checked_at=kept.checked_at,
        place=next((place for one in holding if (place := own_place(one.report))), None),
        forms=tuple(one.id for one in holding),
        why=_why(kept) or (f"{_OTHER} {_why(lead)}" if _why(lead) else None),
    )


def _established(every: Sequence[forms.Form], identifier: str) -> list[str]:
    """The other forms that are established to be of one award with this one."""
    proven = [one.id for one in every if one.why != "owner"]
    return [one for one in proven if one != identifier] if identifier in proven else []


def sources(database: Database, badge: Badge) -> tuple[Source, ...]:
    """What a file of it can be made of, its own form first. Blocks."""
    return tuple(_source(database, identifier) for identifier in badge.forms)


def _source(database: Database, identifier: str) -> Source:
    held = thumbnails.sources(database, identifier)
    small = thumbnails.find(database, identifier)
    return Source(held.received, held.image, held.documents, small)


def _why(kept: wallet.Kept) -> str | None:
    return _WHY.get(Verdict(kept.report["verdict"]))

"""What the doctor works with: an entry as it was looked at, the wallet's cards, and findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from verifier.errors import NoCredential
from verifier.papers.own_page import Shown
from verifier.report import Report, Verdict
from wallet_server.lineage.facts import Facts
from wallet_server.store.listing import Card

#: Every code of a finding, the worst first; an entry's own is that of its first finding.
CODES: dict[str, str] = {
    "not_genuine": "Not genuine",
    "revoked": "Revoked",
    "not_yours": "Someone else's",
    "dead": "Dead link",
    "wrong_link": "Leads beside the award",
    "unlinked": "No link",
    "suspended": "Suspended",
    "expired": "Expired",
    "not_yet_valid": "Not yet valid",
    "misdescribed": "Says something else",
    "not_established": "Not established",
    "fine": "Fine",
}
#: Codes that a verdict stands for, of which it has word, shape and colour.
AS_VERDICTS: Mapping[str, Verdict] = {
    "not_genuine": Verdict.INVALID,
    "revoked": Verdict.REVOKED,
    "not_yours": Verdict.NOT_THEIRS,
    "suspended": Verdict.SUSPENDED,
    "expired": Verdict.EXPIRED,
    "not_yet_valid": Verdict.NOT_YET_VALID,
    "not_established": Verdict.UNKNOWN,
}
#: What may stand on a page as it is.
HOLDING = frozenset(
    (Verdict.VERIFIED, Verdict.HOLDER_UNPROVEN, Verdict.UNVOUCHED, Verdict.OVERSTATED)
)


class Looked(Struct, frozen=True):
    """One entry, and what became of it: a report, the reason why there is none, or neither where
    there was nothing to look at, or no time. `is_gone` means that its host knows of nothing at that
    address any more.
    """

    shown: Shown
    report: Report | None = None
    error: NoCredential | None = None
    is_gone: bool = False
    is_late: bool = False


class Award(Struct, frozen=True):
    """A card of the wallet with what its forms are known by, and the addresses at which these are
    established to be or from which they came.
    """

    card: Card
    forms: tuple[Facts, ...] = ()
    places: frozenset[str] = frozenset()

    @property
    def holds(self) -> bool:
        """Whether it may be handed on, by its newest check."""
        return Verdict(self.card.verdict) in HOLDING - {Verdict.OVERSTATED}


class Finding(Struct, frozen=True):
    """One thing about an entry. `says` what it is, `mend` what its owner can do, word for word;
    `link` the address that belongs there, where one is known.
    """

    code: str
    says: str
    mend: str | None = None
    link: str | None = None


class Examined(Struct, frozen=True):
    """An entry with its findings, the worst first, and the card that is of the same award. `keep`
    is the address under which the wallet can have what it lacks. `number` is its place on the
    page, `None` for what the page only names.
    """

    number: int | None
    title: str
    at: str | None
    findings: tuple[Finding, ...]
    report: Report | None = None
    award: Award | None = None
    keep: str | None = None

    @property
    def code(self) -> str:
        """The worst of its findings."""
        return self.findings[0].code


class Given(Struct, frozen=True):
    """How an award is handed on: its public address, and LinkedIn's form with it filled in."""

    link: str | None = None
    add: str | None = None


class Missing(Struct, frozen=True):
    """What the wallet has and the page does not show."""

    award: Award
    given: Given


class Comparison(Struct, frozen=True):
    """The page against the wallet. `notes` are sentences on how far it goes."""

    site: str
    examined: tuple[Examined, ...]
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]
    missing_in_all: int = 0


def first_worst(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings in the order of `CODES`."""
    order = list(CODES)
    return tuple(sorted(findings, key=lambda one: order.index(one.code)))

"""What is to be said of each entry, and how its owner mends it: nothing is fetched or kept here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from verifier.papers.own_page import ASTRAY, kind_of
from verifier.report import Outcome, Report, Verdict
from wallet_server.doctor import words
from wallet_server.doctor.matching import Index, place
from wallet_server.doctor.model import (
    HOLDING,
    Award,
    Comparison,
    Examined,
    Finding,
    Given,
    Looked,
    Missing,
    first_worst,
)
from wallet_server.handing.places import own_place
from wallet_server.lineage.facts import facts_of
from wallet_server.wire import report_object

#: Badges that a page lacks, told at once.
MISSING = 100
#: Where nothing more is to be said of what an entry claims.
_NOT_ITS_OWN = frozenset((Verdict.INVALID, Verdict.IMPOSTOR, Verdict.NOT_THEIRS))
_SIMPLE: Mapping[Verdict, str] = {
    Verdict.INVALID: "not_genuine",
    Verdict.IMPOSTOR: "not_genuine",
    Verdict.REVOKED: "revoked",
    Verdict.NOT_THEIRS: "not_yours",
    Verdict.SUSPENDED: "suspended",
    Verdict.EXPIRED: "expired",
    Verdict.NOT_YET_VALID: "not_yet_valid",
    Verdict.UNKNOWN: "not_established",
}

#: How an award of the wallet is handed on.
Giving = Callable[[Award], Given]


def examine(
    looked: Sequence[Looked],
    index: Index,
    page_words: str | None,
    site: str,
    giving: Giving,
) -> Comparison:
    """Every entry with its findings, then what the wallet has besides. `page_words` are the page's,
    folded, `None` where they are not known. `notes` are left to whoever read the page.
    """
    found: list[Examined] = []
    shown: set[int] = set()
    for number, one in enumerate(looked):
        entry = _Entry(one, index, site, giving)
        found.append(entry.examined(number))
        shown |= entry.shows()
    lacking = [one for one in index.every if one.holds and one.card.number not in shown]
    named = list(index.named_in(page_words, lacking)) if page_words else []
    found += [_named(one, site, giving) for one in named]
    absent = [one for one in lacking if one not in named]
    absent.sort(key=lambda one: one.card.issued or "", reverse=True)
    missing = tuple(Missing(one, giving(one)) for one in absent[:MISSING])
    return Comparison(site, tuple(found), missing, (), len(absent))


def _named(award: Award, site: str, giving: Giving) -> Examined:
    """What the page calls by its title and leads to nowhere."""
    link = giving(award).link
    says = f"{words.the_page(site)} names it and links to no proof of it."
    finding = Finding("unlinked", says, words.add_link(site, link), link)
    return Examined(None, award.card.name or "", None, (finding,), None, award)


class _Entry:
    """One entry while its findings are collected."""

    def __init__(self, looked: Looked, index: Index, site: str, giving: Giving) -> None:
        self._looked, self._index, self._site = looked, index, site
        self._report, self._at = looked.report, looked.shown.at
        self._facts = None if self._report is None else facts_of(self._report)
        self._award = index.of(self._facts, self._at, looked.shown.claims)
        self._better = self._elsewhere(giving)
        self._renewed = index.renewed(self._award, self._facts)
        self._renewed_at = None if self._renewed is None else giving(self._renewed).link

    def examined(self, number: int) -> Examined:
        """It with all findings, at least one."""
        findings = first_worst([*self._findings()]) or (self._otherwise(),)
        keep = self._at if self._award is None and self._is_worth_keeping() else None
        return Examined(number, self._title(), self._at, findings, self._report, self._award, keep)

    def shows(self) -> set[int]:
        """The numbers of the cards that this entry shows, those in a record among them."""
        inner = [] if self._report is None else [*_every(self._report)]
        found = [self._index.of(facts_of(one), None, ()) for one in inner]
        of = (self._award, self._renewed, *found)
        return {one.card.number for one in of if one is not None}

    def _findings(self) -> Iterator[Finding]:
        wrong = self._misled()
        if wrong is not None:
            yield wrong
            if self._report is not None and self._is_told():
                yield from self._judged(self._report)
        elif self._report is None:
            yield from self._unreported()
            yield from self._as_kept()
        elif self._looked.is_gone and self._report.verdict is Verdict.UNKNOWN:
            yield self._dead(self._report.checks[0].says)
            yield from self._as_kept()
        else:
            yield from self._judged(self._report)

    def _as_kept(self) -> Iterator[Finding]:
        """What the wallet last found of an award that the page's own link tells nothing of."""
        if self._award is None or self._award.holds:
            return
        code = _SIMPLE[Verdict(self._award.card.verdict)]
        if code != "not_established":
            says = words.AS_KEPT.format(says=self._award.card.headline)
            yield Finding(code, says, words.MENDS[code])

    def _judged(self, report: Report) -> Iterator[Finding]:
        code = _SIMPLE.get(report.verdict)
        if code is not None:
            says = words.NOT_YOURS if code == "not_yours" else report.headline
            yield Finding(code, says, *self._mend(code, report))
        genuine = report.checks[0].outcome is Outcome.PASSED
        # an entry that leads to a whole record speaks of one award in it
        if genuine and report.verdict not in _NOT_ITS_OWN and not report.bundle:
            for line in report.checks[4].detail.get("lines", ()):
                if line["agrees"] is False:
                    yield words.misdescribed(self._site, line)

    def _mend(self, code: str, report: Report) -> tuple[str | None, str | None]:
        """What its owner can do, and the address that belongs there."""
        if code == "expired" and self._renewed is not None:
            return words.renewed(self._site, self._renewed, self._renewed_at), self._renewed_at
        if self._better is not None and code in ("not_yours", "not_established"):
            return words.instead(self._site, self._better), self._better
        if code == "not_established":
            fix = next((one.fix for one in report.checks if one.outcome is Outcome.UNKNOWN), None)
            return fix or words.MENDS[code], None
        return words.MENDS[code], None

    def _unreported(self) -> Iterator[Finding]:
        """Where there was nothing to look at, or nothing came of it."""
        looked, link = self._looked, self._better
        if self._at is None and looked.shown.held is None:
            if self._award is None:
                yield Finding("not_established", words.NO_LINK, words.NO_LINK_MEND)
            elif self._award.holds:
                yield Finding("unlinked", words.NO_LINK, words.add_link(self._site, link), link)
        elif looked.is_gone:
            yield self._dead(words.DEAD.format(host=words.host(self._at)))
        elif looked.is_late or looked.error is None:
            yield Finding("not_established", words.LATE, words.LATE_MEND)
        else:
            mend = words.MENDS["unread"] if link is None else words.instead(self._site, link)
            yield Finding("not_established", looked.error.says, mend, link)

    def _dead(self, says: str) -> Finding:
        if self._better is not None:
            return Finding("dead", says, words.instead(self._site, self._better), self._better)
        mend = words.DEAD_KEPT if self._award is not None else words.MENDS["dead"]
        return Finding("dead", says, mend)

    def _misled(self) -> Finding | None:
        """A link to something beside the award. What only its owner can open is no use to readers,
        even where the award behind it was found.
        """
        kind = None if self._at is None else kind_of(self._at)
        report = self._report
        if report is not None and report.checks[0].code == "picture_only":
            kind = "picture"
        elif kind not in ASTRAY or (kind != "private" and self._is_told()):
            return None
        says = words.ASTRAY_SAYS[kind or "picture"]
        link = self._better or self._own_place()
        if link is not None:
            return Finding("wrong_link", says, words.put(self._site, link), link)
        return Finding("wrong_link", says, words.ASTRAY_MEND)

    def _is_told(self) -> bool:
        return self._report is not None and self._report.verdict is not Verdict.UNKNOWN

    def _own_place(self) -> str | None:
        """The public address of the award that was found."""
        if self._report is None or self._report.verdict in _NOT_ITS_OWN:
            return None
        found = own_place(report_object(self._report))
        return None if found is None else found.address

    def _elsewhere(self, giving: Giving) -> str | None:
        """Another address of the same award, which its wallet's card has and which holds."""
        if self._award is None or not self._award.holds:
            return None
        link = giving(self._award).link
        if link is None or (self._at is not None and place(link) == place(self._at)):
            return None
        return link

    def _is_worth_keeping(self) -> bool:
        report = self._report
        if report is None or self._at is None or self._renewed is not None:
            return False
        return report.verdict in HOLDING or report.verdict is Verdict.EXPIRED

    def _otherwise(self) -> Finding:
        """Where nothing was found amiss: fine only if something was found at all."""
        if self._report is None:
            return Finding("not_established", words.NO_LINK, words.NO_LINK_MEND)
        return Finding("fine", self._report.headline)

    def _title(self) -> str:
        report, claims = self._report, self._looked.shown.claims
        said = next((claim.title for claim in claims if claim.title), None)
        genuine = report is not None and report.checks[0].outcome is Outcome.PASSED
        own = report.credential.name if report is not None and genuine else None
        return said or own or (self._award and self._award.card.name) or ""


def _every(report: Report) -> Iterator[Report]:
    for one in report.bundle:
        yield one
        yield from _every(one)

"""Which card of the wallet an entry of a page is of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from verifier.addresses import is_address, spelled
from verifier.claims import dates
from verifier.claims.issuers import same_issuer
from verifier.claims.titles import same_title
from verifier.claims.words import fold
from verifier.dates import read_moment
from verifier.model import Claim, Identity
from verifier.providers import known_as
from wallet_server.doctor.model import Award
from wallet_server.lineage import facts as told
from wallet_server.lineage.facts import Facts
from wallet_server.lineage.same import contradictions, established, likely
from wallet_server.store.awards import Form
from wallet_server.store.listing import Card

#: Cards whose titles are compared word for word with an entry's.
_COMPARED = 50
#: A title of fewer words or letters stands in many a text by chance.
_WORDS, _SHORT = 2, 6


def place(address: str) -> str:
    """One name for all spellings of an award's address."""
    return known_as(address, "award") or spelled(address)


def awards(cards: Iterable[Card], forms: Iterable[Form]) -> tuple[Award, ...]:
    """The cards, each with its forms."""
    on: dict[int, list[Form]] = {}
    for form in forms:
        on.setdefault(form.card, []).append(form)
    return tuple(_award(card, on.get(card.number, [])) for card in cards)


def _award(card: Card, forms: Sequence[Form]) -> Award:
    known = tuple(form.facts for form in forms if form.facts is not None)
    came = {place(at) for form in forms for at in form.sources if is_address(at)}
    own = {facts.place for facts in known if facts.place is not None}
    return Award(card, known, frozenset(came | own))


class Index:
    """The wallet's awards, found by what they are known by."""

    def __init__(self, every: Sequence[Award], owner: Sequence[Identity]) -> None:
        self.every = every
        self._owner = owner
        self._by_key: dict[str, list[tuple[Award, Facts]]] = {}
        self._by_place: dict[str, Award] = {}
        self._by_word: dict[str, set[int]] = {}
        for at, award in enumerate(every):
            for facts in award.forms:
                for key in told.keys(facts):
                    self._by_key.setdefault(key, []).append((award, facts))
            for name in award.places:
                self._by_place.setdefault(name, award)
            for word in _words(award.card.name):
                self._by_word.setdefault(word, set()).add(at)

    def of(self, facts: Facts | None, at: str | None, claims: Sequence[Claim]) -> Award | None:
        """The award that is established to be the same, that stands at the same address, or that
        alone is called as the page calls this one.
        """
        found = None if facts is None else self._like(facts, established)
        found = found or (None if at is None else self._by_place.get(place(at)))
        found = found or (None if facts is None else self._like(facts, likely))
        titled = (self._called(claim) for claim in claims if claim.title)
        return found or next((one for one in titled if one and self._may_be(one, facts)), None)

    def renewed(self, award: Award | None, facts: Facts | None) -> Award | None:
        """The newest award that holds and is of the same achievement of one issuer's."""
        mine = [*(award.forms if award is not None else ()), *([facts] if facts else ())]
        keys = {key for one in mine for key in told.keys(one)}
        others = [
            (other, theirs)
            for key in sorted(keys)
            for other, theirs in self._by_key.get(key, ())
            if other.holds and other is not award and any(_is_renewal(one, theirs) for one in mine)
        ]
        return max(others, key=lambda one: one[0].card.issued or "", default=(None, None))[0]

    def named_in(self, words: str, among: Iterable[Award]) -> Iterator[Award]:
        """Those whose whole title stands in `words`, which are folded."""
        text = f" {words} "
        for award in among:
            title = fold(award.card.name or "")
            said = f" {' '.join(title)} "
            if len(title) >= _WORDS and len(said) > _SHORT and said in text:
                yield award

    def _like(self, facts: Facts, fits: Callable[..., str | None]) -> Award | None:
        """The first award that `established` or `likely` holds for."""
        for key in sorted(told.keys(facts)):
            for award, theirs in self._by_key.get(key, ()):
                if fits(facts, theirs, self._owner) is not None:
                    return award
        return None

    def _may_be(self, award: Award, facts: Facts | None) -> bool:
        """Whether nothing that is known of the entry's award speaks against it."""
        if facts is None:
            return True
        return not any(any(contradictions(facts, one, self._owner)) for one in award.forms)

    def _called(self, claim: Claim) -> Award | None:
        """The one award with this title and issuer; of several, the one of this date."""
        shared: dict[int, int] = {}
        for word in _words(claim.title):
            for at in self._by_word.get(word, ()):
                shared[at] = shared.get(at, 0) + 1
        most = sorted(shared, key=lambda at: (-shared[at], at))[:_COMPARED]
        found = [self.every[at] for at in most if _is_called(self.every[at], claim)]
        if len(found) > 1 and claim.issued:
            found = [one for one in found if _is_of_day(one, claim.issued)]
        return found[0] if len(found) == 1 else None


def _is_called(award: Award, claim: Claim) -> bool:
    issuers = [award.card.issuer, *(facts.issuer for facts in award.forms)]
    called = [name for name in issuers if name]
    name = award.card.name or ""
    if same_title(claim.title or "", name, called[0] if called else "").agrees is not True:
        return False
    return not claim.issuer or same_issuer(claim.issuer, *called).agrees is True


def _is_of_day(award: Award, said: str) -> bool:
    moment = read_moment(award.card.issued) if award.card.issued else None
    return dates.same_day(dates.read(said), moment, None).agrees is True


def _is_renewal(one: Facts, other: Facts) -> bool:
    if not set(one.issuers) & set(other.issuers):
        return False
    shared = one.achievement is not None and one.achievement == other.achievement
    return shared or (one.title is not None and one.title == other.title)


def _words(title: str | None) -> frozenset[str]:
    return frozenset(word for word in fold(title or "") if len(word) > 2 or not word.isascii())

"""Whom will somebody be taken for who calls themselves so? Names of organisations, compared as
people read them: look-alike signs, other spellings, order, slips, and words that anybody adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from verifier.ports import ListedIssuer
from verifier.signs import folded, looks, prototype, sounds, voices
from verifier.trust.called import Called, Name, read, readings
from verifier.trust.kept import Kept, kept
from verifier.trust.slips import distance, shorter, single
from verifier.trust.spelled import SHORTEST, Spelling, each, in_any_order, spellings
from verifier.trust.words import known

#: Shorter than this a name is too common to be meant when it is written with one letter wrong, in
#: several words for one, with two neighbours exchanged or a letter doubled, with two letters wrong,
#: or with another first letter; or to be known by its sound, or by its sound and first letter.
_TYPO, _APART, _SWAP, _TWO_TYPOS, _FIRST, _SOUND, _HEARD = 6, 8, 5, 9, 8, 6, 5
#: A name in another script is known by its voices where those are so many, or where it sounds alike
#: (in percent).
_VOICES, _ALIKE = 4, 50
#: What is joined to a word of trade, or is all of a domain, is a name where it is so long.
_GLUED, _ALONE = 5, 10


class Form(Struct, frozen=True):
    """One way to write the name of a listed issuer, and its place among the lists' issuers."""

    spelled: Spelling
    issuer: ListedIssuer
    place: int

    @property
    def words(self) -> Name:
        """Its words in order."""
        return self.spelled.words

    @property
    def is_brand(self) -> bool:
        """Whether it is one word that is no kind of body."""
        return len(self.words) == 1 and not self.words[0].startswith("=")


class Names:
    """The names of listed issuers, prepared once for finding who resembles one of them."""

    def __init__(self, issuers: Iterable[ListedIssuer]) -> None:
        forms = [
            Form(spelled, issuer, place)
            for place, issuer in enumerate(issuers)
            if issuer.policy != "deny"
            for name in (issuer.name, *issuer.called)
            for spelled in spellings(name, own=name == issuer.name)
        ]
        first = forms[::-1]  # of two with one key the first counts, which comes last here
        self._looks = {form.spelled.looks: form for form in first}
        self._order = {form.spelled.order: form for form in first}
        self._sounds = {form.spelled.sounds: form for form in first}
        self._voices = {form.spelled.voices: form for form in first}
        self._short: dict[str, list[Form]] = {}
        for form in forms:
            for word in shorter(_plain(form.words)):
                self._short.setdefault(word, []).append(form)
        self._long = [
            (plain, form)
            for form in forms
            for plain in [_plain(form.words)]
            if form.is_brand and len(plain) >= _TWO_TYPOS
        ]

    def namesake(self, called: str) -> ListedIssuer | None:
        """The listed issuer for whom somebody called so will be taken, or `None`."""
        runs = dict.fromkeys([run for name in readings(called) for run in self._telling(name)])
        for find in (self._same, self._glued, self._near):
            for run, kinds in runs:
                form = find(run)
                if form is not None and (form.is_brand or not kinds):
                    return form.issuer
        return None

    def in_label(self, label: str) -> ListedIssuer | None:
        """The listed issuer whose name `label`, a part of a domain, says beside words of trade."""
        name = read(label.replace("-", " "))
        for run, _ in self._telling(name):
            form = self._same(run) or self._glued(run)
            least = _ALONE if len(run) == len(name.words) else SHORTEST
            if form is not None and len(_plain(form.words)) >= least:
                return form.issuer
        return None

    def _telling(self, name: Called) -> Iterator[tuple[Name, bool]]:
        """Runs of words around which nothing stands but kinds of body (then, and `True`), the run
        once more, or brands.
        """
        for run, beside in name.runs():
            if not beside:
                yield run, False
                continue
            kinds = [word for word in beside if word.startswith("=")]
            others = [word for word in beside if word not in run and word not in kinds]
            if all(self._is_brand(word) for word in others):
                yield run, bool(kinds)

    def _is_brand(self, word: str) -> bool:
        form = self._looks.get(looks(word))
        return form is not None and form.is_brand

    def _same(self, run: Name) -> Form | None:
        """Whose name `run` is, in any order, with or without blanks and figures behind it."""
        bare = tuple(map(_bare, run))
        return (
            self._looks.get(each(looks, run))
            or self._looks.get(each(looks, bare))
            or self._order.get(in_any_order(run))
        )

    def _glued(self, run: Name) -> Form | None:
        """Whose name `run`, a single word, begins or ends with, the rest being a word of trade."""
        if len(run) != 1 or run[0].startswith("="):
            return None
        word, listed = run[0], known()
        for at in range(2, len(word) - 1):
            for name, rest in ((word[:at], word[at:]), (word[at:], word[:at])):
                if rest in listed.extras or rest in listed.kinds or rest in listed.legal:
                    form = self._looks.get(looks(name))
                    if form is not None and len(name) >= _GLUED - (len(rest) > 3):
                        return form
        return None

    def _near(self, run: Name) -> Form | None:
        """Whose name `run` is but for a slip, or as it sounds."""
        plain = _plain(run)
        near = [form for word in shorter(plain) for form in self._short.get(word, ())]
        slipped = [form for form in near if _slipped(run, form.words)]
        if not slipped and len(run) == 1 and len(plain) >= _TWO_TYPOS:
            slipped = [
                form
                for name, form in self._long
                if name[0] == plain[0] and distance(plain, name, 2) <= 2
            ]
        if slipped:
            return self._nearest(plain, slipped)
        heard = each(sounds, run)
        same = self._sounds.get(heard)
        if same is not None and (len(run) == len(same.words) or len(heard) >= _APART):
            begins = len(heard) >= _HEARD and plain[0] == _plain(same.words)[0]
            if begins or len(heard) >= _SOUND:
                return same
        return self._in_another_script(run)

    def _nearest(self, plain: str, forms: list[Form]) -> Form:
        """The one with the fewest slips; of several, the first of the lists."""
        most = len(plain)
        return min(forms, key=lambda one: (distance(plain, _plain(one.words), most), one.place))

    def _in_another_script(self, run: Name) -> Form | None:
        if all(word.startswith("=") or word < "\u0370" for word in run):
            return None
        said = each(voices, run)
        form = self._voices.get(said)
        if form is None or len(said) < 2:
            return None
        from rapidfuzz.distance import OSA

        alike = OSA.normalized_similarity(each(sounds, run), form.spelled.sounds) * 100
        return form if len(said) >= _VOICES or alike >= _ALIKE else None


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two issuers' names read the same, but for case, punctuation and legal forms."""
    return bool(one) and bool(other) and _exact(str(one)) == _exact(str(other)) != ""


def names_of(issuers: Iterable[ListedIssuer]) -> Names:
    """The names of these issuers, prepared when first asked for."""
    return _names(kept(issuers))


@lru_cache(maxsize=16)
def _names(issuers: Kept[ListedIssuer]) -> Names:
    return Names(issuers)


@lru_cache(maxsize=8192)
def _exact(name: str) -> str:
    dropped = known().legal | {"the", "foundation"}
    words = [word for word in re.findall(r"[^\W_]+", folded(name)) if word not in dropped]
    return "".join("".join(map(prototype, word)) for word in words)


def _plain(words: Name) -> str:
    """The words as one, kinds of body first: their place differs from language to language."""
    return "".join(_in_order(words))


def _in_order(words: Name) -> Name:
    return tuple(sorted(words, key=lambda word: not word.startswith("=")))


def _bare(word: str) -> str:
    """A word without figures behind it, and in the singular."""
    bare = word.rstrip("0123456789")
    bare = bare if len(bare) >= SHORTEST else word
    return bare[:-1] if len(bare) > 4 and bare.endswith("s") else bare


def _slipped(run: Name, words: Name) -> bool:
    """Whether two names differ by a slip in one word that is long enough to show one."""
    mine, theirs = _in_order(run), _in_order(words)
    apart = len(mine) != len(theirs)
    if apart:
        mine, theirs = ("".join(mine),), ("".join(theirs),)
    differ = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if len(differ) != 1 or any(word.startswith("=") for word in differ[0]):
        return False
    one, other = differ[0]
    length = max(len(one), len(other))
    if (one[0] != other[0] and length < _FIRST) or (apart and length < _APART):
        return False
    swapped = len(one) == len(other) and sorted(one) == sorted(other)
    if swapped or single(one) == single(other):
        return length >= _SWAP and distance(one, other, 2) <= 2
    return length >= _TYPO and distance(one, other, 1) == 1

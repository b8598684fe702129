"""Whom will somebody be taken for who calls themselves so? Names of organisations, compared as
people read them: look-alike signs, other spellings, order, typos, and words that anybody adds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from verifier.ports import ListedIssuer
from verifier.trust.kept import Kept
from verifier.trust.signs import folded, looks, prototype, sounds, voices
from verifier.trust.words import known

#: Shorter than this a name is too common to mean anybody; or to be written wrongly by one letter,
#: by two neighbours exchanged, by two letters; or to be known by its sound.
_SHORTEST, _TYPO, _SWAP, _TWO_TYPOS, _SOUND = 3, 6, 5, 10, 5
#: A name in another script is known by its voices where those are so many, or where it sounds alike
#: (in percent).
_VOICES, _ALIKE = 4, 50
#: A domain's label says a name only where the name is so long.
_IN_A_DOMAIN = 5
_LONGEST, _MOST_WORDS = 200, 12
Name = tuple[str, ...]


@dataclass(frozen=True)
class Called:
    """A name as read: its words, of which those in `extra` are such as anybody adds."""

    words: Name
    extra: frozenset[int]

    def runs(self) -> Iterator[tuple[Name, bool]]:
        """Every run of words that may be a known name, and whether what stands around it tells
        nothing, or only of which kind the body is.
        """
        size = len(self.words)
        for start in range(size):
            for end in range(start + 1, size + 1):
                outside = [i for i in range(size) if not start <= i < end]
                kinds = [i for i in outside if self.words[i].startswith("=")]
                run = self.words[start:end]
                rest = [i for i in outside if i not in self.extra and self.words[i] not in run]
                if not set(rest) - set(kinds):
                    yield run, bool(kinds)
                elif self._stands_with(start, end):
                    yield run, True

    def _stands_with(self, start: int, end: int) -> bool:
        """Whether a word beside the run says that its bearer is with somebody."""
        words = known()
        follows = start > 0 and self.words[start - 1] in words.before
        return follows or (end < len(self.words) and self.words[end] in words.after)


@lru_cache(maxsize=4096)
def read(name: str) -> Called:
    """`name` without legal forms, and without small words but those before somebody's name."""
    listed = known()
    words: list[str] = []
    extra: set[int] = set()
    for word in _words(name):
        if word in listed.legal or (word in listed.joins and word not in listed.before):
            continue
        if word in listed.extras or word in listed.before or word.isdecimal():
            extra.add(len(words))
        words.append(listed.kinds.get(word, word))
    return Called(tuple(words[:_MOST_WORDS]), frozenset(extra))


def _words(name: str) -> Iterator[str]:
    text = folded(name[:_LONGEST])
    text = re.sub(r"(?<=\w)['\u2019\u02bc](?=\w)", "", text)
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text)
    for word in kept.split():
        yield from _unglued(word)


def _unglued(word: str) -> Iterator[str]:
    """A word of trade that stands for itself once its signs are read; in scripts without blanks, a
    kind of body apart from its name.
    """
    listed = known()
    if word > "\u2e80":
        for kind in sorted(listed.kinds, key=len, reverse=True):
            if len(word) > len(kind) >= 2 and word.endswith(kind):
                yield from (word.removesuffix(kind), kind)
                return
    plain = looks(word)
    same = _look_of_a_word().get(plain)
    yield same if same is not None and word not in listed.extras else word


@lru_cache(maxsize=1)
def _look_of_a_word() -> Mapping[str, str]:
    listed = known()
    return {
        looks(word): word
        for word in (*listed.extras, *listed.kinds, *listed.joins)
        if word.isascii() and len(word) > 3
    }


@dataclass(frozen=True)
class Form:
    """One way to write the name of a listed issuer."""

    words: Name
    issuer: ListedIssuer

    @property
    def looks(self) -> str:
        """Its words as one, as they look."""
        return _joined(self.words)

    @property
    def is_brand(self) -> bool:
        """Whether it is one word that is no kind of body."""
        return len(self.words) == 1 and not self.words[0].startswith("=")


def _joined(words: Iterable[str]) -> str:
    return "".join(word if word.startswith("=") else looks(word) for word in words)


class Names:
    """The names of listed issuers, prepared once for finding who resembles one of them."""

    def __init__(self, issuers: Iterable[ListedIssuer]) -> None:
        forms = [
            form
            for issuer in issuers
            if issuer.policy != "deny"
            for name in (issuer.name, *issuer.called)
            for form in _forms(name, issuer)
        ]
        self._looks = {form.looks: form for form in reversed(forms)}
        self._sorted = {tuple(sorted(map(_look, form.words))): form for form in reversed(forms)}
        self._sounds = {_heard(form.words): form for form in reversed(forms)}
        self._voices = {_voiced(form.words): form for form in reversed(forms)}
        self._short: dict[str, list[Form]] = {}
        for form in self._looks.values():
            for shorter in _shorter(form.looks):
                self._short.setdefault(shorter, []).append(form)
        self._long = [form for form in self._looks.values() if _is_long(form)]

    def namesake(self, called: str) -> ListedIssuer | None:
        """The listed issuer for whom somebody called so will be taken, or `None`."""
        name = read(called)
        runs = list(name.runs())
        for run, with_more in runs:
            form = self._same(run) or self._glued(run)
            if form is not None and (form.is_brand or not with_more or _is_whole(name, run)):
                return form.issuer
        for run, with_more in runs:
            form = self._near(run)
            if form is not None and (form.is_brand or not with_more):
                return form.issuer
        return None

    def in_label(self, label: str) -> ListedIssuer | None:
        """The listed issuer whose name `label`, a part of a domain, says beside words of trade."""
        name = read(label.replace("-", " "))
        for run, _ in name.runs():
            form = self._same(run) or self._glued(run)
            if form is not None and len(form.looks) >= _IN_A_DOMAIN:
                return form.issuer
        return None

    def _same(self, run: Name) -> Form | None:
        """Whose name `run` is, in any order, with or without blanks and figures behind it."""
        joined = _joined(run)
        found = self._looks.get(joined) or self._looks.get(_joined(_bare(word) for word in run))
        if found is None and len(run) > 1:
            found = self._sorted.get(tuple(sorted(map(_look, run))))
        return found

    def _glued(self, run: Name) -> Form | None:
        """Whose name `run`, a single word, begins or ends with, the rest being a word of trade."""
        if len(run) != 1 or run[0].startswith("="):
            return None
        word, listed = run[0], known()
        for at in range(2, len(word) - 1):
            head, tail = word[:at], word[at:]
            for name, rest in ((head, tail), (tail, head)):
                if rest in listed.extras or rest in listed.kinds or rest in listed.legal:
                    form = self._looks.get(looks(name))
                    if form is not None and len(name) >= _IN_A_DOMAIN - (len(rest) > 3):
                        return form
        return None

    def _near(self, run: Name) -> Form | None:
        """Whose name `run` is but for a slip, or as it sounds."""
        joined = _joined(run)
        for shorter in _shorter(joined):
            for form in self._short.get(shorter, ()):
                if _slipped(run, form.words):
                    return form
        if len(run) == 1 and len(joined) >= _TWO_TYPOS - 1:
            for form in self._long:
                if OSA.distance(joined, form.looks, score_cutoff=2) <= 2:
                    return form
        heard = self._sounds.get(_heard(run))
        if heard is not None and len(_heard(run)) >= _SOUND:
            return heard
        return self._in_another_script(run)

    def _in_another_script(self, run: Name) -> Form | None:
        if all(word.startswith("=") or word < "\u0370" for word in run):
            return None
        form = self._voices.get(_voiced(run))
        if form is None:
            return None
        alike = OSA.normalized_similarity(_heard(run), _heard(form.words)) * 100
        return form if len(_voiced(run)) >= _VOICES or alike >= _ALIKE else None


def same_name(one: str | None, other: str | None) -> bool:
    """Whether two issuers' names read the same, but for case, punctuation and legal forms."""
    return bool(one) and bool(other) and _exact(str(one)) == _exact(str(other)) != ""


def _exact(name: str) -> str:
    dropped = known().legal | {"the", "foundation"}
    words = [word for word in _words(name) if word not in dropped]
    return "".join("".join(map(prototype, word)) for word in words)


def names_of(issuers: Iterable[ListedIssuer]) -> Names:
    """The names of these issuers, prepared when first asked for."""
    return _names(Kept(tuple(issuers)))


@lru_cache(maxsize=64)
def _names(kept: Kept) -> Names:
    return Names(kept.issuers)


def _forms(name: str, issuer: ListedIssuer) -> Iterator[Form]:
    """A listed name, and what it is without the words of trade that end it."""
    called = read(name)
    end = len(called.words)
    if _tells(called.words):
        yield Form(called.words, issuer)
    while end > 1 and end - 1 in called.extra:
        end -= 1
    shorter = called.words[:end]
    if shorter != called.words and _tells(shorter) and not set(range(end)) <= called.extra:
        yield Form(shorter, issuer)


def _tells(words: Name) -> bool:
    """Whether so few words can mean one organisation."""
    own = [word for word in words if not word.startswith("=")]
    return bool(own) and sum(map(len, own)) >= _SHORTEST


def _is_whole(name: Called, run: Name) -> bool:
    return len(name.words) == len(run)


def _is_long(form: Form) -> bool:
    return form.is_brand and len(form.looks) >= _TWO_TYPOS - 1


def _look(word: str) -> str:
    return word if word.startswith("=") else looks(word)


def _bare(word: str) -> str:
    """A word without figures behind it, and in the singular."""
    bare = word.rstrip("0123456789")
    bare = bare if len(bare) >= _SHORTEST else word
    return bare[:-1] if len(bare) > 4 and bare.endswith("s") else bare


def _heard(words: Name) -> str:
    return "".join(word if word.startswith("=") else sounds(word) for word in words)


def _voiced(words: Name) -> str:
    return "".join(word if word.startswith("=") else voices(word) for word in words)


def _shorter(word: str) -> Iterator[str]:
    """The word, and every way to leave one letter out: two words one slip apart share one."""
    yield word
    yield from {word[:at] + word[at + 1 :] for at in range(len(word))}


def _slipped(run: Name, words: Name) -> bool:
    """Whether two names differ by a slip in one word that is long enough to show one."""
    mine, theirs = list(map(_look, run)), list(map(_look, words))
    if len(mine) != len(theirs):
        mine, theirs = ["".join(mine)], ["".join(theirs)]
    differ = [(a, b) for a, b in zip(mine, theirs, strict=True) if a != b]
    if len(differ) != 1 or any(word.startswith("=") for word in differ[0]):
        return False
    one, other = differ[0]
    length = max(len(one), len(other))
    if _single(one) == _single(other) and length >= _SWAP:
        return True
    if OSA.distance(one, other) != 1 or length < _SWAP:
        return False
    return length >= _TYPO or (len(one) == len(other) and sorted(one) == sorted(other))


def _single(word: str) -> str:
    """Doubled letters as one."""
    return re.sub(r"(.)\1+", r"\1", word)

"""Titles: does the page call the badge what it is called, or more, or something else?

What both titles say counts for nothing: only the words that one of them has alone tell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import product

from rapidfuzz.fuzz import ratio

from verifier.claims.fit import LESS, OTHER, SAME, UNTOLD, Fit
from verifier.claims.words import fold, known, shown

#: How alike (in percent) two words are that may be one, in another spelling or language.
_NEAR = 70
_LONGEST = 300
_ROMAN = {
    word: str(number)
    for number, word in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"), 1)
}
#: Figures that stand for letters.
_FIGURES = str.maketrans("01345", "oieas")
#: A rung this high on its ladder is something to boast of.
_HIGH = 2
#: Scripts in which one language only is written.
_ONE_LANGUAGE = frozenset(("GREEK", "HEBREW", "THAI", "HANGUL", "GEORGIAN", "ARMENIAN"))
#: Scripts without blanks: there, each sign is a word.
_SIGN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_CERTIFICATE = re.compile(r"\bprofessional (?=certifica(?:te|tion)s?\b)", re.IGNORECASE)


def same_title(said: str, name: str, issuer: str) -> Fit:
    """How the title that is `said` fits the badge's `name`, whose issuer calls itself `issuer`."""
    said, name = shown(said[:_LONGEST]), shown(name[:_LONGEST])
    if fold(said) == fold(name) != ():
        return SAME
    page, badge = _words(said), _words(name)
    if not page or not badge:
        return UNTOLD
    mine, theirs = page - badge, badge - page
    ranked = _ranked(mine, theirs) or _counted(mine, theirs)
    if ranked is not None:
        return Fit(
            ranked.agrees, ranked.less, _written(ranked.page, said), _written(ranked.badge, name)
        )
    mine = mine - _words(issuer)
    if not mine:
        left_out = known().lessening | {word for word, rung in _rungs(theirs) if rung < _HIGH}
        return UNTOLD if theirs & left_out else SAME
    if not theirs:
        return _added(mine)
    if page & badge or _may_be_one(said, name, page, badge):
        return UNTOLD
    return OTHER


def _words(text: str) -> frozenset[str]:
    """The words that tell something, in the singular; Roman numbers as numbers."""
    found = []
    for word in fold(_CERTIFICATE.sub("", text)):
        ranks = [rank for rank in _signs_of_rank() if rank in word]
        for rank in ranks:
            found.append(rank)
            word = word.replace(rank, "")
        found += _SIGN.findall(word) if _SIGN.search(word) else [_rank(word)]
    return frozenset(
        _ROMAN.get(word, _singular(word)) for word in found if word and word not in known().neutral
    )


@cache
def _signs_of_rank() -> tuple[str, ...]:
    """Ranks in scripts without blanks."""
    return tuple(
        word
        for ladder in known().ladders
        for rung in ladder
        for word in rung
        if _SIGN.match(word) and len(word) > 1
    )


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


@cache
def _ladders() -> tuple[dict[str, int], ...]:
    return tuple(
        {_singular(word): rung for rung, words in enumerate(ladder) for word in words}
        for ladder in known().ladders
    )


def _rank(word: str) -> str:
    """A rank that is written with figures for some of its letters as that rank."""
    plain = word.translate(_FIGURES)
    hides = plain != word and len(plain) > 3 and any(plain in ladder for ladder in _ladders())
    return plain if hides else word


def _rungs(words: frozenset[str]) -> Iterator[tuple[str, int]]:
    """The words of rank among `words`, each with its rung."""
    for ladder in _ladders():
        yield from ((word, ladder[word]) for word in words if word in ladder)


def _ranked(mine: frozenset[str], theirs: frozenset[str]) -> Fit | None:
    """How the ranks compare that only one of two titles names, where both name one."""
    for ladder in _ladders():
        ups = [(ladder[word], word) for word in mine if word in ladder]
        downs = [(ladder[word], word) for word in theirs if word in ladder]
        if ups and downs:
            (high, page), (low, badge) = max(ups), max(downs)
            if high == low:
                return UNTOLD
            return Fit(False if high > low else None, high < low, page, badge)
    return None


def _written(word: str | None, text: str) -> str | None:
    """`word` as it is written in `text`."""
    spelled = re.findall(r"[^\W_]+", text)
    return next((one for one in spelled if word in {_singular(part) for part in fold(one)}), word)


def _counted(mine: frozenset[str], theirs: frozenset[str]) -> Fit | None:
    """How two titles compare that differ by a number alone, be it a level's, an edition's or a
    year's.
    """
    page, badge = mine - _levels(), theirs - _levels()
    if len(page) != 1 or len(badge) != 1:
        return None
    (one,), (other,) = page, badge
    if not (one.isdecimal() and other.isdecimal()):
        return None
    if int(one) == int(other):
        return SAME
    less = int(one) < int(other) and len(one) <= 2
    return LESS if less else OTHER


@cache
def _levels() -> frozenset[str]:
    return frozenset(map(_singular, known().levels))


def _added(mine: frozenset[str]) -> Fit:
    """What a page makes of a title by more words: a high rank is more than the badge says."""
    high = [word for word, rung in _rungs(mine) if rung >= _HIGH]
    return OTHER if high and len(mine) == 1 else UNTOLD


def _may_be_one(said: str, name: str, page: frozenset[str], badge: frozenset[str]) -> bool:
    """Whether titles without a word in common may still be one: short for the other, near it in
    writing, a code, or in another language.
    """
    return (
        not _one_language(said, name)
        or _is_code(said)
        or _is_code(name)
        or _stands_for(said, name)
        or _stands_for(name, said)
        or any(_near(one, other) for one, other in product(page, badge))
    )


def _near(one: str, other: str) -> bool:
    start = min(len(one), len(other))
    begins = start >= 4 and one[:start] == other[:start]
    return begins or ratio(one, other) >= _NEAR


def _is_code(text: str) -> bool:
    """Whether it is the sign of an exam rather than a title: “AZ-900”, “CKA”."""
    return all(
        any(c.isdigit() for c in word) or (word.isupper() and len(word) <= 6)
        for word in re.findall(r"[\w-]+", text)
    )


def _stands_for(short: str, long: str) -> bool:
    """Whether a word of `short` is made of the first letters of words of `long`."""
    initials = "".join(word[0] for word in fold(long))
    telling = "".join(word[0] for word in fold(long) if word not in known().neutral)
    return any(len(word) >= 2 and (word in initials or word in telling) for word in fold(short))


def _one_language(one: str, other: str) -> bool:
    """Whether both are surely in one language: in English, where nothing hints at another."""
    scripts = _scripts(one) | _scripts(other)
    if len(scripts) != 1:
        return False
    if scripts != {"LATIN"}:
        return scripts <= _ONE_LANGUAGE
    mine, theirs = _languages(one), _languages(other)
    return mine == theirs and len(mine) == 1


def _scripts(text: str) -> set[str]:
    if text.isascii():
        return {"LATIN"} if any(map(str.isalpha, text)) else set()
    return {unicodedata.name(c, "?").split()[0] for c in text if c.isalpha()}


def _languages(text: str) -> set[str]:
    """The languages that small words and endings hint at; `en` without a hint."""
    words, every = set(fold(text)), known()
    hinted = {language for language, small in every.small.items() if small & words}
    hinted |= {
        language
        for language, endings in every.endings.items()
        if any(len(word) > 5 and word.endswith(endings) for word in words)
    }
    if not text.isascii() and any(c.isalpha() and not c.isascii() for c in text):
        hinted.add("with accents")
    return hinted or {"en"}

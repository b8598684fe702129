"""How one word of a name is spelled: letters and lists that leave no doubt that two are one."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from verifier.names import abjads
from verifier.names.words import known

_FOLDS = (
    (re.compile(r"^mc(?=[a-z]{3})"), "mac"),
    (re.compile(r"^abd[aeu][lr]"), "abdul"),
    (re.compile(r"(?<=..)[aeu](?:ld|dd)[ei]{1,2}ne?$"), "eldin"),
    (re.compile(r"ij"), "i"),
    (re.compile(r"(?:ii|iy|yi|yy|ij)$"), "i"),
    (re.compile(r"^ye(?=v)"), "e"),
    (re.compile(r"ou|oy(?=l|$)"), "u"),
    (re.compile(r"^oh(?=[^aeiouh])|oh$"), "o"),
    (re.compile(r"y"), "i"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"^(ale|ma|o)ks"), r"\1x"),
    (re.compile(r"(?<=[aeiou])([^aeiou]+)ee(?=[^aeiou]$)"), r"\1i"),
    (re.compile(r"(?<=[aeiou])([^aeiou]+)oo(?=[^aeiou]$)"), r"\1u"),
    (re.compile(r"(?<!^ma)([^eo])\1+"), r"\1"),
)
#: Folded words that are remembered.
_KEPT = 4096
#: Words as short as this are told apart by every letter.
SHORT = 3


@lru_cache(maxsize=_KEPT)
def fold(word: str) -> str:
    """The word with spellings that are one sound in every tradition made one."""
    if len(word) > SHORT:
        for pattern, by in _FOLDS:
            word = pattern.sub(by, word)
    return word


def same_letters(one: str, other: str) -> bool:
    """Whether two words with accents, in one script, are one: đ is also written dj, and some of the
    accents may be left out, as capitals in Greek leave out theirs, but only in one of the two.
    """
    mine, theirs = (_lettered(word.replace("đ", "dj")) for word in (one, other))
    return mine == theirs or _is_less(mine, theirs) or _is_less(theirs, mine)


def _lettered(word: str) -> list[tuple[str, str]]:
    """Each letter, and the accents on it; й and the like are letters of their own."""
    if not all(letter < "\u0400" or "\u1e00" <= letter < "\u2000" for letter in word):
        return [(letter, "") for letter in word]
    found = (unicodedata.normalize("NFD", letter) for letter in word)
    return [(letter[0], letter[1:]) for letter in found]


def _is_less(less: list[tuple[str, str]], more: list[tuple[str, str]]) -> bool:
    return len(less) == len(more) and all(
        a[0] == b[0] and a[1] in ("", b[1]) for a, b in zip(less, more, strict=True)
    )


def is_known(one: str, other: str) -> bool:
    """A short form and its name, or two spellings of one name, by our own list."""
    short, spelled = _forms_known()
    a, b = fold(one), fold(other)
    if spelled.get(a) is not None and spelled.get(a) == spelled.get(b):
        return True
    return b in short.get(a, ()) or a in short.get(b, ())


@cache
def _forms_known() -> tuple[dict[str, frozenset[str]], dict[str, int]]:
    short: dict[str, frozenset[str]] = {}
    for name, forms in known().short_forms.items():
        short[fold(name)] = short.get(fold(name), frozenset()) | set(map(fold, forms))
    groups = enumerate((*abjads.groups(), *known().spellings))
    return short, {fold(word): number for number, group in groups for word in group}

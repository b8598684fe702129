"""Names in Arabic and Hebrew letters, which leave most vowels to the reader.

A list of names (`abjads.json`) decides; words that are on neither side of it fit only by three
consonants or more, with every vowel where one may be.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from verifier.names.tables import Letters, choices, tables

#: Scripts whose names are on our list.
LISTED = frozenset(("arabic", "hebrew"))
_HARAKAT = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d]")
_ARABIC = str.maketrans("أإآٱىیئکةۀہھ", "ااااييئكهههه")
_ARTICLE = re.compile("^ال(?=..)")
_SERVANT = re.compile("^عبدال(.+)$")
_FAITH = re.compile("^(.+)الدين$")
_NIQQUD = re.compile("[\u0591-\u05c7'\u05f3\u05f4\"]")
_ALEF = "\u0627"
#: How Hebrew writes a first “i” or “ei”; with a short vowel behind it in “Eyal”.
_ALEF_YOD = "אי"
_OPENING = ("i", "ei", "ey", "ai", "ay", "eya", "aya")
_CONSONANTS = 3


def arabic(word: str) -> str:
    """The word with letters that are often typed for one another made one."""
    return _HARAKAT.sub("", word).translate(_ARABIC)


def latin(kind: str, word: str) -> frozenset[str]:
    """What a word is written as if it is a name on our list."""
    if kind == "arabic":
        return frozenset(_listed_arabic(word))
    return frozenset(_listed("hebrew").get(_NIQQUD.sub("", word), ()))


def is_listed(kind: str, word: str) -> bool:
    """Whether a Latin spelling belongs to a name on our list."""
    return word in _all_listed(kind)


@cache
def _listed(kind: str) -> dict[str, tuple[str, ...]]:
    text = (Path(__file__).parent / "abjads.json").read_text("utf-8")
    names: dict[str, str] = json.loads(text)[kind]
    found: dict[str, tuple[str, ...]] = {}
    for name, spellings in names.items():
        key = arabic(name) if kind == "arabic" else name
        found[key] = (*found.get(key, ()), *spellings.split("|"))
    return found


@cache
def _all_listed(kind: str) -> frozenset[str]:
    return frozenset(word for words in _listed(kind).values() for word in words)


def _listed_arabic(word: str) -> Iterator[str]:
    """With and without the article; with what is built from a name: “servant of …”, “… of the
    faith”.
    """
    plain = arabic(word)
    bare = _ARTICLE.sub("", plain)
    yield from _built_of(plain)
    if bare != plain:
        for name in _built_of(bare):
            yield from (name, f"al{name}", f"el{name}")


def _built_of(word: str) -> Iterator[str]:
    names = _listed("arabic")
    yield from names.get(word, ())
    servant, faith = _SERVANT.match(word), _FAITH.match(word)
    if servant is not None:
        yield from (f"abdul{name}" for name in names.get(servant[1], ()))
        if servant[1] == "له":
            yield "abdullah"
    if faith is not None:
        yield from (f"{name}eldin" for name in names.get(faith[1], ()))


def groups() -> Iterator[tuple[str, ...]]:
    """Spellings that belong to one name on our list and to no other."""
    names = _listed("arabic")
    often = Counter(word for words in names.values() for word in set(words))
    for words in names.values():
        if len(words) > 1 and all(often[word] == 1 for word in words):
            yield words


def letters(kind: str, word: str) -> Letters:
    """A word by its consonants and the vowels that are written: short ones may stand between."""
    bare = _ARTICLE.sub("", arabic(word)) if kind == "arabic" else _NIQQUD.sub("", word)
    table = tables()[kind]
    found: list[tuple[str, ...]] = []
    if kind == "arabic" and bare != arabic(word):
        found.append(("", "al", "el"))
    consonants, vowel_before, long_a, first = 0, True, False, True
    for place, letter in enumerate(bare):
        told = table.get(letter)
        if told is None:
            return ()
        last = place == len(bare) - 1
        ways = choices(told)
        if place == 1 and bare.startswith(_ALEF_YOD) and not last:
            found[0] = _OPENING  # the two are one vowel, or a vowel and a “y”
            continue
        if place == 0 and letter in "اאعע":
            found.append(("a", "e", "i", "o", "u"))
            vowel_before = True
            continue
        if last and letter in "הه":
            ways = ("a", "ah", "e", "eh")
        elif letter not in "اאعעءئؤ" and (
            letter not in "ويוי" or last or vowel_before or not place
        ):
            if not vowel_before:
                found.append(_short(kind, first=first, after_a=long_a))
                first = False
            consonants += 1
            found.append((*ways, *(way * 2 for way in ways if len(way) == 1)))
            vowel_before = False
            continue
        found.append(ways)
        vowel_before, first = True, False
        long_a = letter == _ALEF
    return tuple(found) if consonants >= _CONSONANTS else ()


def _short(kind: str, *, first: bool, after_a: bool) -> tuple[str, ...]:
    """Short vowels, none among them: which one is certain only where a word has one shape."""
    if first:
        return ("a", "e", "i", "o", "u", "")
    return ("a", "i", "e", "") if after_a and kind == "arabic" else ("a", "e", "")

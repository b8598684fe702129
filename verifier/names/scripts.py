"""Names in other scripts than the Latin: whether a word in Latin letters can be nothing else than
what such a word is written as.

Each letter is a choice of what it is written as (`scripts.json`). Scripts that write few vowels
leave too much open for that: there a list of names (`abjads.json`) decides, and words that are on
neither side of it fit only by three consonants or more, with every vowel where one may be.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

from anyascii import anyascii

#: What a letter, or several together, may be written as.
Letters = tuple[tuple[str, ...], ...]

#: Scripts whose names are on our list.
LISTED = frozenset(("arabic", "hebrew"))
_HANGUL, _SYLLABLES, _KANA = 0xAC00, 11_172, range(0x3040, 0x3100)
_BRAHMIC = range(0x0900, 0x0D80)
_HARAKAT = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200c\u200d]")
_ARABIC = str.maketrans("أإآٱىیئکةۀہھ", "ااااييئكهههه")
_ARTICLE = re.compile("^ال(?=..)")
_SERVANT = re.compile("^عبدال(.+)$")
_FAITH = re.compile("^(.+)الدين$")
_NIQQUD = re.compile("[\u0591-\u05c7'\u05f3\u05f4\"]")
_ALEF = "\u0627"
_CONSONANTS = 3
_VOWELS = "aeiou"


def arabic(word: str) -> str:
    """The word with letters that are often typed for one another made one."""
    return _HARAKAT.sub("", word).translate(_ARABIC)


def latin(word: str) -> frozenset[str]:
    """What a word is written as, where all ways can be listed: names in Arabic and Hebrew letters
    that are on our list. Empty for anything else.
    """
    kind = _script(word)
    if kind == "arabic":
        return frozenset(_listed_arabic(word))
    if kind == "hebrew":
        return frozenset(_listed("hebrew").get(_NIQQUD.sub("", word), ()))
    return frozenset()


def signs(word: str) -> Iterator[frozenset[str]]:
    """What each sign of a word in Chinese or Korean is written as."""
    for place, sign in enumerate(word):
        if _HANGUL <= ord(sign) < _HANGUL + _SYLLABLES:
            yield frozenset(_korean(sign, family=place == 0 and len(word) > 1))
        else:
            yield frozenset(_chinese(sign, family=place == 0 and len(word) > 1))


def is_signs(word: str) -> bool:
    """Whether each sign of the word is a part of a name."""
    return word[0] > "\u2e80" and ord(word[0]) not in _KANA


def same_sign(one: str, other: str) -> bool:
    """Whether two signs are one, or the older and the newer form of one."""
    return one == other or _newer().get(one, one) == _newer().get(other, other)


def letters(word: str) -> Letters:
    """What each letter is written as; empty where the script is unknown, or nothing is certain."""
    kind = _script(word)
    spelled = _SPELLED.get(kind)
    return spelled(word) if spelled is not None else ()


def written(letters: Letters, word: str) -> bool:
    """Whether `word`, in the letters a to z, is what `letters` may be written as, all of them."""
    ends = {0}
    for choices in letters:
        ends = {
            end + len(choice) for end in ends for choice in choices if word.startswith(choice, end)
        }
    return len(word) in ends


def hiragana(word: str) -> str:
    """Katakana as the other kana, in which Japanese is written just as well."""
    return "".join(chr(ord(c) - 0x60) if "\u30a1" <= c <= "\u30f6" else c for c in word)


def is_listed(kind: str, word: str) -> bool:
    """Whether a Latin spelling belongs to a name on our list."""
    return word in _all_listed(kind)


def script(word: str) -> str:
    """The script of a word, as far as we know it; else empty."""
    return _script(word)


@cache
def _data() -> Mapping[str, Any]:
    data: dict[str, Any] = json.loads((files("verifier.names") / "scripts.json").read_text("utf-8"))
    return data


@cache
def _newer() -> dict[str, str]:
    pairs: str = _data()["chinese"]["newer"]
    return {pair[1]: pair[0] for pair in pairs.split()}


@cache
def _listed(kind: str) -> dict[str, tuple[str, ...]]:
    text = (files("verifier.names") / "abjads.json").read_text("utf-8")
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


@cache
def _script(word: str) -> str:
    """By the first letter; a word that mixes scripts has none."""
    kinds = {_kind(letter) for letter in word if letter.isalpha()}
    return kinds.pop() if len(kinds) == 1 else ""


def _kind(letter: str) -> str:
    if ord(letter) in _KANA:
        return "kana"
    first = unicodedata.name(letter, "?").split()[0]
    return "indic" if ord(letter) in _BRAHMIC else first.lower()


def _choices(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.split("|")))


def _by_table(kind: str) -> Callable[[str], Letters]:
    """Read with a table in which two letters together go before one."""

    def read(word: str) -> Letters:
        table, found, at = _data()[kind], [], 0
        while at < len(word):
            two = word[at : at + 2]
            size = 2 if len(two) == 2 and two in table else 1
            choices = table.get(word[at : at + size])
            if choices is None:
                return ()
            single = tuple(
                "".join(both)
                for both in product(*(_choices(table.get(one, "")) for one in two))
                if size == 2
            )
            found.append(tuple(dict.fromkeys((*_choices(choices), *single))))
            at += size
        return tuple(found)

    return read


def _cyrillic(word: str) -> Letters:
    return _by_table("cyrillic")(word.casefold())


def _greek(word: str) -> Letters:
    bare = unicodedata.normalize("NFD", word.casefold())
    return _by_table("greek")("".join(c for c in bare if not unicodedata.combining(c)))


def _indic(word: str) -> Letters:
    """Scripts that descend from Brahmi have each letter at one place of their block. A consonant
    carries an “a” that the North leaves away in speech, and the South writes.
    """
    listed = _data()["indic_words"].get(word)
    if listed is not None:
        return (_choices(listed),)
    north = ord(word[0]) < 0x0B00
    base = ord(word[0]) & ~0x7F
    own = {0x0980: "bengali", 0x0B80: "tamil"}.get(base, "")
    table = {**_data()["indic"], **_data().get(own, {})}
    found: list[tuple[str, ...]] = []
    held = False  # a consonant whose vowel has not been told
    joined = False  # that consonant stands in a cluster
    for sign in unicodedata.normalize("NFC", word):
        place = ord(sign) & 0x7F
        if place == 0x3C:  # a dot that makes a foreign sound: both are in use
            found[-1:] = [(*found[-1], *_DOTTED.get(found[-1][0], ()))] if found else []
            continue
        if place == 0x4D:
            held, joined = False, True
            continue
        choices = table.get(f"{place:02x}")
        if choices is None:
            return ()
        consonant = 0x15 <= place <= 0x39 or 0x58 <= place <= 0x5F
        if held and (consonant or place in (0x01, 0x02, 0x03, 0x70) or 0x05 <= place <= 0x14):
            found.append(("a", "o", "") if own == "bengali" else ("a", ""))
        found.append(_choices(choices))
        joined = joined and consonant and not held
        held = consonant
    if held:
        found.append((("a", "") if joined else ("",)) if north else ("a",))
    return tuple(found)


#: What a dot below makes of the first way to write a consonant.
_DOTTED = {"j": ("z",), "ph": ("f",), "k": ("q",), "d": ("r",), "y": ("",)}


def _abjad(kind: str) -> Callable[[str], Letters]:
    """A word by its consonants and the vowels that are written: short ones may stand between."""

    def read(word: str) -> Letters:
        bare = _ARTICLE.sub("", arabic(word)) if kind == "arabic" else _NIQQUD.sub("", word)
        table = _data()[kind]
        found: list[tuple[str, ...]] = []
        if kind == "arabic" and bare != arabic(word):
            found.append(("", "al", "el"))
        consonants, vowel_before, long_a, first = 0, True, False, True
        for place, letter in enumerate(bare):
            choices = table.get(letter)
            if choices is None:
                return ()
            last = place == len(bare) - 1
            ways = _choices(choices)
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

    return read


def _short(kind: str, *, first: bool, after_a: bool) -> tuple[str, ...]:
    """Short vowels, none among them: which one is certain only where a word has one shape."""
    if first:
        return ("a", "e", "i", "o", "u", "")
    return ("a", "i", "e", "") if after_a and kind == "arabic" else ("a", "e", "")


def _korean(sign: str, *, family: bool) -> Iterator[str]:
    korean = _data()["korean"]
    listed = korean["families"].get(sign) if family else korean["syllables"].get(sign)
    if listed is not None:
        yield from _choices(listed)
        return
    number = ord(sign) - _HANGUL
    final = korean["finals"][number % 28]
    vowels = _choices(korean["vowels"][number % 588 // 28])
    if not final and vowels[0] in ("eo", "yeo"):  # a “u” for these only before a consonant
        vowels = tuple(way for way in vowels if way not in ("u", "yu"))
    parts = (_choices(korean["initials"][number // 588]), vowels, _choices(final))
    yield from map("".join, product(*parts))


def _chinese(sign: str, *, family: bool) -> Iterator[str]:
    chinese = _data()["chinese"]
    listed = (family and chinese["families"].get(sign)) or chinese["readings"].get(sign)
    yield from _choices(listed or anyascii(sign).lower())


def _kana(word: str) -> Letters:
    """Hepburn as it is written: long vowels by two letters, by one, or by an h."""
    sounds = _SOUNDS.findall(anyascii(word).lower())
    return tuple(_SPELT.get(sound, (sound,)) for sound in sounds)


_SOUNDS = re.compile(r"ou|oo|uu|cch|n(?=[bmp])|[a-z]")
_SPELT = {
    "ou": ("o", "ou", "oh"),
    "oo": ("o", "oo", "oh"),
    "uu": ("u", "uu", "uh"),
    "cch": ("cch", "tch"),
    "n": ("n", "m"),
}
_SPELLED: Mapping[str, Callable[[str], Letters]] = {
    "cyrillic": _cyrillic,
    "greek": _greek,
    "indic": _indic,
    "kana": _kana,
    "arabic": _abjad("arabic"),
    "hebrew": _abjad("hebrew"),
}

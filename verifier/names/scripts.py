"""Names in other scripts than the Latin: whether a word in Latin letters can be nothing else than
what such a word is written as.

Each letter is a choice of what it is written as (`scripts.json`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache, lru_cache, partial
from itertools import product

from anyascii import anyascii

from verifier.names import abjads
from verifier.names.tables import Letters, choices, tables

#: Words whose script is remembered.
_KEPT = 4096
_HANGUL, _SYLLABLES, _KANA = 0xAC00, 11_172, range(0x3040, 0x3100)
_BRAHMIC = range(0x0900, 0x0D80)


def latin(word: str) -> frozenset[str]:
    """What a word is written as if it is one of the names in Arabic or Hebrew letters on our
    list; else empty.
    """
    kind = script(word)
    return abjads.latin(kind, word) if kind in abjads.LISTED else frozenset()


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
    kind = script(word)
    spelled = _SPELLED.get(kind)
    return spelled(word) if spelled is not None else ()


def written(letters: Letters, word: str) -> bool:
    """Whether `word`, in the letters a to z, is what `letters` may be written as, all of them."""
    ends = {0}
    for ways in letters:
        ends = {
            end + len(choice) for end in ends for choice in ways if word.startswith(choice, end)
        }
    return len(word) in ends


def hiragana(word: str) -> str:
    """Katakana as the other kana, in which Japanese is written just as well."""
    return "".join(chr(ord(c) - 0x60) if "\u30a1" <= c <= "\u30f6" else c for c in word)


@cache
def _newer() -> dict[str, str]:
    pairs: str = tables()["chinese"]["newer"]
    return {pair[1]: pair[0] for pair in pairs.split()}


@lru_cache(maxsize=_KEPT)
def script(word: str) -> str:
    """The script of a word's letters; empty where they are of several."""
    kinds = {_kind(letter) for letter in word if letter.isalpha()}
    return kinds.pop() if len(kinds) == 1 else ""


def _kind(letter: str) -> str:
    if ord(letter) in _KANA:
        return "kana"
    first = unicodedata.name(letter, "?").split()[0]
    return "indic" if ord(letter) in _BRAHMIC else first.lower()


def _by_table(kind: str) -> Callable[[str], Letters]:
    """Read with a table in which two letters together go before one."""

    def read(word: str) -> Letters:
        table, found, at = tables()[kind], [], 0
        while at < len(word):
            two = word[at : at + 2]
            size = 2 if len(two) == 2 and two in table else 1
            told = table.get(word[at : at + size])
            if told is None:
                return ()
            single = tuple(
                "".join(both)
                for both in product(*(choices(table.get(one, "")) for one in two))
                if size == 2
            )
            found.append(tuple(dict.fromkeys((*choices(told), *single))))
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
    listed = tables()["indic_words"].get(word)
    if listed is not None:
        return (choices(listed),)
    north = ord(word[0]) < 0x0B00
    base = ord(word[0]) & ~0x7F
    own = {0x0980: "bengali", 0x0B80: "tamil"}.get(base, "")
    table = {**tables()["indic"], **tables().get(own, {})}
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
        told = table.get(f"{place:02x}")
        if told is None:
            return ()
        consonant = 0x15 <= place <= 0x39 or 0x58 <= place <= 0x5F
        if held and (consonant or place in (0x01, 0x02, 0x03, 0x70) or 0x05 <= place <= 0x14):
            found.append(("a", "o", "") if own == "bengali" else ("a", ""))
        found.append(choices(told))
        joined = joined and consonant and not held
        held = consonant
    if held:
        found.append((("a", "") if joined else ("",)) if north else ("a",))
    return tuple(found)


#: What a dot below makes of the first way to write a consonant.
_DOTTED = {"j": ("z",), "ph": ("f",), "k": ("q",), "d": ("r",), "y": ("",)}


def _korean(sign: str, *, family: bool) -> Iterator[str]:
    korean = tables()["korean"]
    listed = korean["families"].get(sign) if family else korean["syllables"].get(sign)
    if listed is not None:
        yield from choices(listed)
        return
    number = ord(sign) - _HANGUL
    final = korean["finals"][number % 28]
    vowels = choices(korean["vowels"][number % 588 // 28])
    if not final and vowels[0] in ("eo", "yeo"):  # a “u” for these only before a consonant
        vowels = tuple(way for way in vowels if way not in ("u", "yu"))
    parts = (choices(korean["initials"][number // 588]), vowels, choices(final))
    yield from map("".join, product(*parts))


def _chinese(sign: str, *, family: bool) -> Iterator[str]:
    chinese = tables()["chinese"]
    listed = (family and chinese["families"].get(sign)) or chinese["readings"].get(sign)
    yield from choices(listed or anyascii(sign).lower())


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
    "arabic": partial(abjads.letters, "arabic"),
    "hebrew": partial(abjads.letters, "hebrew"),
}

"""Signs that look or sound like others: what a name looks like, whatever it is written with.

Unicode TR 39, section 4, for the idea of a skeleton: two names that look the same have the same
one.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

#: Letters that Unicode does not take apart into a letter and a mark, and letters in a frame.
_NAMED = (
    r"(?:LATIN|SQUARED|CIRCLED|PARENTHESIZED|INDICATOR SYMBOL) (?:SMALL |CAPITAL |LATIN )*LETTER "
    r"(?:SMALL CAPITAL |DOTLESS |SCRIPT |CAPITAL |SMALL )*([A-Z])(?: WITH .*)?$"
)
_FRAMED = r"(?:SYMBOL|LATIN CAPITAL|LATIN SMALL) LETTER ([A-Z])$"
#: The signs that are no letters and look like one of ours; the table has those of other scripts.
_FIGURE_LETTERS = {"0": "o", "1": "l", "|": "l"}
#: Letters that show nothing.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f\u17b4\u17b5")
#: Marks that make another letter of one in Japanese.
_VOICED = "\u3099\u309a"
#: A sign there that only makes the next one longer.
_LONG = str.maketrans("", "", "\u3063\u30c3")
_FIGURES = str.maketrans("013456789", "oleasgtbg")
_WITHIN = {"@": "a", "$": "s", "!": "i", "|": "l", "\u20ac": "e", "+": "t"}
_AS_LETTER = re.compile(r"(?<=[^\W_])[@$!|\u20ac+](?=[^\W_])|(?<![^\W_])[@$](?=[^\W\d_])")
_SOUNDS = (
    ("ph", "f"),
    (r"sh|sch", "s"),
    ("ck", "k"),
    (r"c(?=[eiy])", "s"),
    ("c", "k"),
    ("q", "k"),
    ("x", "ks"),
    (r"(?<=[fkps])ed", "t"),
    ("z", "s"),
    (r"ou|oo|w", "u"),
    (r"y|e$", "i"),
    (r"(.)\1+", r"\1"),
)
_VOICES = str.maketrans({"l": "r", "v": "b", "f": "p", "j": "g", "h": "", "w": "", "y": ""})


def folded(text: str) -> str:
    """`text` in lower case, without accents and without what is not seen."""
    shown = _AS_LETTER.sub(lambda found: _WITHIN[found[0]], unseen(text))
    if shown.isascii():
        return shown.lower()
    signs = "".join(_sign(c) for c in shown)
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", signs).casefold())
    kept = (c for c in plain if not unicodedata.combining(c) or c in _VOICED)
    return unicodedata.normalize("NFC", "".join(kept))


def unseen(text: str) -> str:
    """`text` without characters that show nothing."""
    if text.isascii():
        return text
    return "".join(c for c in text if unicodedata.category(c) != "Cf" and c not in _BLANK)


def as_seen(text: str) -> str:
    """`text` with words of letters that all look like ours written in ours, capitals as capitals:
    some letters look alike in one case only.
    """
    return re.sub(r"\w+", lambda found: _seen(found[0]), unseen(text))


def _seen(word: str) -> str:
    if word.isascii():
        return word
    plain = [prototype(unicodedata.normalize("NFKC", c)) for c in word]
    return "".join(plain) if all(c.isascii() for c in plain) else word


@cache
def _sign(character: str) -> str:
    """A letter in a frame or with a stroke as the letter, any other sign as a blank."""
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category not in ("So", "Sm", "Sk", "Ll", "Lu"):
        return character
    name = unicodedata.name(character, "")
    found = re.match(_NAMED, name) or re.search(_FRAMED, name)
    if found is not None and not unicodedata.decomposition(character):
        return found[1].lower()
    if category.startswith("S"):
        return character if found is not None else " "
    return character


@lru_cache(maxsize=8192)
def looks(word: str) -> str:
    """The `folded` word as it looks: every letter the one of ours that it resembles, figures among
    letters as letters, i as l, rn as m.
    """
    plain = "".join(map(prototype, word))
    if any(map(str.isalpha, plain)):
        plain = plain.translate(_FIGURES)
    plain = plain.replace("i", "l")
    for pair, single in (("rn", "m"), ("vv", "w"), ("cl", "d")):
        plain = plain.replace(pair, single)
    return plain


@lru_cache(maxsize=8192)
def sounds(word: str) -> str:
    """The `folded` word as it sounds: every spelling of a sound one."""
    if not word.isascii():
        from anyascii import anyascii  # here: a large table

        word = anyascii(word.translate(_LONG))
    plain = "".join(filter(str.isalpha, word.lower()))
    for spelled, by in _SOUNDS:
        plain = plain.replace(spelled, by) if spelled.isalpha() else re.sub(spelled, by, plain)
    return plain


def voices(word: str) -> str:
    """What is left of a word's sound in scripts that write no vowels, or other ones."""
    plain = re.sub(r"r(?=[^aeiour])", "", sounds(word).translate(_VOICES))
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]", "-", plain)).replace("-", "")


@cache
def prototype(character: str) -> str:
    """The ASCII letter that `character` looks like, in lower case, or the character itself."""
    if character.isascii():
        return _FIGURE_LETTERS.get(character, character.lower())
    return _alike().get(character, character)


@cache
def _alike() -> Mapping[str, str]:
    """Signs of other scripts and the letters of ours that they look like (TR 39, section 4), as
    `tests.kept` takes them from Unicode's table.
    """
    found: dict[str, str] = json.loads((Path(__file__).parent / "alike.json").read_text("utf-8"))
    return {sign: letter for letter, signs in found.items() for sign in signs}

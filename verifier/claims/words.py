"""Words about claims, from our own list: labels of dates, ranks, small words of languages."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from verifier.signs import prototype, unseen

Words = tuple[str, ...]

#: What is shown from right to left, whatever it is.
_TURNED = re.compile("\u202e([^\u202c]*)\u202c?")


class Known(Struct, frozen=True):
    """The list, all folded by `fold`.

    `labels` stand before a date and say what of; `never` are ways to say that there is no end.
    `ladders` hold ranks, each rung a set of words, the lowest first; `levels` are words for a rung
    that has a number. `lessening` words make less of a title, `neutral` ones nothing. An issuer's
    name means the same without `legal` words, and a part of a house adds `programmes`. `small`
    words and `endings` tell a language.
    """

    labels: Mapping[Words, str]
    never: frozenset[Words]
    ordinals: frozenset[str]
    id_labels: tuple[Words, ...]
    ladders: tuple[tuple[frozenset[str], ...], ...]
    levels: frozenset[str]
    lessening: frozenset[str]
    neutral: frozenset[str]
    legal: frozenset[str]
    programmes: frozenset[str]
    small: Mapping[str, frozenset[str]]
    endings: Mapping[str, Words]


def shown(text: str) -> str:
    """`text` as a reader sees it: without what shows nothing, turned where it is shown from its
    end, and with letters among ours that only look like ours as ours.
    """
    if text.isascii():
        return text
    turned = _TURNED.sub(lambda found: found[1][::-1], text)
    return re.sub(r"\w+", lambda found: _ours(found[0]), unseen(turned))


def _ours(word: str) -> str:
    if word.isascii():
        return word
    plain = "".join(c if c.isascii() else prototype(unicodedata.normalize("NFKC", c)) for c in word)
    return plain if plain.isascii() else word


def fold(text: str) -> Words:
    """The words of `text` as it is shown: in lower case, without accents."""
    if text.isascii():
        return tuple(re.findall(r"[^\W_]+", text.lower()))
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", shown(text)).casefold())
    kept = "".join(c for c in plain if unicodedata.category(c) not in ("Mn", "Cf"))
    return tuple(re.findall(r"[^\W_]+", kept))


@cache
def known() -> Known:
    """The list that comes with Touchstone."""
    listed = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return Known(
        labels={fold(text): of for of, texts in listed["labels"].items() for text in texts},
        never=frozenset(map(fold, listed["never"])),
        ordinals=frozenset(listed["ordinals"]),
        id_labels=tuple(map(fold, listed["id_labels"])),
        ladders=tuple(tuple(map(_set, ladder)) for ladder in listed["ladders"].values()),
        levels=_set(listed["levels"]),
        lessening=_set(listed["lessening"]),
        neutral=_set(listed["neutral"]),
        legal=_set(listed["legal"]),
        programmes=_set(listed["programmes"]),
        small={language: _set(words) for language, words in listed["small"].items()},
        endings={
            language: tuple("".join(fold(ending)) for ending in endings)
            for language, endings in listed["endings"].items()
        },
    )


def _set(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in fold(text))

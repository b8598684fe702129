"""A name of an organisation as read: its words in order, and which of them tell nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from msgspec import Struct

from verifier.signs import folded, looks
from verifier.trust.shown import LONGEST, texts
from verifier.trust.words import known

Name = tuple[str, ...]

_MOST_WORDS = 12
#: From here on, scripts that put no blanks between words.
_WITHOUT_BLANKS = "\u2e80"
#: An apostrophe within a word is nothing; signs of trade in brackets are no words.
_APOSTROPHE = re.compile(r"(?<=\w)['\u2019\u02bc](?=\w)")
_MARKS = re.compile(r"\((?:r|c|tm|sm)\)")


class Called(Struct, frozen=True):
    """The words of a name; a kind of body is `=` and the kind. Words at the places in `extra` are
    such as anybody adds.
    """

    words: Name
    extra: frozenset[int]

    @property
    def adds_nothing(self) -> bool:
        """Whether anybody may put all of it beside a name."""
        return len(self.extra) >= len(self.words)

    def runs(self) -> Iterator[tuple[Name, Name]]:
        """Every run of words that may be somebody's name, and the words around it that may tell
        something. Beside a word such as “by” or “partner” the others are another's name.
        """
        words, size = self.words, len(self.words)
        telling = [at for at in range(size) if at not in self.extra]
        for start in range(size):
            for end in range(start + 1, size + 1):
                beside = [words[at] for at in telling if not start <= at < end]
                alone = not beside or self._stands_with(start, end)
                yield words[start:end], () if alone else tuple(beside)

    def _stands_with(self, start: int, end: int) -> bool:
        words = known()
        follows = start > 0 and self.words[start - 1] in words.before
        return follows or (end < len(self.words) and self.words[end] in words.after)


def readings(name: str) -> tuple[Called, ...]:
    """Every way to read `name`: every text that it may be read as, as it is meant and word for
    word.
    """
    found = [read(text, literal=literal) for literal in (False, True) for text in texts(name)]
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=8192)
def read(name: str, *, literal: bool = False) -> Called:
    """`name` without legal forms, and without small words but those before somebody's name; or,
    `literal`, with every word as it stands.
    """
    listed = known()
    words: list[str] = []
    extra: set[int] = set()
    for word in _words(name):
        small = word in listed.legal or word in listed.joins
        if small and not literal and word not in listed.before:
            continue
        if small or word.isdecimal() or listed.adds_nothing(word):
            extra.add(len(words))
        words.append(word if literal else listed.kinds.get(word, word))
    if not listed.offices.isdisjoint(words):
        extra |= {at for at, word in enumerate(words) if word in listed.matters}
    return Called(tuple(words[:_MOST_WORDS]), frozenset(extra))


def _words(name: str) -> Iterator[str]:
    text = _MARKS.sub(" ", _APOSTROPHE.sub("", folded(name[:LONGEST])))
    if text.isascii():
        kept = "".join([c if c.isalnum() else " " for c in text])
    else:
        kept = "".join([c if unicodedata.category(c)[0] in "LMN" else " " for c in text])
    parted = kept if kept.isascii() else _border().sub(" ", kept)
    for word in _spelled(parted.split()):
        yield from _unglued(word)


@cache
def _border() -> re.Pattern[str]:
    """Where letters of ours and signs of scripts without blanks meet; it takes long to make."""
    return re.compile("(?<=[\u2e80-\u9fff])(?=[a-z0-9])|(?<=[a-z0-9])(?=[\u2e80-\u9fff])")


def _spelled(words: list[str]) -> Iterator[str]:
    """Letters that stand alone, one after the other, are one word."""
    letters = ""
    for word in words:
        if len(word) == 1 and word.isalpha() and word < _WITHOUT_BLANKS:
            letters += word
            continue
        if letters:
            yield letters
        letters = ""
        yield word
    if letters:
        yield letters


def _unglued(word: str) -> Iterator[str]:
    """A word of trade stands for itself once its signs are read; in scripts without blanks, a kind
    of body stands apart from its name.
    """
    listed = known()
    if word > _WITHOUT_BLANKS:
        for kind in _kinds_without_blanks():
            if len(word) > len(kind) and word.endswith(kind):
                yield from (word.removesuffix(kind), kind)
                return
    meant = None if word in listed.extras else listed.looks.get(looks(word))
    yield meant or word


@cache
def _kinds_without_blanks() -> tuple[str, ...]:
    listed = known()
    words = {*listed.kinds, *listed.extras}
    found = [word for word in words if word > _WITHOUT_BLANKS and len(word) >= 2]
    return tuple(sorted(found, key=lambda word: (-len(word), word)))

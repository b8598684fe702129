"""Every way to write the name of a listed issuer, and what each looks and sounds like.

For the names on the lists that come along this is kept as data (`tests.kept`): to work it out takes
longer than to verify a badge.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.json import decode

from verifier.signs import looks, sounds, voices
from verifier.trust.called import Name, read

#: Shorter than this a name is too common to mean anybody.
SHORTEST = 3
#: A word so long, of a name of several, is taken for the name.
_RARE = 7


class Spelling(Struct, frozen=True):
    """One way to write a name; `order` is what it looks like whatever the order of its words."""

    words: Name
    looks: str
    order: str
    sounds: str
    voices: str


def spellings(name: str, *, own: bool) -> Iterable[Spelling]:
    """Every way to write the `name` of a listed issuer: its `own`, or another it is called by."""
    found = _kept()["own" if own else "called"].get(name)
    if found is None:
        return worked_out(name, own=own)
    return (Spelling(tuple(words), *said) for words, *said in found)


def worked_out(name: str, *, own: bool) -> Iterator[Spelling]:
    """As `spellings`, from the name itself."""
    return map(_spelling, _forms(name, own=own))


@cache
def _kept() -> Mapping[str, Mapping[str, list[list[Any]]]]:
    found: dict[str, dict[str, list[list[Any]]]] = decode(
        (Path(__file__).parent / "names.json").read_bytes()
    )
    return found


def _spelling(words: Name) -> Spelling:
    return Spelling(
        words,
        looks=each(looks, words),
        order=in_any_order(words),
        sounds=each(sounds, words),
        voices=each(voices, words),
    )


def _forms(name: str, *, own: bool) -> Iterator[Name]:
    """A listed name, what it is without the words of trade that end it, and a body's first
    letters.
    """
    called = read(name)
    initials = "".join(word.lstrip("=")[:1] for word in called.words)
    is_body = own and any(word.startswith("=") for word in called.words)
    if is_body and len(initials) >= SHORTEST and initials.isalpha():
        yield (initials,)
    end = len(called.words)
    for words in dict.fromkeys((called.words, read(name, literal=True).words)):
        if _tells(words):
            yield words
    while end > 1 and end - 1 in called.extra:
        end -= 1
    shorter = called.words[:end]
    few = end == 1 and len(shorter[0]) < _RARE
    if shorter != called.words and not few and not set(range(end)) <= called.extra:
        yield shorter


def _tells(words: Name) -> bool:
    """Whether so few words can mean one organisation."""
    return sum(len(word) for word in words if not word.startswith("=")) >= SHORTEST


def each(how: Callable[[str], str], words: Iterable[str]) -> str:
    """`how` of every word, as one; a kind of body stays what it is."""
    return "".join(word if word.startswith("=") else how(word) for word in words)


def in_any_order(words: Name) -> str:
    """What the words look like, whatever their order."""
    return " ".join(sorted(word if word.startswith("=") else looks(word) for word in words))

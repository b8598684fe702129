"""A name as it is shown, and without what only goes with a name: what there is to be read of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from verifier.signs import as_seen, unseen
from verifier.trust.words import known

LONGEST = 200
_MOST_PIECES = 4
#: What parts the names in a name.
_APART = re.compile(r"[,;|/()\u00b7\u2022\u2013\u2014]|:\s|\s-\s|\sat\s")
#: What sets the direction of writing until one of the closing marks (UAX 9, section 2).
_OPENS, _CLOSES = frozenset("\u202a\u202b\u202d\u202e\u2066\u2067\u2068"), frozenset("\u202c\u2069")
#: Shows what follows from right to left, whatever it is.
_TURNS = "\u202e"
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
#: Letters that stand alone, with one and the same sign between them.
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?P<sign>[^\w\s]|_)[^\W_](?:(?P=sign)[^\W_])+(?![^\W_])")
_HANDLE = re.compile(r"[@#]")
_ADDRESS = r"(?:https?://)?(?:[\w.+-]+@)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?![\w@-])(?::\d+)?"
_INITIALS = re.compile(r"[A-Z]{2,6}")


def texts(name: str) -> tuple[str, ...]:
    """Every text to read `name` as: word for word and as it is shown, with its humps as blanks, as
    letters look that are not ours, with signs as signs and not as letters, and piece by piece.
    """
    found: dict[str, None] = {}
    for text in dict.fromkeys((name[:LONGEST], turned(name[:LONGEST]))):
        plain = _unexplained(known().without_notices(text))
        for one in dict.fromkeys((plain, _with_signs(plain))):
            found.update(dict.fromkeys((one, as_seen(one), _HUMP.sub(" ", one), *pieces(one))))
    return tuple(found)


def turned(text: str) -> str:
    """`text` in the order in which it is shown where it overrides the direction of writing; letters
    have their own direction again in whatever else is embedded there (UAX 9, section 2).
    """
    if text.isascii():
        return text
    open_: list[tuple[str, list[str]]] = [("", [])]
    for character in text:
        if character in _OPENS:
            open_.append((character, []))
        elif character not in _CLOSES:
            open_[-1][1].append(character)
        elif len(open_) > 1:
            _close(open_)
    while len(open_) > 1:
        _close(open_)
    return "".join(open_[0][1])


def _close(open_: list[tuple[str, list[str]]]) -> None:
    mark, shown = open_.pop()
    open_[-1][1].append("".join(reversed(shown) if mark == _TURNS else shown))


def pieces(name: str) -> list[str]:
    """What a name says apart: “School of Nursing, University of X”, “Skills at X”."""
    whole = name
    if "." in name and "/" in name:
        whole = _path().sub(lambda found: found[0].replace("/", " ").replace(":", " "), name)
    found = [piece for piece in _APART.split(whole) if piece.strip()]
    return found[:_MOST_PIECES] if len(found) > 1 else []


def addresses(name: str) -> Iterator[tuple[str, str]]:
    """The host of every web or mail address in `name`, and all that is said beside it; whoever has
    a mail address somewhere is there, whatever stands before the sign.
    """
    text = unicodedata.normalize("NFKC", unseen(turned(name[:LONGEST]))).lower()
    for found in _address().finditer(text) if "." in text else ():
        yield found["host"], f"{text[: found.start()]} {text[found.end() :]}"


@cache
def _address() -> re.Pattern[str]:
    return re.compile(_ADDRESS, re.IGNORECASE)


@cache
def _path() -> re.Pattern[str]:
    """What stands at an address is said together with it."""
    return re.compile(rf"(?:{_ADDRESS})/\S*", re.IGNORECASE)


def _with_signs(text: str) -> str:
    """`text` with letters joined that signs set apart, and without the sign of a handle."""
    joined = _SPACED.sub(lambda found: found[0].replace(found["sign"], ""), text)
    return _HANDLE.sub(" ", joined)


def _unexplained(text: str) -> str:
    """`text` without initials whose full name stands beside them, if that name tells something."""
    found = pieces(text)
    kept = [
        piece
        for piece in found
        if not any(_explains(other, piece.strip()) for other in found if other != piece)
    ]
    return text if kept == found else ", ".join(kept)


def _explains(name: str, initials: str) -> bool:
    """Whether `name` is what `initials` stand for; words that anybody adds explain nothing."""
    listed = known()
    words = [word for word in re.findall(r"[^\W\d_]+", name) if word.lower() not in listed.joins]
    telling = (word for word in words if not listed.adds_nothing(word.lower()))
    return (
        _INITIALS.fullmatch(initials) is not None
        and "".join(word[0].upper() for word in words) == initials
        and any(telling)
    )

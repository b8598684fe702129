"""A person's name as written → the ways in which it may be read: parts in order, without titles.

A name may tell of another one (a maiden name, a short form in quotation marks): each is a reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from anyascii import anyascii

from verifier.names.words import known

#: What tells a father from his son: words for it, and where they stand.
_NAME_OF_THE_ELDER = ("ifj", "id")
_ELSE = re.compile(
    r"[\s(,]*\(?\b(?:née|nee|né|geb\.|geborene|roz\.|born|sz\.)\s+([^)]+)\)?|\s+in\s+\S+$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]|\|.*$")
_QUOTED = re.compile(r"[\"“”«»„]([^\"“”«»„]{2,30})[\"“”«»„]")
#: Everything that is typed for an apostrophe.
_MARKS = "'`\u2018\u2019\u00b4\u02bc\u2032"
_ELIDED = re.compile(rf"\b(d|l|dell|dall|nell)[{_MARKS}](?=\w)", re.IGNORECASE)
_APOSTROPHES = re.compile(f"[{_MARKS}]")
_DOTS_WITHIN = re.compile(r"(?<=\w)\.(?=\w)")
_DOTLESS = "\u0131"
#: Letters that have no accent to take off, and those that a language writes with two.
_LETTERS = str.maketrans(
    {_DOTLESS: "i", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ł": "l", "đ": "d"}
)
_DOUBLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_ACCENTS = re.compile("[\u0300-\u036f]")
#: A hyphen stays, at the beginning of the word behind it.
_HYPHENS = dict.fromkeys("-\u2010\u2011", " -")
_TURKISH = frozenset(f"İ{_DOTLESS}ŞşĞğ")
#: From here on, scripts whose every sign is transcribed with a capital first.
_WITHOUT_BLANKS = "\u2e80"
_SYLLABLES = re.compile(r"[A-Z][a-z']*|[a-z']+")
_MOST = 12


@dataclass(frozen=True)
class Part:
    """One word of a name: `accented` as written, in lower case; `plain` every way to write it in
    the letters a to z. `small` is a particle, `initial` one letter that stands for a name, `joined`
    tells of a hyphen before it.
    """

    accented: str
    plain: frozenset[str]
    small: bool = False
    initial: bool = False
    joined: bool = False


@dataclass(frozen=True)
class Reading:
    """One way to read a name: its parts in order, and which generation it names, if any."""

    parts: tuple[Part, ...]
    generation: str | None = None


def readings(name: str) -> tuple[Reading, ...]:
    """The ways to read `name`; none for what has no letters."""
    text = unicodedata.normalize("NFKC", name[:200])
    return tuple(dict.fromkeys(one for version in _versions(text) if (one := _read(version)).parts))


def _versions(text: str) -> Iterator[str]:
    """`text` itself, and with the other names that it tells of."""
    born = _ELSE.search(text)
    rest = _ELSE.sub(" ", text)
    short = _QUOTED.search(rest)
    full = _BRACKETS.sub(" ", _QUOTED.sub(" ", rest))
    yield full
    if short is not None:
        yield " ".join([short[1], *full.split()[1:]])
    if born is not None and born[1]:
        yield " ".join([*full.split()[:-1], born[1]])


def _read(text: str) -> Reading:
    head, _, tail = text.partition(",")
    parts, generation = _parts(head)
    behind, other = _parts(tail)
    # “Family, Given”; a comma before degrees alone leaves nothing behind it.
    return Reading((*behind, *parts)[:_MOST], generation or other)


def _parts(text: str) -> tuple[tuple[Part, ...], str | None]:
    words = known()
    found: list[Part] = []
    generation = None
    for word in _words(text):
        bare = _DOTS_WITHIN.sub("", word).strip("-.")
        low = anyascii(bare).lower()
        if low in words.generations and (found or low in _NAME_OF_THE_ELDER):
            generation = words.generations[low]
        elif _is_title(low, word):
            continue
        elif bare:
            found.append(_part(bare, joined=word.startswith("-")))
    return tuple(found), generation


def _is_title(low: str, word: str) -> bool:
    """Some titles are also part of names: those count with a dot, or all in capitals."""
    words = known()
    shouted = word.isupper() and len(word) > 1
    return low in words.titles or (low in words.dotted_titles and ("." in word or shouted))


def _words(text: str) -> Iterator[str]:
    """Words at blanks and hyphens, without signs; each sign of a script that writes names without
    blanks is a word.
    """
    text = _APOSTROPHES.sub("", _ELIDED.sub(lambda found: f"{found[1]} ", text))
    kept = (
        c if c.isalnum() or c == "." or unicodedata.combining(c) else _HYPHENS.get(c, " ")
        for c in text
    )
    for word in "".join(kept).split():
        if word[0] > _WITHOUT_BLANKS:
            yield from _SYLLABLES.findall(anyascii(word))
        elif word.strip("-."):
            yield word


def _part(bare: str, *, joined: bool) -> Part:
    accented = "".join(c for c in unicodedata.normalize("NFD", _lower(bare)) if c != "\u0307")
    accented = unicodedata.normalize("NFC", accented)
    plain = frozenset(_plain(bare))
    small = accented in known().particles and (len(bare) > 1 or bare.islower())
    initial = len(accented) == 1 and not small
    return Part(accented, plain, small, initial, joined)


def _lower(text: str) -> str:
    """In lower case, by Turkish rules where a letter shows that they are meant."""
    turkish = not _TURKISH.isdisjoint(text)
    return (text.replace("İ", "i").replace("I", _DOTLESS) if turkish else text).casefold()


def _plain(bare: str) -> Iterator[str]:
    low = unicodedata.normalize("NFC", _lower(bare))
    for table in (_LETTERS, _LETTERS | _DOUBLED):
        letters = unicodedata.normalize("NFKD", low.translate(table))
        letters = unicodedata.normalize("NFKC", _ACCENTS.sub("", letters))
        written = anyascii(letters.translate(_LETTERS)).lower()
        yield written.replace("'", "").replace(" ", "")

"""A person's name as written → the ways in which it may be read: parts in order, without titles.

A name may tell of another one (a maiden name, a short form in quotation marks): each is a reading.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from anyascii import anyascii
from msgspec import Struct

from verifier.names import abjads, scripts
from verifier.names.tables import Letters
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
_MARKS = "'`\u2018\u2019\u201b\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2032\ua78c"
_ELIDED = re.compile(rf"\b(d|l|dell|dall|nell)[{_MARKS}](?=\w)", re.IGNORECASE)
_APOSTROPHES = re.compile(f"[{_MARKS}]")
_DOTS_WITHIN = re.compile(r"(?<=\w)\.(?=\w)")
_DOTLESS = "\u0131"
#: Letters that have no accent to take off, and those that a language writes with two.
_LETTERS = str.maketrans(
    {_DOTLESS: "i", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d", "ł": "l", "đ": "d"}
)
_DOUBLED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "đ": "dj"})
#: Letters that are typed for one another: Romanian ones with a cedilla, Russian ё without its dots.
_TYPED = str.maketrans({"ş": "ș", "ţ": "ț", "\u0451": "\u0435"})
#: Long vowels of Japanese, and a vowel of Chinese, that are written in several ways.
_LONG = {"ō": ("ou", "oo", "oh"), "ū": ("uu", "uh"), "lü": ("lv", "lyu"), "nü": ("nv", "nyu")}
_ACCENTS = re.compile("[\u0300-\u036f]")
#: A hyphen stays, at the beginning of the word behind it.
_HYPHENS = dict.fromkeys("-\u2010\u2011", " -")
_TURKISH = frozenset(f"İ{_DOTLESS}ŞşĞğ")
#: Blanks within Arabic names that are one: “servant of …”, “… of the faith”.
_SERVANT = re.compile(r"(?<=\bعبد)\s+(?=ال)|(?<=\w)\s+(?=الدين\b)")
#: An article before a letter that swallows its l, as in “Ash-Sharif”.
_SUN = re.compile(r"\b(a(?:sh|[nrsdtz]))[-\u2010\u2011](?=(?P<first>\w))", re.IGNORECASE)
#: What follows a name behind a line, if the name is whole before it.
_BEHIND = re.compile(r"(?<=\S)\s+[-\u2013\u2014\u2022\u00b7/]\s.*$")
#: How Japanese address one another, behind a hyphen and a name of two syllables at least.
_ADDRESSED = ("san", "sama", "sensei")
_TWO_SYLLABLES = re.compile("[aeiou]+[^aeiouy]+[aeiou]")
_MOST = 12


class Part(Struct, frozen=True):
    """One word of a name: `accented` as written, in lower case; `plain` every way to write it in
    the letters a to z. `small` is a particle, `initial` one letter that stands for a name, `joined`
    tells of a hyphen before it. `letters` is what each letter of another script is written as;
    a word that has `letters` has no `plain` where these leave nothing open.
    """

    accented: str
    plain: frozenset[str]
    small: bool = False
    initial: bool = False
    joined: bool = False
    letters: Letters = ()
    script: str = "latin"


class Reading(Struct, frozen=True):
    """One way to read a name: its parts in order, and which generation it names, if any."""

    parts: tuple[Part, ...]
    generation: str | None = None


def readings(name: str) -> tuple[Reading, ...]:
    """The ways to read `name`; none for what has no letters."""
    text = unicodedata.normalize("NFKC", name[:200])
    before = _BEHIND.sub("", text)
    text = before if len(before.split()) > 1 else text
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
    behind, other = _parts(" ".join(_names_in(tail, head)))
    # “Family, Given”; a comma before degrees alone leaves nothing behind it.
    return Reading((*behind, *parts)[:_MOST], generation or other)


def _names_in(tail: str, head: str) -> Iterator[str]:
    """What stands behind commas, less degrees and certificates: those are all in capitals, or hold
    figures, behind a name that is not.
    """
    for piece in tail.split(","):
        shouted = piece.isupper() and not head.isupper() and len(head.split()) > 1
        if not shouted and not any(c.isdigit() for c in piece):
            yield piece


def _parts(text: str) -> tuple[tuple[Part, ...], str | None]:
    words = known()
    found: list[Part] = []
    generation = None
    for word in _words(text):
        bare = _DOTS_WITHIN.sub("", word).strip("-.")
        if bare and scripts.is_signs(bare):
            found += (
                Part(sign, frozenset(), letters=(tuple(ways),), script="signs")
                for sign, ways in zip(bare, scripts.signs(bare), strict=True)
            )
            continue
        low = anyascii(bare).lower()
        if low in words.generations and (found or low in _NAME_OF_THE_ELDER):
            generation = words.generations[low]
        elif _is_title(low, word, first=not found):
            continue
        elif bare:
            found.append(_part(bare, joined=word.startswith("-")))
    return tuple(_bare(found)), generation


def _bare(parts: list[Part]) -> list[Part]:
    """Without a title in front that is one only before such names, and “-san” behind a Japanese
    one: Chinese and Korean names have a single syllable before a hyphen.
    """
    written = [next(iter(part.plain), "") for part in parts]
    for among in known().titles_among:
        names = sum(word in among.names for word in written[1:])
        if parts and written[0] in among.titles and names >= among.number and len(parts) > 2:
            return parts[1:]
    if len(parts) > 2 and parts[-1].joined and written[-1] in _ADDRESSED:
        return parts[:-1] if _TWO_SYLLABLES.search(written[-2]) else parts
    return parts


def _is_title(low: str, word: str, *, first: bool) -> bool:
    """Some titles are also part of names: those count with a dot, or all in capitals. In front
    “Md.” is no physician but Mohammed.
    """
    words = known()
    if first and low == "md":
        return False
    shouted = word.isupper() and len(word) > 1
    return low in words.titles or (low in words.dotted_titles and ("." in word or shouted))


def _words(text: str) -> Iterator[str]:
    """Words at blanks and hyphens, without signs."""
    text = _SUN.sub(_article, _SERVANT.sub("", text))
    text = _APOSTROPHES.sub("", _ELIDED.sub(lambda found: f"{found[1]} ", text))
    kept = (c if _is_kept(c) else _HYPHENS.get(c, " ") for c in text)
    for word in "".join(kept).split():
        if word.strip("-."):
            yield word


def _is_kept(sign: str) -> bool:
    """Letters, figures and the marks on them, but not those that choose the look of a picture."""
    mark = unicodedata.category(sign)[0] == "M" and not "\ufe00" <= sign <= "\ufe0f"
    return sign.isalnum() or sign == "." or mark


def _article(found: re.Match[str]) -> str:
    """“Ash-Sharif” is “Al-Sharif”, where the next letter is the swallowed one."""
    return "al-" if found["first"].lower() == found[1][1].lower() else found[0]


def _part(bare: str, *, joined: bool) -> Part:
    accented = "".join(c for c in unicodedata.normalize("NFD", _lower(bare)) if c != "\u0307")
    accented = unicodedata.normalize("NFC", accented).translate(_TYPED)
    script = scripts.script(bare) or "mixed"
    if script == "arabic":
        accented = abjads.arabic(accented)
    if script == "kana":
        accented = scripts.hiragana(accented)
    listed = scripts.latin(bare)
    letters = () if listed else scripts.letters(bare)
    plain = listed or frozenset(() if letters and script == "kana" else _plain(bare))
    small = accented in known().particles and (len(bare) > 1 or bare.islower())
    initial = len(accented) == 1 and not small
    return Part(accented, plain, small, initial, joined, letters, script)


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
    for long, ways in _LONG.items():
        if long in low:
            yield from (anyascii(low.replace(long, way)).lower() for way in ways)

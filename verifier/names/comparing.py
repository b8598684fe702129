"""Are two names as written one person's name? A careful reader's answer: yes only without doubt.

Accents, order, titles, particles, middle names and initials, spelling across alphabets and short
forms from our own list may differ. Names that merely look alike never match.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import product

from rapidfuzz.fuzz import ratio

from verifier.names import abjads, scripts
from verifier.names.reading import Part, Reading, readings
from verifier.names.spelling import SHORT, fold, is_known, same_letters
from verifier.names.words import known

#: Parts that are less alike than this (in percent) have nothing to do with each other.
_UNRELATED = 60
_MERGED = 4
#: Letters that only Vietnamese has.
_TONES = re.compile("[\u1ea0-\u1ef9\u01a1\u01b0]")
_ONE_SYLLABLE = re.compile(r"[^aeiouy]*[aeiouy]{1,4}[^aeiouy]*")
_PATRONYMIC = re.compile(r"(?:ovich|evich|ovna|evna|ivna)$")


def same_person(one: str, other: str) -> bool:
    """Whether the two names are one person's beyond a careful reader's doubt."""
    return any(_same(a, b) for a in readings(one) for b in readings(other))


def strangers(one: str, other: str) -> bool:
    """Whether both are full names, written in one script, that share nothing at all."""
    if not _script(one) == _script(other) != "":
        return False
    pairs = [(a, b) for a in readings(one) for b in readings(other)]
    return bool(pairs) and all(_share_nothing(a, b) for a, b in pairs)


def _script(name: str) -> str:
    """The one script of a name's letters, by the first word of their Unicode names; empty if they
    mix.
    """
    scripts = {unicodedata.name(letter, "?").split()[0] for letter in name if letter.isalpha()}
    return scripts.pop() if len(scripts) == 1 else ""


def _share_nothing(one: Reading, other: Reading) -> bool:
    mine, theirs = _main(one.parts), _main(other.parts)
    if len(mine) < 2 or len(theirs) < 2 or len({part.script for part in (*mine, *theirs)}) > 1:
        return False
    return not any(_related(a, b) for a in mine for b in theirs)


def _related(one: Part, other: Part) -> bool:
    """The same, an initial or a beginning, a short form, or only another spelling."""
    if _alike(one, other):
        return True
    if one.script == "signs":  # one sound, or the older and the newer form of one sign
        return not set(one.letters[0]).isdisjoint(other.letters[0])
    pairs = [(a, b) for a in one.plain for b in other.plain]
    return any(a.startswith(b) or b.startswith(a) or ratio(a, b) >= _UNRELATED for a, b in pairs)


def _same(one: Reading, other: Reading) -> bool:
    if one.generation and other.generation and one.generation != other.generation:
        return False
    if not _tones_agree(one, other):
        return False
    both = all(any(map(_is_patronymic, reading.parts)) for reading in (one, other))
    return any(
        _fit(a, b) for a in _forms(one.parts, whole=both) for b in _forms(other.parts, whole=both)
    )


def _tones_agree(one: Reading, other: Reading) -> bool:
    """Where both names are written with the tones of Vietnamese, no part differs by them alone."""
    mine, theirs = ({part.accented for part in reading.parts} for reading in (one, other))
    if not all(any(map(_TONES.search, words)) for words in (mine, theirs)):
        return True
    shorter, longer = sorted((mine, theirs), key=len)
    return shorter <= longer


def _main(parts: Sequence[Part]) -> tuple[Part, ...]:
    return tuple(part for part in parts if not part.small)


def _forms(parts: tuple[Part, ...], *, whole: bool) -> Iterator[tuple[Part, ...]]:
    """With and without particles; a name said twice is said once; unless `whole`, without a
    patronymic, and without what a Hungarian wife is called after her husband.
    """
    once = parts if len({part.accented for part in parts}) > 1 else parts[:1]
    yield once
    main = _main(once)
    if main != once:
        yield main
    bare = tuple(part for part in main if not _is_by_another(part))
    if not whole and 2 <= len(bare) < len(main):
        yield bare


def _is_by_another(part: Part) -> bool:
    return part.accented.endswith("né") or _is_patronymic(part)


def _is_patronymic(part: Part) -> bool:
    return any(map(_PATRONYMIC.search, part.plain))


def _fit(one: tuple[Part, ...], other: tuple[Part, ...]) -> bool:
    longer, shorter = (one, other) if len(one) >= len(other) else (other, one)
    if any(_equal(longer, turned) for turned in _turned(shorter)):
        return True
    if any(_equal(longer, turned) for turned in _turned_longer(shorter, longer)):
        return True
    if _is_chosen_name(longer, shorter):
        return _fit(longer[1:], shorter)
    return _shortened(longer, shorter)


def _turned(parts: tuple[Part, ...]) -> Iterator[tuple[Part, ...]]:
    """Family name first or last: the parts as they are, turned, and back to front."""
    for start in range(len(parts)):
        yield parts[start:] + parts[:start]
    if len(parts) == 3:
        yield parts[::-1]


def _turned_longer(
    shorter: tuple[Part, ...], longer: tuple[Part, ...]
) -> Iterator[tuple[Part, ...]]:
    """The shorter with parts of the longer written as one: nothing is left out."""
    for turned in _turned(shorter):
        merged = _merged(longer, turned)
        if merged is not None:
            yield merged


def _merged(longer: tuple[Part, ...], shorter: tuple[Part, ...]) -> tuple[Part, ...] | None:
    """`longer` itself if its parts, some of them joined, are those of `shorter`."""

    def from_here(at: int, against: int) -> bool:
        if against == len(shorter):
            return at == len(longer)
        for number in range(1, _MERGED + 1):
            run = longer[at : at + number]
            if (
                len(run) == number
                and (
                    _alike(run[0], shorter[against])
                    if number == 1
                    else _joined(run, shorter[against])
                )
                and from_here(at + number, against + 1)
            ):
                return True
        return False

    return longer if from_here(0, 0) else None


def _joined(run: tuple[Part, ...], one: Part) -> bool:
    if one.letters or any(part.letters for part in run):
        return _transcribed(run, (one,))
    length = sum(len(part.accented) for part in run)
    if not one.letters and not len(one.accented) / 2 <= length <= 2 * len(one.accented) + SHORT:
        return False  # whatever the spelling, that is another word
    words = [""]
    for part in run:
        words = [word + plain for word in words for plain in part.plain]
    return any(fold(word) == fold(plain) for word in words for plain in one.plain)


def _equal(one: tuple[Part, ...], other: tuple[Part, ...]) -> bool:
    """Part by part the same, and at least two of them (or all there are) written out in full."""
    if len(one) != len(other) or not all(
        _alike(a, b, initials=True) for a, b in zip(one, other, strict=True)
    ):
        return False
    full = sum(not a.initial and not b.initial for a, b in zip(one, other, strict=True))
    return full >= 2 or all(a.initial == b.initial for a, b in zip(one, other, strict=True))


def _shortened(longer: tuple[Part, ...], shorter: tuple[Part, ...]) -> bool:
    """Parts left out: the first is there, in order, and two are written out in full; with the
    family name first, both ends must be there. What a hyphen joins is not taken apart.
    """
    if not 2 <= len(shorter) < len(longer) or _is_eastern(longer, shorter):
        return False
    if _within(longer, shorter):
        return True
    return any(
        _within(longer, turned) and _alike(longer[-1], turned[-1])
        for turned in list(_turned(shorter))[1:]
    )


def _is_eastern(longer: Sequence[Part], shorter: Sequence[Part]) -> bool:
    """Whether these are names of China, Korea or Vietnam, of which no sign is left out: another
    name would remain.
    """
    if any(part.script == "signs" for part in (*longer, *shorter)):
        return True
    words = [next(iter(part.plain), "") for part in longer]
    return words[0] in known().eastern and all(map(_ONE_SYLLABLE.fullmatch, words))


def _is_chosen_name(longer: Sequence[Part], shorter: Sequence[Part]) -> bool:
    """Whether the longer is a Chinese name, as whole as the shorter, behind a given name that its
    bearer chose: “Grace Tu Ya-Ting”. Such a one has more than one syllable, which no Chinese has.
    """
    if len(longer) != len(shorter) + 1 or _is_syllable(longer[0]) or longer[0].initial:
        return False
    if not known().eastern.isdisjoint(longer[0].plain):  # a family's name of two syllables
        return False
    return _is_whole_chinese(longer[1:]) and _is_whole_chinese(shorter)


def _is_whole_chinese(parts: Sequence[Part]) -> bool:
    """A family's name and two syllables, in either order, the latter joined by a hyphen."""
    if len(parts) != 3 or not all(map(_is_syllable, parts)):
        return False
    first, middle, last = parts
    if last.joined and not middle.joined:
        return not known().eastern.isdisjoint(first.plain)
    return middle.joined and not last.joined and not known().eastern.isdisjoint(last.plain)


def _is_syllable(part: Part) -> bool:
    return any(map(_ONE_SYLLABLE.fullmatch, part.plain))


def _within(longer: tuple[Part, ...], shorter: tuple[Part, ...]) -> bool:
    if not _alike(longer[0], shorter[0]):
        return False
    at, full, left = 0, 0, set(range(len(longer)))
    for part in shorter:
        while at < len(longer) and not _alike(longer[at], part, initials=True):
            at += 1
        if at == len(longer):
            return False
        full += not part.initial and not longer[at].initial
        left.discard(at)
        at += 1
    torn = any(
        part.joined and (at in left) is not (at - 1 in left) for at, part in enumerate(longer) if at
    )
    return full >= 2 and not torn


def _alike(one: Part, other: Part, *, initials: bool = False) -> bool:
    """The same part: accents that both write must be the same ones."""
    if one.initial != other.initial:
        short, long = (one, other) if one.initial else (other, one)
        return initials and any(word.startswith(tuple(short.plain)) for word in long.plain)
    if one.script == other.script == "signs":
        return scripts.same_sign(one.accented, other.accented)
    if (one.letters or other.letters) and _transcribed((one,), (other,)):
        return True
    pairs = [(a, b) for a in one.plain for b in other.plain]
    if not one.accented.isascii() and not other.accented.isascii() and _one_script(one, other):
        alike = same_letters(one.accented, other.accented)
        return alike or any(a != b and is_known(a, b) for a, b in pairs)
    return any(a == b or fold(a) == fold(b) or is_known(a, b) for a, b in pairs)


def _transcribed(run: Sequence[Part], others: Sequence[Part]) -> bool:
    """Whether one side, in Latin letters, is how the other may be written, letter by letter."""
    latin, foreign = (others, run) if any(part.letters for part in run) else (run, others)
    if any(part.script != "latin" for part in latin) or not all(part.letters for part in foreign):
        return False
    letters = tuple(choice for part in foreign for choice in part.letters)
    listed = {part.script for part in foreign} & abjads.LISTED
    for ways in product(*(part.plain for part in latin)):
        word = "".join(ways)
        if scripts.written(letters, word) and not any(abjads.is_listed(s, word) for s in listed):
            return True
    return False


def _one_script(one: Part, other: Part) -> bool:
    """Whether both are in Latin letters with accents, or both in the same other letters."""
    return (one.accented[0] < "\u0250") == (other.accented[0] < "\u0250")

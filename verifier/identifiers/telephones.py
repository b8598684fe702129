"""Telephone numbers. E.164: a number that starts with its country's code is the same everywhere.
One in national writing is not, so beside an international one it is never certain.
"""

from __future__ import annotations

import re

from verifier.identifiers.fit import OTHER, SAME, UNCLEAR, Fit, Level, Spellings

_SCHEME = re.compile(r"tel:", re.IGNORECASE)
_TRUNK = re.compile(r"\(0\)")
_SIGNS = re.compile(r"[\s().\-/\u00a0\u2010-\u2015\u00b7]")
_NUMBER = re.compile(r"(\+?)([0-9]{3,15})", re.ASCII)
#: Fewer digits than this are an extension, which somebody has at every company.
_WHOLE = 7
#: Numbers whose last digits differ are different in whatever way they are written.
_ENDING = 6


def compare(value: str, stated: str) -> Fit:
    """Whether both are one number."""
    one, other = _read(value), _read(stated)
    if one is None or other is None:
        return UNCLEAR
    if one == other:
        return SAME if one[0] or len(one[1]) >= _WHOLE else Fit(Level.UNCLEAR, "short_number")
    both_whole = min(len(one[1]), len(other[1])) >= _WHOLE
    if (one[0] and other[0]) or (both_whole and one[1][-_ENDING:] != other[1][-_ENDING:]):
        return OTHER
    return Fit(Level.UNCLEAR, "national_number")


def spellings(stated: str) -> Spellings:
    """What an issuer may have hashed: the number as given, and as E.164 writes it."""
    yield stated.strip(), None
    read = _read(stated)
    if read is not None:
        for prefix in ("+", "") if read[0] else ("",):
            yield f"{prefix}{read[1]}", None


def _read(text: str) -> tuple[bool, str] | None:
    """Whether it is in international writing, and its digits; what ITU-T E.123 puts between them,
    and a trunk prefix in brackets, is left away.
    """
    bare = _SCHEME.sub("", text.strip(), count=1).partition(";")[0]
    bare = _SIGNS.sub("", _TRUNK.sub("", bare) if bare.startswith(("+", "00")) else bare)
    found = _NUMBER.fullmatch(f"+{bare[2:]}" if bare.startswith("00") else bare)
    return (bool(found[1]), found[2]) if found else None

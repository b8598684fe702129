"""What a page tells of a badge, one thing at a time: some pages write several in one line, such as
“Issuer · Issued Jan 2024 · Expires Jan 2026”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.claims import dates
from verifier.claims.ids import without_label
from verifier.model import Claim

_BETWEEN = re.compile(r"\s*[·•|\n]\s*")
_FROM_TO = re.compile(r"\s+[-\u2013\u2014]\s+")
_MOST = 6


def told(claim: Claim) -> Iterator[tuple[str, str]]:
    """Each member of `claim` with its text, in the order of the report; a line that tells of
    several things taken apart.
    """
    found = {
        "title": [claim.title] if claim.title else [],
        **{member: [] for member in ("issued", "expires", "issuer", "id", "holder")},
    }
    for member in ("issuer", "issued", "expires"):
        for text in _parts(member, getattr(claim, member) or ""):
            of = _of(member, text, first=not found[member])
            found[of].append(text)
    found["id"] += [claim.id] if claim.id else []
    found["holder"] += [claim.holder] if claim.holder else []
    for member, texts in found.items():
        yield from ((member, text) for text in dict.fromkeys(texts))


def _parts(member: str, text: str) -> Iterator[str]:
    parts = [part for part in _BETWEEN.split(text.strip(), maxsplit=_MOST) if part]
    for part in parts:
        ends = _FROM_TO.split(part)
        if member != "issuer" and len(ends) == 2 and all(dates.read(end).readable for end in ends):
            start, end = ends
            yield start
            yield end if dates.read(end).of else f"Expires {end}"
        else:
            yield part


def _of(member: str, text: str, *, first: bool) -> str:
    """What a part of the line `member` tells of."""
    date = dates.read(text)
    if date.of is not None and date.readable:
        return date.of
    if without_label(text) != text:
        return "id"
    if member == "issuer" and not first and date.readable:
        return "issued"
    return member

"""Ids of credentials, as pages write them beside a badge."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from verifier.claims.fit import OTHER, SAME, UNTOLD, Fit
from verifier.claims.words import fold, known

_UUID = re.compile(r"[0-9a-f]{32}")


def same_id(said: str, own: Iterable[str], numbers: Iterable[str]) -> Fit:
    """Whether the id that is `said` is one of the badge's: of `own`, addresses and such, or of
    `numbers` that the badge gives for people. Two ids differ for certain where they are of one
    form: both UUIDs, or both numbers for people.
    """
    said = without_label(said).strip()
    numbers, own = list(numbers), list(own)
    every = [*own, *numbers, *(part for one in own for part in _ends(one))]
    if not said:
        return UNTOLD
    if any(_equal(said, one) for one in every):
        return SAME
    mine = _bare(said)
    if any(mine == _bare(one) for one in every):
        return UNTOLD  # only upper and lower case differ, which counts in some ids
    ends = [_bare(part) for one in own for part in _ends(one)]
    two_uuids = _UUID.fullmatch(mine) and any(map(_UUID.fullmatch, ends))
    of_one_form = _form(mine) in (_form(_bare(number)) for number in numbers)
    return OTHER if two_uuids or of_one_form else UNTOLD


def without_label(text: str) -> str:
    """`text` without words such as “Credential ID” before it."""
    head, mark, tail = text.partition(":")
    if mark and fold(head) in known().id_labels:
        return tail
    words = text.split()
    for length in range(min(5, len(words) - 1), 0, -1):
        if fold(" ".join(words[:length])) in known().id_labels:
            return " ".join(words[length:])
    return text


def _ends(address: str) -> list[str]:
    """What stands last in an address or a URN: there, platforms put an award's own id."""
    if address.lower().startswith("urn:"):
        return [address.rsplit(":", 1)[1]]
    try:
        split = urlsplit(address)
    except ValueError:
        return []
    steps = [unquote(step) for step in split.path.split("/") if step]
    return steps[-1:] if split.scheme and steps else []


def _equal(one: str, other: str) -> bool:
    """As ids are compared: blanks and dashes aside; case only where neither mixes it."""
    if one == other:
        return True
    if any(_mixes(text) or "/" in text for text in (one, other)):
        return False
    return _bare(one) == _bare(other) != ""


def _form(text: str) -> str:
    """Which runs of letters and figures it is made of."""
    return re.sub(r"[a-z]+", "a", re.sub(r"\d+", "9", text))


def _mixes(text: str) -> bool:
    return any(c.isupper() for c in text) and any(c.islower() for c in text)


def _bare(text: str) -> str:
    return re.sub(r"[\s\u2010-\u2015_-]+", "", text).lower()

"""Issuers' names: is the one that a page gives the badge's, or a part of it, by its words alone?"""

from __future__ import annotations

import re

from verifier.claims.fit import SAME, UNTOLD, Fit
from verifier.claims.words import fold, known

_LONGEST = 300
#: What joins a part to the whole that it belongs to: “X by Y”, “School of X, Y”.
_JOINED = re.compile(r"\s*(?:,|\(|\)|\s[-\u2013\u2014|]\s|\b(?:by|at|of|from|part of|via)\b)\s*")


def same_issuer(said: str, *names: str) -> Fit:
    """Whether `said` is one of the issuer's `names`, but for case, legal forms and words that any
    programme of theirs may add, or a part of it that names the whole. Names that share less may be
    one house's all the same, so nobody can tell that they differ.
    """
    # Blanks in a row, and names that nobody has, would take long to take apart.
    page, *badge = (" ".join(name.split()) for name in (said, *names))
    told = [name for name in badge if max(len(page), len(name)) <= _LONGEST]
    return SAME if any(_is_part(page, name) or _is_part(name, page) for name in told) else UNTOLD


def _is_part(one: str, whole: str) -> bool:
    """Whether `one` is `whole`, or says itself that it is a part of it."""
    mine, theirs = _core(one), _core(whole)
    if not mine or not theirs:
        return fold(one) == fold(whole) != ()
    rest = mine[len(theirs) :]
    if mine[: len(theirs)] == theirs and all(word in known().programmes for word in rest):
        return True
    pieces = _JOINED.split(one.casefold())
    return len(pieces) > 1 and any(
        _core(piece) == theirs
        for piece in (*pieces[1:], one[: one.find("(")] if "(" in one else "")
    )


def _core(name: str) -> tuple[str, ...]:
    return tuple(word for word in fold(name) if word not in known().legal)

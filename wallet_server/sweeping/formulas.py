"""Cells that no spreadsheet takes for a formula, and from which what stood there can be read again.

A spreadsheet runs a cell that begins with one of a few signs. Where it divides a line otherwise
than we did (at semicolons, in much of Europe), a cell of its own may begin in the middle of ours,
after any sign that divides or quotes. So an apostrophe goes before each such beginning.
"""

from __future__ import annotations

import re

_STARTS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20"
#: Blanks and signs without width, which a program may drop before it looks.
_BLANKS = (
    " \\x00\\x0b\\x0c\\x1c-\\x1f\x85\u00a0\u00ad\u1680\u180e\u2000-\u200f"
    "\u2028\u2029\u202f\u205f-\u2064\u3000\ufeff"
)
_AFTER = '"\n\r\t,;|'
_BEGINNING = f"'*[{_BLANKS}]*[{_STARTS}]"
#: Where a cell may begin, and runs if nothing is put there; apostrophes that stand there already
#: are part of it, so that ours can be told from them.
_DANGEROUS = re.compile(rf"(?:\A|(?<=[{_AFTER}]))(?={_BEGINNING})")
_DEFUSED = re.compile(rf"(?:\A|(?<=[{_AFTER}]))'(?={_BEGINNING})")


def defused(text: str) -> str:
    """`text` as a cell that is only text."""
    return _DANGEROUS.sub("'", text)


def as_it_was(text: str) -> str:
    """What `defused` made `text` of."""
    return _DEFUSED.sub("", text)

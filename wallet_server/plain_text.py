"""Text from strangers, made safe to show on one line: no control, no direction tricks, no flood."""

from __future__ import annotations

import unicodedata

#: Marks that may pile up on one letter before the rest is left out.
_MARKS = 4


def plain(text: str, limit: int = 600) -> str:
    """`text` on one line, without control, format and unassigned characters, cut to `limit`.

    A terminal escape, a right-to-left override or a zero-width character thus shows as nothing.
    """
    kept: list[str] = []
    marks = 0
    for character in text[: limit * 4]:
        category = unicodedata.category(character)
        marks = marks + 1 if category.startswith("M") else 0
        if character.isspace():
            kept.append(" ")
        elif not category.startswith("C") and marks <= _MARKS:
            kept.append(character)
    line = " ".join("".join(kept).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"

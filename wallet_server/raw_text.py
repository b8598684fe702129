"""A credential as text that a reader can go through: to be run in a worker, since it is unbaked
and read there. What can't be seen is written out, so that nothing hides in it.
"""

from __future__ import annotations

import json
import unicodedata

from verifier import containers
from verifier.errors import Malformed, NoCredential
from verifier.json_gate import read_object

#: Letters that are shown; the whole is there to be downloaded.
LETTERS = 60_000


def raw(content: bytes) -> str | None:
    """The credential in `content`, indented where it is JSON; `None` where there is none, as in a
    page or a paper.
    """
    try:
        baked = containers.unbake(content)
    except (Malformed, NoCredential):
        return None
    try:
        text = json.dumps(read_object(baked.content), indent=2, ensure_ascii=False)
    except Malformed:
        text = baked.content.decode("utf-8", "replace")
    shown = "".join(map(_visible, text[:LETTERS]))
    return shown if len(text) <= LETTERS else f"{shown}\n…"


def _visible(letter: str) -> str:
    """The letter, or its number where it would not be seen, as JSON writes it."""
    if letter == "\n" or not unicodedata.category(letter).startswith("C"):
        return letter
    return f"\\u{ord(letter):04x}"

"""Words that stand in CVs and mails, from our own list."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path


@cache
def told(kind: str) -> frozenset[str]:
    """Those of one `kind`, as the list itself explains them. Raises `KeyError` for another."""
    listed = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return frozenset(listed[kind])

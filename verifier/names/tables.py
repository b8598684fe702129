"""What letters of other scripts are written as in Latin ones: the shipped tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

#: What each letter of a word, or several together, may be written as.
Letters = tuple[tuple[str, ...], ...]


@cache
def tables() -> Mapping[str, Any]:
    """`scripts.json`, by script."""
    data: dict[str, Any] = json.loads((Path(__file__).parent / "scripts.json").read_text("utf-8"))
    return data


def choices(text: str) -> tuple[str, ...]:
    """The texts between `|`, each once."""
    return tuple(dict.fromkeys(text.split("|")))

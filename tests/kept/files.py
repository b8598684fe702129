"""The files, and what makes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.kept import countries, vocabularies

VERIFIER = Path(__file__).parent.parent.parent / "verifier"

FILES: Mapping[Path, Callable[[], bytes]] = {
    VERIFIER / "trust/words/countries.json": countries.content,
    VERIFIER / "jsonld/processed.txt": vocabularies.content,
}

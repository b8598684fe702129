"""The files, and what makes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.kept import names, vocabularies

VERIFIER = Path(__file__).parent.parent.parent / "verifier"

FILES: Mapping[Path, Callable[[], bytes]] = {
    VERIFIER / "trust/words/folded.json": names.listed_words,
    VERIFIER / "trust/names.json": names.names,  # by those words
    VERIFIER / "jsonld/processed.txt": vocabularies.content,
}

"""The files, and what makes each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from tests.kept import names, vocabularies
from tests.kept.alike import alike
from tests.kept.calendar import calendar

VERIFIER = Path(__file__).parent.parent.parent / "verifier"

FILES: Mapping[Path, Callable[[], bytes]] = {
    VERIFIER / "alike.json": alike,  # by which the rest is made
    VERIFIER / "trust/words/folded.json": names.listed_words,
    VERIFIER / "trust/names.json": names.names,  # by those words
    VERIFIER / "claims/calendar.json": calendar,
    VERIFIER / "jsonld/processed.txt": vocabularies.content,
}

"""The table of sources leaves nothing of the material out, but for what says why."""

from pathlib import Path

from tests.conformance.__main__ import NAMES
from tests.conformance.manifest import rows, why_not_scored
from tests.conformance.sources import SOURCES
from tests.conformance.vectors import VECTORS

#: Folders without a line in the list, and the lines of the table that stand for them.
UNLISTED = {
    "pngsuite": ("pngsuite",),
    "providers": ("credly, downloaded in 2026", "other platforms", "platforms' addresses"),
    "rdf-canon": ("rdf-canon",),
    "wycheproof": ("wycheproof",),
}


def scored(material: Path) -> set[str]:
    """Every file of the material that a case stands for."""
    cases = [case for source in SOURCES.values() for case in source(material)]
    cases += [case for source in VECTORS.values() for case, _, _ in source(material)]
    return {item for case in cases for item in (case.id, *case.rows)}


def test_every_item_is_scored_or_says_why_not(material: Path) -> None:
    done = scored(material)
    missing = [
        row["path"]
        for row in rows(material)
        if row["path"] not in done and why_not_scored(row) is None
    ]
    assert missing == []


def test_every_folder_is_listed_or_in_the_table(material: Path) -> None:
    listed = {row["path"].partition("/")[0] for row in rows(material)}
    folders = {path.name for path in material.iterdir() if path.is_dir()}
    assert folders - listed == set(UNLISTED)
    assert {name for names in UNLISTED.values() for name in names} <= set(NAMES)

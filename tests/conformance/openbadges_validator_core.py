"""1EdTech's Python validator: its own cases run from end to end, and those derived from them.

Its inner steps are not ours to score, nor is what the material's own README holds nobody to.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.conformance.case import RIGHT, Case

SOURCE = "openbadges-validator-core"
_FILES = ("derived.jsonl", "cases.jsonl")
_NOBODY_IS_HELD_TO = frozenset(("obd-042", "obd-047", "obd-106", "obvc-verify-009"))
_TEXT = "The contract, section 2: text that can't be parsed is the error `malformed`"
_CONTEXT = "The contract, section 1: a vocabulary that is not pinned, or given inline, is `context`"
_CLASS = "The contract, section 2: a class or a profile is the error `not_an_award`"
_PICTURE = (
    "The design, “An outage never slanders”: the picture's host does not answer, and a hosted "
    "badge is confirmed by its assertion (Open Badges 2.0, “HostedBadge”)"
)

#: Where a standard or the contract says otherwise than the source: the text that decides.
DEVIATIONS: Mapping[str, str] = {
    "obd-121": f"{_TEXT} (RFC 8259, section 8.1: no byte order mark)",
    "obd-122": f"{_TEXT} as an object",
    "obd-131": _CONTEXT,
    "obd-133": _CONTEXT,
    "obd-197": "Open Badges 0.5 names no address: nothing denies it, and nothing confirms it",
    "obd-208": "Open Badges 0.5: `issued_on` is optional; its `origin` is not where it is hosted",
    "obvc-verify-003": _CLASS,
    "obvc-verify-012": _CLASS,
    **dict.fromkeys(
        ("obvc-verify-013", "obvc-verify-014", "obvc-verify-015", "obvc-verify-019"), _PICTURE
    ),
}


def cases(material: Path) -> Iterator[Case]:
    """Every case with a verdict for a whole badge."""
    folder = material / SOURCE
    for name in _FILES:
        for line in (folder / name).read_text().splitlines():
            row = json.loads(line)
            expected = row["expected"].get("verdict")
            whole = row.get("kind", "verify") == "verify"
            if not whole or row["id"] in _NOBODY_IS_HELD_TO or expected not in RIGHT:
                continue
            given = row["input"]
            yield Case(
                id=row["id"],
                source=SOURCE,
                input=(folder / given["file"]).read_bytes() if "file" in given else given["value"],
                name=row["id"],
                urls=row["http"],
                files_root=folder,
                expected=expected,
                options=row["options"],
                clause=DEVIATIONS.get(row["id"]),
            )

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
_AGE_05 = "Open Badges 0.5 names no address: nothing denies it, and nothing confirms it"
_HOST_05 = "Open Badges 0.5: `issued_on` is optional; its `origin` is not where it is hosted"

#: Where a standard or the contract says otherwise than the source: what is right, and the text.
DEVIATIONS: Mapping[str, tuple[str, str]] = {
    "obd-121": ("bad_structure", f"{_TEXT} (RFC 8259, section 8.1: no byte order mark)"),
    "obd-122": ("bad_structure", f"{_TEXT} as an object"),
    "obd-131": ("unknown", _CONTEXT),
    "obd-133": ("unknown", _CONTEXT),
    "obd-197": ("unknown", _AGE_05),
    "obd-208": ("unknown", _HOST_05),
    "obvc-verify-003": ("not_an_award", _CLASS),
    "obvc-verify-012": ("not_an_award", _CLASS),
}


def cases(material: Path) -> Iterator[Case]:
    """Every case with a verdict for a whole badge that the source's own tests assert.

    Four were recorded while the hosts of their pictures were down, in tests about something else;
    what came out then is nobody's claim, and an outage makes no badge `invalid` here.
    """
    folder = material / SOURCE
    for name in _FILES:
        for line in (folder / name).read_text().splitlines():
            row = json.loads(line)
            whole = row.get("kind", "verify") == "verify" and row.get("asserted", True)
            said = row["expected"].get("verdict")
            expected, clause = DEVIATIONS.get(row["id"], (said, None))
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
                clause=clause,
                rows=(f"{SOURCE}/{name}",),
            )

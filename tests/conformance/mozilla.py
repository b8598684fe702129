"""Mozilla's validator of 2013 to 2015: Open Badges 0.5, 1.0 and 1.1, from end to end.

Its inner steps are not ours to score, nor is what the material's own README holds nobody to. Where
a case gives no more than a recipient, it is set into an otherwise good badge that is hosted.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conformance.case import RIGHT, Case

SOURCE = "mozilla-openbadges-validator"
_NOW = "2013-03-01T00:00:00Z"
_RECIPIENTS = ("recipient-match", "recipient-structure", "hash-match")
_NOBODY_IS_HELD_TO = frozenset(
    (
        *(f"moz-verify-0{number}" for number in (13, 35, 42, 43, 45, 46)),
        "moz-recipient-match-006",
    )
)
_ADDRESS = "https://example.org/assertion"
_WHOLE_1 = "moz-verify-031"
_WHOLE_05 = "moz-verify-037"
_NO_BADGE = "The contract, section 2: what is no badge's text is the error `not_a_badge`"
_PASTED = "The contract, section 1: pasted 0.5 names no address that could confirm it (`unsigned`)"
_READABLE = "The contract, section 1: a host that gives no JSON could not be asked; that is no “no”"
_ASKED = "The contract, section 1: it is hosted, and its host does not answer"
_HASH = "Open Badges 1.0, IdentityHash: sha256 makes 64 hexadecimal digits, and these are four"
#: Where a standard or the contract says otherwise than the source: what is right, and the text.
DEVIATIONS: Mapping[str, tuple[str, str]] = {
    **{f"moz-verify-0{number}": ("no_badge", _NO_BADGE) for number in (14, 15, 19, 20, 21, 22)},
    **{f"moz-verify-0{number}": ("no_badge", _NO_BADGE) for number in ("02", 27, 28)},
    "moz-verify-023": (
        "bad_structure",
        "The contract, section 2: a payload that can't be parsed is the error `malformed`",
    ),
    **dict.fromkeys(("moz-verify-008", "moz-verify-036", "moz-verify-041"), ("unknown", _PASTED)),
    "moz-verify-011": ("unknown", _READABLE),
    "moz-verify-018": ("unknown", _ASKED),
    **dict.fromkeys(
        ("moz-recipient-structure-006", "moz-recipient-structure-007"), ("invalid", _HASH)
    ),
}


def cases(material: Path) -> Iterator[Case]:
    """Every case with a verdict for a whole badge, or for the recipient of one."""
    folder = material / SOURCE
    lines = (folder / "cases.jsonl").read_text().splitlines()
    rows = {row["id"]: row for row in map(json.loads, lines)}
    for name, row in rows.items():
        said = {"match": "valid"}.get(row["expected"]["verdict"], row["expected"]["verdict"])
        expected, clause = DEVIATIONS.get(name, (said, None))
        if name in _NOBODY_IS_HELD_TO or expected not in RIGHT:
            continue
        options: Mapping[str, Any] = {}
        if row["kind"] == "verify":
            given, urls = row["input"], row["http"]
        elif row["kind"] in _RECIPIENTS:
            given, urls, options = _with_recipient(rows, row)
        else:
            continue
        yield Case(
            id=name,
            source=SOURCE,
            input=given if isinstance(given, str) else json.dumps(given).encode(),
            name=name,
            urls=urls,
            files_root=folder,
            expected=expected,
            options=options,
            now=row.get("options", {}).get("now", _NOW),
            clause=clause,
            rows=(f"{SOURCE}/cases.jsonl",),
        )


def _with_recipient(
    rows: Mapping[str, Mapping[str, Any]], row: Mapping[str, Any]
) -> tuple[str, Mapping[str, Any], Mapping[str, Any]]:
    """The address of a badge of the row's version with the row's recipient; the web; whom to ask
    for.
    """
    given = row["input"]
    version = given.get("version") or given.get("parse", {}).get("version", "0.5.0")
    assertion = given.get("assertion")
    if assertion is None:
        assertion = {"recipient": given["hash"], "salt": given.get("salt")}
    whole = rows[_WHOLE_05 if version == "0.5.0" else _WHOLE_1]
    badge = {**rows["moz-verify-036" if version == "0.5.0" else _WHOLE_1]["input"]}
    badge.pop("salt", None)
    badge.update({member: value for member, value in assertion.items() if value is not None})
    answer = {
        "status": 200,
        "content_type": "application/json",
        "content": json.dumps(badge).encode(),
    }
    options = {"recipient_profile": {"email": given["email"]}} if "email" in given else {}
    return _ADDRESS, {**whole["http"], _ADDRESS: answer}, options

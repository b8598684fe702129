"""Issuer lists as they are handed on: with all that answers follow from, and less what a reader of
them wrote for themselves alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from verifier.json_gate import read_object
from verifier.ports import TrustRegistry
from verifier.report import Report

#: The members that a list is read for (contract, section 2), less the note of an entry.
_OF_A_LIST = ("name", "as_of", "scope", "source", "issuers")
_OF_AN_ENTRY = ("id", "name", "policy", "also", "domains", "called", "scope", "checks")


def handed_on(registry: TrustRegistry, report: Report) -> bytes:
    """The bytes of a list beside `report`, which follows from them: as they are where anybody may
    read the list; else without notes that no answer quotes, and whatever nothing is read from.
    """
    if registry.published:
        return registry.content
    told = tuple(_told(report))
    listed = read_object(registry.content, limit=len(registry.content))
    kept = {name: value for name, value in listed.items() if name in _OF_A_LIST}
    kept["issuers"] = [_entry(one, told) for one in listed["issuers"]]
    if kept == listed:
        return registry.content
    return (json.dumps(kept, indent=1, ensure_ascii=False) + "\n").encode()


def _entry(entry: dict[str, Any], told: tuple[str, ...]) -> dict[str, Any]:
    kept = {name: value for name, value in entry.items() if name in _OF_AN_ENTRY}
    note = entry.get("note")
    if note and entry.get("policy") == "deny" and any(f"“{note}”" in says for says in told):
        kept["note"] = note
    return kept


def _told(report: Report) -> Iterator[str]:
    """What a report, and those in it, say of issuers that a list refuses."""
    yield from (check.says for check in report.checks if check.code == "denied")
    for one in (*report.bundle, *report.endorsements):
        yield from _told(one)

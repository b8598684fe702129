"""Badgr's own test files of every version before 3.0, asked for at their addresses."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conformance.case import Case

SOURCE = "badgr-server"
_WITHOUT_BADGE = "http://a.com/instance with 1_0_basic_instance_missing_badge_prop.json"
_BROKEN_ISSUER = "issuer is not JSON"
_NO_JSON = "1_0_basic_issuer_invalid_json.json"


def cases(material: Path) -> Iterator[Case]:
    """Each address with the verdict of 1EdTech's Python validator."""
    folder = material / SOURCE
    urls = json.loads((folder / "http/urls.json").read_bytes())
    for line in (folder / "peer-verdicts.jsonl").read_text().splitlines():
        row = json.loads(line)
        address, answers = _asked(row["input"], urls)
        yield Case(
            id=f"{row['id']} {address}",
            source=SOURCE,
            input=address,
            name=row["id"],
            urls=answers,
            files_root=folder / "http",
            expected=row["verdict"],
            rows=(f"{SOURCE}/http/{_file(address, answers)}",),
        )


def _file(address: str, answers: Mapping[str, Any]) -> str:
    """The file that decides: the one that is asked for, or the one put in another's place."""
    named = answers.get("http://a.com/issuer", {}).get("file")
    return named if named == _NO_JSON else str(answers.get(address, {}).get("file"))


def _asked(said: str, urls: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """The address, and what the row's words change in the answers."""
    json_type = {"content_type": "application/json", "status": 200}
    if said == _WITHOUT_BADGE:
        name = "1_0_basic_instance_missing_badge_prop.json"
        changed = {"http://a.com/instance": {**json_type, "file": name}}
    elif said == _BROKEN_ISSUER:
        changed = {"http://a.com/issuer": {**json_type, "file": _NO_JSON}}
    else:
        return said, urls
    return "http://a.com/instance", {**urls, **changed}

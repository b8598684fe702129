"""The material's list of items, and why some of them are no case of their own (its README)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]

#: What credentials are read and checked with: not scored, since it is none itself.
_BESIDE_CREDENTIALS = {
    **dict.fromkeys(("context", "schema"), "a vocabulary or a schema"),
    "helper": "a key, a profile or a template of the source's tests",
    "vector-step": "a step of a vector, which its own test holds us to",
    "http-doc": "a document that the recorded web answers with",
    **dict.fromkeys(("did-doc", "key/verification-method"), "a key document"),
    "issuer-registry": "a list of issuers",
    "status-list": "a status list, judged by the credentials that point to it",
}
#: Verdicts that hold nobody to anything: the README's own words, or how they begin.
_NO_VERDICT = ("disputed", "depends", "example", "unspecified")
#: Files of cases that say something else than what becomes of a badge.
_OTHER_CASES = {
    "openbadges-validator-core/java-fixtures-second-verdict.jsonl": (
        "second opinions on files that have a first one"
    ),
}
#: Parts of which a source's cases are made, deliberately broken ones among them.
_PARTS = "openbadges-validator-core/components/"
#: The list that credentials of the 1EdTech's own tests point to; it stands among them.
_STRAY_LIST = "1edtech-public-validator/ob30/bit-string-list/testlist"


def rows(material: Path) -> Iterator[Row]:
    """Every line of the list."""
    for line in (material / "manifest.jsonl").read_text().splitlines():
        yield json.loads(line)


def why_not_scored(row: Row) -> str | None:
    """Why an item is no case of its own, or `None` if it must be one."""
    if row["path"].startswith(("contexts/", "schemas/")):
        return _BESIDE_CREDENTIALS["context"]
    if str(row.get("category")).startswith("cose/"):
        return "in COSE, a form that badges do not have"
    if row["path"] == _STRAY_LIST:
        return _BESIDE_CREDENTIALS["status-list"]
    if row["path"].startswith(_PARTS):
        return "a part of which cases are made"
    verdict = row.get("verdict")
    if verdict is None:
        return "its source says no verdict"
    if verdict.startswith(_NO_VERDICT):
        return "its source says no verdict that holds us to anything"
    return _OTHER_CASES.get(row["path"]) or _BESIDE_CREDENTIALS.get(str(row.get("category")))

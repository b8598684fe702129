"""The W3C's suite for VC-JOSE-COSE: tokens to verify, each with the issuer's key that goes with it.

COSE is no form that badges have; what the suite has implementations sign is scored as it is there,
unsigned.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conformance.case import Case

FOLDER = "w3c-vc-jose-cose-test-suite"
ISSUER = "https://example.issuer/vc-jose-cose"
NOW = "2024-12-16T12:00:00Z"

_UNSIGNED = "contract, section 1: without a proof it is `unsigned`, which is no failure"
_NOT_LISTED = (
    "contract, section 1, `key_not_listed`: the credential is one of the suite's good ones, and "
    "only the key that is served beside it is another"
)
_OVERRIDDEN = {
    "jose-cose-09": ("unknown", _NOT_LISTED),
    "jose-cose-10": ("unsigned", _UNSIGNED),
}
_FORMS = ("_jose", "_sdjwt")


def cases(material: Path) -> Iterator[Case]:
    """Every case in which a token is to be verified."""
    folder = material / FOLDER
    for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        given = json.loads(line)
        if given["fn"] != "verify" or not given["feature"].endswith(_FORMS):
            continue
        expected, clause = given["expected"]["verdict"], None
        if given["id"] in _OVERRIDDEN:
            expected, clause = _OVERRIDDEN[given["id"]]
        name = given["input"]["file"]
        yield Case(
            id=given["id"],
            source=FOLDER,
            input=(folder / name).read_bytes(),
            name=name,
            urls={ISSUER: _key_document(folder, given)},
            files_root=folder,
            expected=expected,
            now=NOW,
            clause=clause,
            rows=(f"{FOLDER}/cases.jsonl", f"{FOLDER}/{name}"),
        )


def _key_document(folder: Path, given: Mapping[str, Any]) -> dict[str, Any]:
    """The issuer's document with the case's key; for presentations with every key, since the
    credentials in them have others.
    """
    names = [given["key"]["file"]]
    if given["feature"].startswith("presentation"):
        names = sorted(f"input/{path.name}" for path in (folder / "input").glob("vm-*.json"))
    methods = [json.loads((folder / name).read_bytes()) for name in names]
    public = [
        {member: value for member, value in method.items() if member != "secretKeyJwk"}
        for method in methods
        if method["controller"] == ISSUER
    ]
    listed = [method["id"] for method in public]
    document = {
        "id": ISSUER,
        "verificationMethod": public,
        "assertionMethod": listed,
        "authentication": listed,
    }
    return {
        "content": json.dumps(document).encode(),
        "status": 200,
        "content_type": "application/json",
    }

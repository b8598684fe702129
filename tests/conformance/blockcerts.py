"""Blockcerts' own verifier, its schema and its proof suite: what their tests hold.

The ledgers' answers there are in no explorer's format, so that nothing anchored can be more than
unknown (the material's README); nor can anything that stands in no ledger, or in one for testing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from tests.conformance.case import KNOWN, Case

VERIFIER = "blockcerts-cert-verifier-js"
SCHEMA = "blockcerts-cert-schema"
SUITE = "blockcerts-merkleproof2019"

_LEDGER = (
    "unknown",
    "contract, section 1, `ledger_unreachable`: its hashes fit, and no explorer's answer is there",
)
_CONTEXT = ("unknown", "contract, section 1, `context`: a vocabulary of its own, given inline")
_LARGE = ("too_large", "contract, section 2: 256 KiB outside `data:` values")
_LIST = ("unknown", "contract, section 1: the status list that the profile names did not answer")
_P256 = (
    "bad_proof",
    "Data Integrity ECDSA Cryptosuites 1.0, section 3.5: ecdsa-sd-2023 takes keys of P-256",
)
_BASE = ("base_proof", "the same, section 3.5.3: the holder's own copy is not for showing")
_ALTERED = (
    "tampered",
    "Blockcerts: the target is the hash of the badge, and here is another",
)
_UNSIGNED = ("unsigned", "contract, section 1: without a proof it is `unsigned`")
_NO_ANCHOR = (
    "unknown",
    "contract, section 1, `unsupported_proof`: 1.1 does not say where its hash stands",
)


def _all(numbers: str, said: tuple[str, str]) -> dict[str, tuple[str, str]]:
    return {f"blockcerts-{number}": said for number in numbers.split()}


#: Where the contract or a standard says otherwise than the source: what is right, and the text.
DEVIATIONS: Mapping[str, tuple[str, str]] = {
    **_all("08 10 11 12 17 20 27 34 35 36 43 46 47 49 50 51", _LEDGER),
    **_all("01 02 18 19 22 23 24 25 26 29 30 37 38 39", _CONTEXT),
    **_all("09", _LARGE),
    **_all("52", _LIST),
    **_all("03", _P256),
    **_all("05", _BASE),
    "v3/testnet-v3-did--verification-method-mismatch.json": _CONTEXT,
    "examples/1.1/sample_signed_cert-1.1.json": _NO_ANCHOR,
    "examples/1.1/sample_unsigned_cert-1.1.json": _UNSIGNED,
    "examples/1.2/sample_signed_cert-1.2.json": _ALTERED,
    "examples/1.2/sample_signed_cert_multiple_signers-1.2.json": _ALTERED,
    "examples/1.2/sample_unsigned_cert-1.2.json": _UNSIGNED,
    "examples/2.0/bbba8553-8ec1-445f-82c9-a57251dd731c.json": _LEDGER,
    "examples/2.0-alpha/sample_valid.json": _ALTERED,
    "examples/2.0-alpha/tampered_unmapped_fields_vocab.json": _CONTEXT,
    "examples/2.1/sample_valid.json": _ALTERED,
    "examples/2.1/tampered_unmapped_fields_vocab.json": _CONTEXT,
    "examples/3.0/bbba8553-8ec1-445f-82c9-a57251dd731c.json": _ALTERED,
    "examples/3.0/cert-no-proof.json": _UNSIGNED,
}


def verifier(material: Path) -> Iterator[Case]:
    """The cases from end to end, but for those that demand a purpose, which a reader can't; then
    what is in none of them.
    """
    folder = material / VERIFIER
    rows = [json.loads(line) for line in (folder / "cases.jsonl").read_text().splitlines()]
    urls: dict[str, Any] = {}
    for row in rows:
        answers = row.get("http") or {}
        urls = {**answers, **urls}
        options = row.get("options") or {}
        given = row["input"]
        if "proofPurpose" in options and set(options) != {"proofPurpose", "challenge"}:
            continue
        content = (
            (folder / given["file"]).read_bytes()
            if "file" in given
            else json.dumps(given["value"]).encode()
        )
        expected, clause = DEVIATIONS.get(row["id"], (row["expected"]["verdict"], None))
        yield Case(
            id=row["id"],
            source=VERIFIER,
            input=content,
            name=row["id"],
            urls=answers,
            files_root=folder,
            expected=expected,
            options=options,
            clause=clause,
            rows=(f"{VERIFIER}/cases.jsonl", f"{VERIFIER}/{row['input'].get('file')}"),
        )
    seen = {row["input"].get("file") for row in rows}
    yield from (case for case in _rows(material, VERIFIER, urls) if case.id not in seen)


def schema(material: Path) -> Iterator[Case]:
    """Samples of every version; their source looks at no hash and no ledger."""
    return _rows(material, SCHEMA, {})


def suite(material: Path) -> Iterator[Case]:
    """One credential that stands in no ledger, of which its source says nothing."""
    name = "mocknet-vc-v2-data-integrity-proof.json"
    yield _case(material, SUITE, name, {}, "baked")


def _rows(material: Path, folder: str, urls: Mapping[str, Any]) -> Iterator[Case]:
    """The manifest's lines about credentials in `folder`."""
    for line in (material / "manifest.jsonl").read_text().splitlines():
        row = json.loads(line)
        if not row["path"].startswith(f"{folder}/") or "json/" not in row.get("category", ""):
            continue
        name = row["path"].partition("/")[2]
        if name in DEVIATIONS or row.get("verdict") in KNOWN:
            yield _case(material, folder, name, urls, row["verdict"])


def _case(material: Path, folder: str, name: str, urls: Mapping[str, Any], said: str) -> Case:
    expected, clause = DEVIATIONS.get(name, (said, None))
    return Case(
        id=name,
        source=folder,
        input=(material / folder / name).read_bytes(),
        name=name,
        urls=urls,
        files_root=material / folder,
        expected=expected,
        clause=clause,
        rows=(f"{folder}/{name}",),
    )

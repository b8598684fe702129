"""The sources: what is a case in each, and what it must get (the material's own README)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace

from tests.conformance import (
    badgr_server,
    blockcerts,
    jose_suite,
    mozilla,
    openbadges_validator_core,
    tools_of_2013,
)
from tests.conformance.case import KNOWN, Case

Row = Mapping[str, Any]
Urls = Mapping[str, Mapping[str, Any]]
Source = Callable[[Path], Iterator[Case]]

_CREDLY = "providers/credly/baked_ob3_2026"
_PICTURES = (
    "badgr-server",
    "mozilla-openbadges-backpack",
    "mozilla-openbadges-bakery",
    "mozilla-openbadges-bakery-service",
    "mozilla-openbadges-validator",
    "openbadges-validator-core",
    "openbadgeslib",
    "salava",
    "verifier-chrome-2013",
)
#: A key that is in the credential itself is known to nobody but whoever wrote it.
_UNPROVEN_KEYS = frozenset(("key in the fragment", "jwk header", "key not in the token"))
_SCHEMA_CASES = "dcc-verifier-core/schema-cases.jsonl"
_WITHOUT_ID = "delete credentialSubject.achievement.id"
#: An Open Badges 2.0 JWS has its key in the recorded web.
_KEYS_RECORDED = "1edtech-public-validator/ob20/"
_NOT_AN_AWARD = "contract, section 2: a class, a profile or an alignment is nobody's award"
_FRAGMENT = (
    "contract, section 1, `issuer_unproven`: the key stands in its own name and nowhere else"
)
_UNSIGNED = "contract, section 1: without a proof it is `unsigned`, which is no failure"
_CONTEXT = "contract, section 1, `context`: not one we pin, or given inline"
#: What the contract says where the source says otherwise: id (or how it starts) → word and clause.
_OVERRIDDEN = {
    "1edtech-public-validator/ob20/assets/": ("not_an_award", _NOT_AN_AWARD),
    "1edtech-public-validator/ob20/issuer-compact-iri-": ("not_an_award", _NOT_AN_AWARD),
    "1edtech-public-validator/ob20/rdf-validation/": ("not_an_award", _NOT_AN_AWARD),
    "1edtech-public-validator/ob20/basic-assertion-with-allowed-origins-valid-": (
        "unknown",
        f"{_CONTEXT}: the issuer's profile brings a vocabulary of its own",
    ),
    "dcc-vc-test-fixtures/verifiableCredentials/v2/dataIntegrityProof/didKey/"
    "twoOIDF-revoked-notExpired-badSchema": ("unknown", _CONTEXT),
    "dcc-verifier-core/VCv1NoProof.json": ("unsigned", _UNSIGNED),
    "dcc-verifier-core/VCv2NoProof.json": ("unsigned", _UNSIGNED),
    "w3c-vc-di-eddsa/eddsa-rdfc-2022/employ/": ("unchecked", _CONTEXT),
    "w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p256/employ/": ("unchecked", _CONTEXT),
    "w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p384/employ/": ("unchecked", _CONTEXT),
    "w3c-vc-di-ecdsa/ecdsa-sd-2023/employ/derived": ("unchecked", _CONTEXT),
    "w3c-vc-di-ecdsa/ecdsa-sd-2023/prc/derived": ("unchecked", _CONTEXT),
    "1edtech-public-validator/ob30/sd/derivedcredential.json": ("unknown", _FRAGMENT),
    "w3c-vc-data-model/schema/verifiable-presentation/example-45.json": (
        "invalid",
        "VC Data Integrity, section 4.4: the proofs of this example are filled in for show",
    ),
    **{
        f"w3c-vcdm2-test-suite/input/presentation-self-asserted-vc-{name}.json": (
            "unsigned",
            "contract, section 1, “Bundles”: a credential in it that nobody signed is counted",
        )
        for name in ("holder-mismatch", "issuer-mismatch", "no-holder")
    },
    **{
        f"w3c-vcdm2-test-suite/input/credential-{name}-fail.json": ("unsigned", _CONTEXT)
        for name in ("redef-type", "redef-type2", "type-mapped-nonurl", "type-unmapped")
    },
    "w3c-vcdm2-test-suite/input/credential-proof-ok.json": (
        "tampered",
        "VC Data Integrity, section 4.4: its proof, which the suite replaces, names no key",
    ),
    "w3c-vcdm2-test-suite/validVc.json": (
        "bad_structure",
        "VC Data Model 1.1, section 4.6: a credential has an issuanceDate",
    ),
    "badgr-server/http/bad_image.png": (
        "no_badge",
        "contract, section 2: JSON without a word of any badge standard is no badge",
    ),
}


def dcc(material: Path) -> Iterator[Case]:
    """Open Badges 3.0 of every state, over did:key and did:web.

    Their PNGs are QR codes of the address of the JSON of the same name, and get what it gets.
    """
    rows = {row["path"]: row for row in _rows(material, "dcc-vc-test-fixtures")}
    for path, row in rows.items():
        if row["category"] == "qr-png":
            behind = rows.get(f"{path.removesuffix('.png')}.json", {"verdict": "unreachable"})
            row = {**behind, "path": path}
        if path.startswith("dcc-vc-test-fixtures/verifiableCredentials/"):
            yield from _judged(material, row)


def dcc_verifier_core(material: Path) -> Iterator[Case]:
    """The credentials of another verifier's own tests, and its checks by schema: a change that
    breaks the schema breaks the signature, too.
    """
    for row in _rows(material, "dcc-verifier-core"):
        yield from _judged(material, row)
    # The lines spell a folder's name in two ways.
    fixtures = {row["path"].lower(): row for row in _rows(material, "dcc-vc-test-fixtures")}
    lines = (material / _SCHEMA_CASES).read_text().splitlines()
    for row in map(json.loads, lines):
        fixture, change = fixtures.get(row["input"]["file"].lower()), row["input"]["change"]
        if fixture is None:
            continue  # not among the files that were kept
        path = fixture["path"]
        document = _json(material / path)
        if change == _WITHOUT_ID:
            del document["credentialSubject"]["achievement"]["id"]
        elif change is not None:
            document["credentialSchema"][0]["id"] = "https://nowhere.example/schema.json"
        expected, clause = _OVERRIDDEN.get(path.removesuffix(".json"), (fixture["verdict"], None))
        case = _case(material, path, json.dumps(document).encode(), expected)
        name = f"{row['id']} {path}"
        if change is not None:
            yield replace(case, id=name, rows=(_SCHEMA_CASES,), expected="tampered")
        else:
            yield replace(case, id=name, rows=(_SCHEMA_CASES,), clause=clause)


def edtech(material: Path) -> Iterator[Case]:
    """1EdTech's validator: Open Badges 2.0 and 3.0, and learner records."""
    more = _json(material / "1edtech-public-validator/http/case-http.json")["cases"]
    for row in _rows(material, "1edtech-public-validator"):
        name = row["path"].partition("/")[2]
        if not name.startswith(("ob20/", "ob30/", "clr20/")) or name.endswith("/testlist"):
            continue
        yield from _judged(material, row, more.get(name, {}))


def w3c_vectors(folder: str) -> Source:
    """The vectors of the cryptosuites in `folder`: the signature alone."""

    def cases(material: Path) -> Iterator[Case]:
        for row in _rows(material, folder):
            yield from _judged(material, row, signature=True)

    return cases


def w3c_data_model(material: Path) -> Iterator[Case]:
    """The data model's own suite: its samples as they are before they are issued, but for the
    issuer, whom the suite has the implementation put in, and dates that it fills in itself.
    """
    for case in unsigned("w3c-vcdm2-test-suite")(material):
        document = json.loads(
            case.input.replace(b"PAST DATE", b"2020-01-01T00:00:00Z").replace(
                b"FUTURE DATE", b"2099-01-01T00:00:00Z"
            )
            if isinstance(case.input, bytes)
            else case.input
        )
        issuer = document.get("issuer", {})
        named = not isinstance(issuer, dict) or "id" in issuer
        if "VerifiablePresentation" in document.get("type", ()) or "no-issuer" in case.id or named:
            yield case
            continue
        put = {**document, "issuer": {**issuer, "id": "did:example:issuer"}}
        yield replace(case, input=json.dumps(put).encode())


def unsigned(folder: str) -> Source:
    """A source of unsigned samples: what is well-formed is `unsigned` and no worse."""

    def samples(material: Path) -> Iterator[Case]:
        for row in _rows(material, folder):
            judged = "unsigned" if row.get("verdict") == "valid" else row.get("verdict")
            yield from _judged(material, {**row, "verdict": judged})

    return samples


def specification(material: Path) -> Iterator[Case]:
    """The examples of Open Badges 3.0 and CLR 2.0 that are signed."""
    for row in _rows(material, "1edtech-ob-specification"):
        if row.get("crypto_check") and row["path"].endswith(".json"):
            yield from _judged(material, row, signature=True)


def platforms(material: Path) -> Iterator[Case]:
    """Pages, answers and pictures of the badge platforms, as files out of their place: whatever
    they say, none proves anything.
    """
    for path in sorted((material / "providers").rglob("*")):
        name = path.relative_to(material).as_posix()
        if path.is_file() and _CREDLY not in name and path.suffix not in (".jsonl", ".md"):
            yield _case(material, name, path.read_bytes(), "baked")


def credly(material: Path) -> Iterator[Case]:
    """What earners downloaded in 2026: their issuers' key documents are not recorded.

    Each is there as it is, and with one letter changed in many places.
    """
    for path in sorted((material / _CREDLY).glob("*.png")):
        image = path.read_bytes()
        yield _case(material, f"{_CREDLY}/{path.name}", image, "unresolvable_issuer")
        payload = path.with_suffix(".openbadgecredential.json").read_bytes()
        letters = [at for at, byte in enumerate(payload) if chr(byte).isalpha()]
        for at in letters[:: len(letters) // 40]:
            changed = payload[:at] + bytes((payload[at] ^ 1,)) + payload[at + 1 :]
            yield _case(material, f"{_CREDLY}/{path.stem}, letter {at} changed", changed, "baked")


def pictures(material: Path) -> Iterator[Case]:
    """Pictures baked by the tools of 2012 to 2016, and plain ones."""
    for folder in _PICTURES:
        for row in _rows(material, folder):
            if row["path"].endswith((".png", ".svg", ".bmp", ".jpg", ".txt", ".csv", ".doc")):
                yield from _judged(material, row)


def png_suite(material: Path) -> Iterator[Case]:
    """PNG in all its corners; none is a badge."""
    for path in sorted((material / "pngsuite/png").glob("*.png")):
        yield _case(material, f"pngsuite/png/{path.name}", path.read_bytes(), "no_badge")


def _rows(material: Path, folder: str) -> Iterator[Row]:
    """The manifest's lines about `folder`."""
    for line in (material / "manifest.jsonl").read_text().splitlines():
        row = json.loads(line)
        if row["path"].startswith(f"{folder}/"):
            yield row


def _judged(
    material: Path,
    row: Row,
    more: Urls | None = None,
    *,
    signature: bool = False,
) -> Iterator[Case]:
    """The row as a case, unless its source says nothing to hold us to."""
    name, expected, clause = row["path"], row.get("verdict"), None
    if expected is None or row.get("category") == "status-list":
        return
    checks = [check for check in row.get("crypto_check") or () if isinstance(check, Mapping)]
    known = {check.get("key") for check in checks} | {check.get("result") for check in checks}
    if signature or (known & _UNPROVEN_KEYS and not name.startswith(_KEYS_RECORDED)):
        signature, expected = True, _signature(checks)
    for start, (word, why) in _OVERRIDDEN.items():
        if name.startswith(start):
            expected, clause = word, why
    if expected not in KNOWN and not signature:
        return
    case = _case(material, name, (material / name).read_bytes(), expected, more)
    score: Literal["verdict", "signature"] = "signature" if signature else "verdict"
    yield replace(case, now=row.get("now"), clause=clause, score=score)


def _signature(checks: list[Mapping[str, Any]]) -> str:
    """What the signatures do, as whoever collected them found."""
    results = [check["result"] for check in checks]
    if "SIGNATURE DOES NOT VERIFY" in results:
        return "bad"
    return "good" if "verifies" in results else "unchecked"


def _case(
    material: Path, name: str, content: bytes, expected: str, more: Urls | None = None
) -> Case:
    source = _CREDLY if _CREDLY in name else name.split("/", maxsplit=1)[0]
    folder = material / source / "http"
    index = folder / "urls.json"
    urls = _json(index) if index.is_file() else {}
    return Case(
        id=name,
        source=source,
        input=content,
        name=name,
        urls={**urls, **(more or {})},
        files_root=folder,
        expected=expected,
    )


def _json(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(path.read_bytes())
    return read


SOURCES: Mapping[str, Source] = {
    "dcc-vc-test-fixtures": dcc,
    "dcc-verifier-core": dcc_verifier_core,
    "1edtech-public-validator": edtech,
    "openbadges-validator-core": openbadges_validator_core.cases,
    "badgr-server": badgr_server.cases,
    "mozilla-openbadges-validator": mozilla.cases,
    "mozilla-openbadges-bakery-service": tools_of_2013.baking_service,
    "verifier-chrome-2013": tools_of_2013.extension,
    "moodle-local-obf": tools_of_2013.factory,
    "w3c-vc-di-eddsa": w3c_vectors("w3c-vc-di-eddsa"),
    "w3c-vc-di-ecdsa": w3c_vectors("w3c-vc-di-ecdsa"),
    "w3c-vc-di-bbs": w3c_vectors("w3c-vc-di-bbs"),
    "w3c-ccg-security-vocab": w3c_vectors("w3c-ccg-security-vocab"),
    "w3c-vcdm2-test-suite": w3c_data_model,
    "w3c-vc-jose-cose-test-suite": jose_suite.cases,
    "w3c-vc-data-model": unsigned("w3c-vc-data-model"),
    "1edtech-dc-bootcamp": unsigned("1edtech-dc-bootcamp"),
    "1edtech-ob-specification": specification,
    blockcerts.VERIFIER: blockcerts.verifier,
    blockcerts.SCHEMA: blockcerts.schema,
    blockcerts.SUITE: blockcerts.suite,
    "credly, downloaded in 2026": credly,
    "other platforms": platforms,
    "pictures of 2012 to 2016": pictures,
    "pngsuite": png_suite,
}

"""Other people's badges: nothing bad is accepted, and what is not right is known by name."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.conformance.__main__ import NAMES, README, results, row
from tests.conformance.case import Case, Outcome, Score, score
from tests.conformance.sources import SOURCES
from wallet_server.cli import main

#: What we cannot say yet, and why. A case that turns out right must leave this list.
UNKNOWN: dict[str, str] = {}
#: What the source and we see differently: the clause of the standard that we hold against it.
WRONG: dict[str, str] = {}

#: At least as many cases as each source held when it was collected.
LEAST = {
    "dcc-vc-test-fixtures": 134,
    "dcc-verifier-core": 34,
    "1edtech-public-validator": 52,
    "openbadges-validator-core": 226,
    "badgr-server": 9,
    "mozilla-openbadges-validator": 73,
    "mozilla-openbadges-bakery-service": 3,
    "verifier-chrome-2013": 13,
    "moodle-local-obf": 14,
    "w3c-vc-di-eddsa": 8,
    "w3c-vc-di-ecdsa": 10,
    "w3c-vc-di-bbs": 10,
    "w3c-ccg-security-vocab": 4,
    "w3c-vcdm2-test-suite": 121,
    "w3c-vc-jose-cose-test-suite": 18,
    "w3c-vc-data-model": 12,
    "1edtech-dc-bootcamp": 4,
    "blockcerts-cert-verifier-js": 50,
    "blockcerts-cert-schema": 15,
    "blockcerts-merkleproof2019": 1,
    "credly, downloaded in 2026": 126,
    "pictures of 2012 to 2016": 33,
    "1edtech-ob-specification": 2,
    "other platforms": 83,
    "pngsuite": 175,
    "rdf-canon": 65,
    "wycheproof": 3609,
    "dcc-issuer-registry": 6,
    "platforms' addresses": 197,
}


@pytest.mark.parametrize("source", NAMES)
def test_every_badge_gets_what_it_must(source: str, material: Path) -> None:
    done = results(material, source)
    named = {
        wanted: {case.id: str(outcome) for case, outcome, scored in done if scored is wanted}
        for wanted in Score
    }
    ids = {case.id for case, _, _ in done}
    assert named[Score.FALSE_ACCEPT] == {}
    assert named[Score.WRONG].keys() == WRONG.keys() & ids
    assert named[Score.UNKNOWN].keys() == UNKNOWN.keys() & ids
    assert len(done) >= LEAST[source]
    assert len(ids) == len(done)
    assert row(source, done) in README.read_text(encoding="utf-8").splitlines()


def test_the_lists_name_real_cases(material: Path) -> None:
    ids = {case.id for source in SOURCES.values() for case in source(material)}
    assert not (UNKNOWN.keys() | WRONG.keys()) - ids


def judged(expected: str, **said: str) -> Score:
    """The score of one outcome under one expectation."""
    case = Case("id", "source", b"", "name", {}, Path(), expected)
    return score(case, Outcome(**said))


@pytest.mark.parametrize(
    ("expected", "said", "scored"),
    [
        ("valid", {"verdict": "unvouched"}, Score.RIGHT),
        ("valid", {"verdict": "invalid"}, Score.WRONG),
        ("valid", {"verdict": "unknown", "code": "unsupported_proof"}, Score.UNKNOWN),
        ("valid", {"error": "malformed"}, Score.WRONG),
        ("tampered", {"verdict": "invalid"}, Score.RIGHT),
        ("tampered", {"verdict": "verified"}, Score.FALSE_ACCEPT),
        ("tampered", {"verdict": "unknown"}, Score.UNKNOWN),
        ("invalid", {"verdict": "unknown", "code": "unsupported_proof"}, Score.RIGHT),
        ("invalid", {"verdict": "expired"}, Score.WRONG),
        ("revoked", {"verdict": "holder_unproven"}, Score.FALSE_ACCEPT),
        ("baked", {"verdict": "unvouched"}, Score.FALSE_ACCEPT),
        ("baked", {"error": "unreachable"}, Score.RIGHT),
        ("warning", {"verdict": "invalid"}, Score.WRONG),
        ("no_badge", {"error": "not_a_badge"}, Score.RIGHT),
        ("no_badge", {"error": "malformed"}, Score.WRONG),
    ],
)
def test_the_score_can_fail(expected: str, said: dict[str, str], scored: Score) -> None:
    assert judged(expected, **said) is scored


@pytest.mark.parametrize(
    ("expected", "said", "scored"),
    [
        ("good", {"verdict": "unknown", "signature": "good"}, Score.RIGHT),
        ("good", {"verdict": "unvouched", "signature": "good"}, Score.FALSE_ACCEPT),
        ("good", {"verdict": "invalid", "signature": "bad"}, Score.WRONG),
        ("bad", {"verdict": "invalid", "signature": "bad"}, Score.RIGHT),
        ("good", {"verdict": "unknown", "signature": "unchecked"}, Score.UNKNOWN),
        ("unchecked", {"verdict": "unknown", "signature": "good"}, Score.WRONG),
        ("good", {"error": "malformed"}, Score.WRONG),
    ],
)
def test_a_signature_is_scored_apart_from_its_key(
    expected: str, said: dict[str, str], scored: Score
) -> None:
    case = Case("id", "source", b"", "name", {}, Path(), expected, score="signature")
    assert score(case, Outcome(**said)) is scored


def test_real_files_of_2026_are_titled_by_the_achievement_and_wait_for_a_key(
    material: Path,
) -> None:
    pictures = sorted((material / "providers/credly/baked_ob3_2026").glob("*.png"))
    assert len(pictures) == 3
    for picture in pictures:
        payload = json.loads(picture.with_suffix(".openbadgecredential.json").read_bytes())
        nowhere = ["--documents", str(material / "dcc-verifier-core/http")]
        result = CliRunner().invoke(main, ["verify", "--json", *nowhere, str(picture)])
        report = json.loads(result.stdout)
        assert (report["verdict"], report["checks"][0]["code"]) == ("unknown", "key_unreachable")
        credential = report["credential"]
        assert credential["name"] == payload["credentialSubject"]["achievement"]["name"]
        assert credential["name"] != payload["name"]
        assert (credential["standard"], credential["provider"]) == ("OB 3.0", "credly")
        assert result.exit_code == 1

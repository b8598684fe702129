"""Badgr's answers as others wrote them down: hosted, expanded, taken back, somebody else's."""

import json
from pathlib import Path

from tests.providers.reading import NOW, check_of, codes, gave, said
from verifier.model import Document
from verifier.ports import Circumstances, Person

AWARD = "https://api.badgr.io/public/assertions/I4eaA9LARAaODuDaxt9DGQ"
CLASS = "https://api.badgr.io/public/badges/2TfNNqMLT8CoAhfGKqSv6Q?v=2_0"
LEARNER = "learner@example.edu"


def _gave(material: Path, name: str) -> Document:
    return gave((material / "providers/badgr" / f"{name}.reconstructed.json").read_bytes())


def _web(material: Path, name: str) -> dict[str, Document]:
    badge = _gave(material, "public_badgeclass_v2_0")
    return {
        AWARD: _gave(material, name),
        f"{AWARD}?v=2_0": _gave(material, name),
        CLASS: badge,
        json.loads(badge.content)["issuer"]: _gave(material, "public_issuer_v2_0"),
    }


def test_an_award_is_its_holders_and_nobody_elses(material: Path) -> None:
    for name in ("public_assertion_v2_0", "public_assertion_v2_0_expanded"):
        for mail, code in ((LEARNER, "email_match"), ("joe@example.com", "someone_else")):
            person = Person(emails=(mail,), exact=True)
            report = said(
                f"{AWARD}?identity__email=learner%40example.edu",
                _web(material, name),
                circumstances=Circumstances(NOW, person),
            )
            assert codes(report)["genuine"] == "hosted"
            assert codes(report)["recipient"] == code
            assert "learner" not in json.dumps([report["source"], report["contacted"]])


def test_an_award_taken_back_still_answers_200(material: Path) -> None:
    report = said(AWARD, _web(material, "public_assertion_revoked_200"))
    assert (report["verdict"], codes(report)["current"]) == ("revoked", "revoked")
    assert "Issued in error" in check_of(report, "current")["says"]

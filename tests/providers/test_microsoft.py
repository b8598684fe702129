"""A transcript as Microsoft answers it, pseudonymised by those who saved it."""

from pathlib import Path

from tests.providers.reading import NOW, codes, gave, said
from verifier.ports import Circumstances, Person

LINK = "https://learn.microsoft.com/en-us/users/alexsample/transcript/v0abc123"
ASKED = "https://learn.microsoft.com/api/profiles/transcript/share/v0abc123?locale=en-us"


def test_a_transcript_names_its_holder_and_each_certification(material: Path) -> None:
    path = material / "providers/microsoft/transcript_share_api_shape.reconstructed.json"
    person = Circumstances(NOW, Person(names=("Alex Sample",)))
    report = said(LINK, {ASKED: gave(path.read_bytes())}, circumstances=person)
    assert (codes(report)["genuine"], codes(report)["recipient"]) == ("issuer_page", "name_match")
    read = report["credential"]
    assert (read["kind"], report["asked"]) == ("record", [ASKED])
    assert "Active" in read["description"]
    assert "Retired" in read["description"]
    fundamentals = [one for one in read["evidence"] if "Fundamentals" in (one["name"] or "")]
    assert fundamentals
    assert not any("until" in one["text"] for one in fundamentals if "Active" in one["text"])

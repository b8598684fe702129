"""A transcript as Microsoft answers it, pseudonymised by those who saved it."""

from pathlib import Path

from tests.providers.reading import HTML, NOW, codes, gave, said
from verifier.ports import Circumstances, Person

LINK = "https://learn.microsoft.com/en-us/users/alexsample/transcript/v0abc123"
ASKED = "https://learn.microsoft.com/api/profiles/transcript/share/v0abc123?locale=en-us"
CATALOGUE = "https://learn.microsoft.com/api/catalog/?locale=en-us&type="


def test_a_transcript_names_its_holder_and_each_certification(material: Path) -> None:
    path = material / "providers/microsoft/transcript_share_api_shape.reconstructed.json"
    person = Circumstances(NOW, Person(names=("Alex Sample",)))
    report = said(LINK, {ASKED: gave(path.read_bytes())}, circumstances=person)
    assert (codes(report)["genuine"], codes(report)["recipient"]) == ("issuer_page", "name_match")
    read = report["credential"]
    assert (read["kind"], report["asked"][0]) == ("record", ASKED)
    assert all(url.startswith(CATALOGUE) for url in report["asked"][1:])
    assert [one["kind"] for one in read["listed"]] == ["badge"] * 6 + ["trophy"] * 4
    assert read["listed"][2]["earned"] == "2026-05-24T00:00:00Z"
    assert read["associations"] == []  # the catalogue did not answer, so nothing is said
    assert "Retired" in read["description"]
    assert len(report["bundle"]) == 19
    by_name = {one["credential"]["name"]: one for one in report["bundle"]}
    current = {name: codes(one)["current"] for name, one in by_name.items()}
    assert current["Microsoft Certified: Azure Fundamentals"] == "no_expiry"
    assert current["Microsoft Certified: Azure AI Engineer Associate"] == "in_force"
    assert current["Microsoft Certified: Azure Solutions Architect Expert (Legacy)"] == "expired"
    silver = "Microsoft® Certified Technology Specialist: Silverlight 4, Development"
    assert current[silver] == "not_stated"
    assert {codes(one)["genuine"] for one in report["bundle"]} == {"issuer_page"}
    kinds = {one["credential"]["kind"] for one in report["bundle"]}
    assert kinds == {"certification", "certificate"}
    assert {codes(one)["recipient"] for one in report["bundle"]} == {"name_match"}


def test_a_profile_lists_a_trophy_and_a_badge(material: Path) -> None:
    path = material / "providers/microsoft/achievements_user.reconstructed.json"
    api = "https://learn.microsoft.com/api"
    web = {
        f"{api}/profiles/alexsample": gave(b'{"userId": "0123-abcd"}'),
        f"{api}/achievements/user/0123-abcd?locale=en-us": gave(path.read_bytes()),
    }
    error = said("https://learn.microsoft.com/en-us/users/alexsample/", web)["error"]
    assert error["code"] == "not_an_award"
    trophy, badge = error["found"]
    assert trophy.startswith("trophy: Microsoft Azure Fundamentals")
    assert badge == "badge: Deploy with Azure Container Apps, 2024-02-01"


def test_a_shared_badge_takes_its_kind_and_day_from_its_holders_list(material: Path) -> None:
    folder = material / "providers/microsoft"
    api = "https://learn.microsoft.com/api"
    link = f"{api}/achievements/share/en-us/AlexSample/AB12CD3E"
    page = (folder / "share_page_head_achievement.html").read_bytes()
    listed = (folder / "achievements_user.reconstructed.json").read_bytes()
    title = b"Microsoft Azure Fundamentals: Describe cloud concepts"
    page = page.replace(b"Monitor your Azure virtual machines with Azure Monitor", title)
    web = {
        link: gave(page, HTML),
        f"{api}/profiles/AlexSample": gave(b'{"userId": "0123-abcd", "displayName": "Alex"}'),
        f"{api}/achievements/user/0123-abcd?locale=en-us": gave(listed),
    }
    read = said(link, web)["credential"]
    assert (read["kind"], read["issued"]) == ("trophy", "2024-03-01T00:00:00Z")
    assert read["recipient"]["name"] == "Alex"
    alone = said(link, {link: gave(page, HTML)})["credential"]
    assert (alone["kind"], alone["issued"]) == ("badge", None)

"""Google's pages as others saved them, read in the reader's tab."""

import re
from pathlib import Path

from tests.providers.reading import codes, said
from verifier.providers import find

NEW = "https://www.skills.google/public_profiles/aaaaaaaa-1111-4222-8333-bbbbbbbbbbbb"
OTHER = "https://www.skills.google/public_profiles/01b2c3d4-0000-4000-8000-000000000001"


def _seen(material: Path, name: str) -> bytes:
    return (material / "providers/google" / name).read_bytes()


def test_both_layouts_of_a_profile_give_the_badges_to_pick_from(material: Path) -> None:
    page = _seen(material, "public_profile_2025_trimmed.html")
    profile = re.search(rb"https://[a-z.]+/public_profiles/[0-9a-f-]{36}", page)
    assert profile is not None
    of_2025 = said(profile[0].decode(), {}, seen=page)["error"]
    assert (of_2025["code"], len(of_2025["found"])) == ("not_an_award", 7)
    assert all(find(award).kind == "award" for award in of_2025["found"])  # type: ignore[union-attr]
    of_2026 = said(NEW, {}, seen=_seen(material, "public_profile_2026_layout.reconstructed.html"))
    assert of_2026["error"]["found"] == [f"{NEW}/badges/25110001", f"{NEW}/badges/25110002"]


def test_a_badge_page_names_the_badge_and_nobody(material: Path) -> None:
    page = _seen(material, "badge_page_2026.reconstructed.html")
    report = said(f"{NEW}/badges/25110001", {}, seen=page)
    assert codes(report)["genuine"] == "issuer_page"
    read = report["credential"]
    assert read["name"] == "Implement Load Balancing on Compute Engine"
    assert (read["recipient"]["name"], read["issued"], report["asked"]) == (None, None, [])


def test_a_page_of_another_badge_or_profile_proves_nothing(material: Path) -> None:
    page = _seen(material, "badge_page_2026.reconstructed.html")
    for url in (f"{NEW}/badges/25110002", f"{OTHER}/badges/25110001"):
        assert codes(said(url, {}, seen=page))["genuine"] == "page_unreadable"


def test_a_private_profile_says_so(material: Path) -> None:
    error = said(NEW, {}, seen=_seen(material, "public_profile_private.reconstructed.html"))
    assert error["error"]["found"] == []
    assert "private" in error["error"]["says"]


def test_only_a_title_that_says_so_is_a_games() -> None:
    for title, kind in (
        ("Skills Boost Arcade Trivia July 2025 Week 3", "other"),
        ("Level 2: Modern Application Deployment", "badge"),
        ("Build an Arcade with Cloud Run", "badge"),
    ):
        link = f"{OTHER}/badges/7"
        head = (
            f'<meta property="og:title" content="{title}"><meta property="og:url" content="{link}">'
        )
        report = said(link, {}, seen=f"<html><head>{head}</head><body></body></html>".encode())
        assert (report["credential"]["name"], report["credential"]["kind"]) == (title, kind)

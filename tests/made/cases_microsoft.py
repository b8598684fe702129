"""Cases of share links at Microsoft Learn: pages as it serves them, with made-up holders."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.expected import comes_out
from tests.made.folder import Answer, Case, answered

HOME = "https://learn.microsoft.com"
CERTIFICATION = f"{HOME}/api/credentials/share/en-us/MiraSolano-12/0A0B0C0D0E0F0A0B"
ACHIEVEMENT = f"{HOME}/api/achievements/share/en-us/MiraSolano-12/AB12CD34"
TRANSCRIPT = f"{HOME}/en-us/users/MiraSolano/transcript/v0abc123"
_TRANSCRIPT = f"{HOME}/api/profiles/transcript/share/v0abc123?locale=en-us"
PICTURES = f"{HOME}/en-us/media/learn"


def cases() -> Iterator[Case]:
    """Every case of this platform."""
    level = f"{PICTURES}/certification/badges/microsoft-certified-general-badge-social.png"
    badge = f"{HOME}/training/achievements/monitor-social.png"
    certified = _page("Microsoft Certified: Tidal Data Fundamentals", level)
    module = _page("Measure tides with cloud services", badge)
    unread = comes_out("unknown", genuine="page_unreadable", current="no_status")
    stated = comes_out("unknown", genuine="issuer_page", current="not_stated", issuer="not_listed")
    one = comes_out("unvouched", genuine="issuer_page", current="no_status", issuer="not_listed")
    for name, url, page, expected in (
        ("a-microsoft-certification-whose-page-gives-no-date", CERTIFICATION, certified, stated),
        ("a-microsoft-badge-that-its-page-shows", ACHIEVEMENT, module, one),
        ("a-microsoft-link-that-shows-another-page", CERTIFICATION, _page("Learn", None), unread),
        ("a-microsoft-link-with-a-picture-from-elsewhere", CERTIFICATION, _elsewhere(), unread),
    ):
        yield Case(name, url, expected, {url: Answer(page, "text/html")})
    yield from _transcripts()


def _transcripts() -> Iterator[Case]:
    stranger = {"genuine": "issuer_page", "issuer": "not_listed"}
    stated = comes_out("unknown", **stranger, current="not_stated")
    trained = comes_out("unvouched", **stranger, current="no_status")
    unread = comes_out("unknown", genuine="page_unreadable", current="no_status")
    missing = comes_out("unknown", genuine="host_unreachable", current="no_status")
    bot = Answer(b"<!DOCTYPE html><html><title>Just a moment</title><body></body>", "text/html")
    certified = {
        "legalName": "Mira Solano",
        "activeCertifications": [
            {
                "name": "Microsoft Certified: Tidal Data Fundamentals",
                "certificationNumber": "A0B1C2-D3E4F5",
                "status": "Active",
                "dateEarned": "2024-05-02T00:00:00+00:00",
            }
        ],
    }
    for name, answer, expected in (
        ("a-microsoft-transcript", answered({"certificationData": certified}), stated),
        (
            "a-microsoft-transcript-of-training-only",
            answered({"certificationData": {"legalName": "Mira Solano"}}),
            trained,
        ),
        ("a-microsoft-transcript-behind-a-bot-check", bot, unread),
        ("a-microsoft-transcript-laid-out-anew", answered({"userName": "Mira"}), unread),
        ("a-microsoft-transcript-that-was-taken-back", Answer(b"{}", status=404), missing),
    ):
        yield Case(name, TRANSCRIPT, expected, {_TRANSCRIPT: answer})


def _elsewhere() -> bytes:
    return _page("Microsoft Certified: Anything", "https://pictures.example/general-badge.png")


def _page(title: str, image: str | None) -> bytes:
    picture = f'<meta property="og:image" content="{image}">' if image else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title><meta charset="utf-8">'
        f'<meta property="og:title" content="{title}">{picture}</head><body></body></html>'
    ).encode()

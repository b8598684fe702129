"""Cases of share links at Microsoft Learn: pages as it serves them, with made-up holders."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.expected import comes_out, refused
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
    yield Case(
        "a-microsoft-certification-in-the-readers-tab", CERTIFICATION, stated, seen=certified
    )
    yield Case("a-microsoft-badge-in-the-readers-tab", ACHIEVEMENT, one, seen=module)
    elsewhere = _elsewhere()
    yield Case("a-microsoft-tab-with-a-foreign-picture", CERTIFICATION, unread, seen=elsewhere)
    yield from _transcripts()
    yield from _holders_list()


def _transcripts() -> Iterator[Case]:
    stranger = {"genuine": "issuer_page", "issuer": "not_listed"}
    trained = comes_out("unvouched", **stranger, current="no_status")
    unread = comes_out("unknown", genuine="page_unreadable", current="no_status")
    missing = comes_out("unknown", genuine="host_unreachable", current="no_status")
    bot = Answer(b"<!DOCTYPE html><html><title>Just a moment</title><body></body>", "text/html")
    certified = {
        "legalName": "Mira Solano",
        "activeCertifications": [
            _certification("Tidal Data Fundamentals", "A0B1C2-D3E4F5", "Active"),
            _certification("Harbour Associate", "A0B1C2-D3E4F6", "Active", "2035-05-02"),
            _certification("Lapsed Associate", "A0B1C2-D3E4F7", "Active", "2020-05-02"),
            _certification("Unclear Expert", "A0B1C2-D3E4F8", "Active", "one day"),
        ],
        "historicalCertifications": [
            _certification("Old Expert (Legacy)", "A0B1C2-D3E4F9", "Expired", "2019-05-02"),
            _certification("Older Expert", "A0B1C2-D3E4FA", "Expired"),
            _certification("Silver Lights", "A0B1C2-D3E4FB", "Retired"),
        ],
    }
    listed = {
        **trained,
        "bundle": [
            *("unvouched", "unvouched", "expired", "unknown"),
            *("expired", "expired", "unknown", "unvouched"),
        ],
    }
    for name, answer, expected in (
        ("a-microsoft-transcript", answered({"certificationData": certified, **_SKILLS}), listed),
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


_SKILLS = {
    "appliedSkillsData": {
        "appliedSkillsCredentials": [
            {
                "credentialId": "0A0B0C0D0E0F0A0C",
                "title": "Microsoft Applied Skills: Chart tides",
                "awardedOn": "2026-04-05T05:09:59+00:00",
            }
        ]
    }
}


def _certification(name: str, number: str, status: str, until: str | None = None) -> dict[str, str]:
    ends = {} if until is None else {"expiration": f"{until}T23:59:59+00:00"}
    return {
        "name": f"Microsoft Certified: {name}",
        "certificationNumber": number,
        "status": status,
        "dateEarned": "2018-05-02T00:00:00+00:00",
        **ends,
    }


def _holders_list() -> Iterator[Case]:
    """A shared trophy, with its holder's public list and the catalogue's entry beside it."""
    title, uid = "Measure tides with cloud services", "learn.measure-tides"
    picture = f"{HOME}/training/achievements/generic-trophy-social.png"
    page = Answer(_page(title, picture), "text/html")
    user = {"userId": "u-0a1b2c3d", "displayName": "Mira Solano"}
    one = comes_out("unvouched", genuine="issuer_page", current="no_status", issuer="not_listed")
    hers = {**one, "codes": {**one["codes"], "recipient": "name_match"}}
    api, catalogue = f"{HOME}/api", f"{HOME}/api/catalog/?locale=en-us&type="
    trophy = {"typeId": f"{uid}.trophy", "title": title, "grantedOn": "2024-03-01T10:00:00Z"}
    whole = {
        ACHIEVEMENT: page,
        f"{api}/profiles/MiraSolano-12": answered(user),
        f"{api}/achievements/user/u-0a1b2c3d?locale=en-us": answered({"achievements": [trophy]}),
        f"{catalogue}learningPaths&uid={uid}": answered(
            {"learningPaths": [{"uid": uid, "modules": ["learn.tides-one", "learn.tides-two"]}]}
        ),
        f"{catalogue}modules&uid=learn.tides-one%2Clearn.tides-two": answered(
            {"modules": [{"uid": "learn.tides-one", "title": "Read a tide table"}]}
        ),
    }
    named = {"names": ["Mira Solano"]}
    yield Case("a-microsoft-trophy-on-its-holders-list", ACHIEVEMENT, hers, whole, person=named)
    alone = {ACHIEVEMENT: page}
    unnamed = {**one, "codes": {**one["codes"], "recipient": "nobody_named"}}
    yield Case("a-microsoft-trophy-of-a-private-holder", ACHIEVEMENT, unnamed, alone, person=named)
    profile = f"{HOME}/en-us/users/MiraSolano-12/achievements"
    held = {url.replace("MiraSolano-12", "mirasolano-12"): answer for url, answer in whole.items()}
    yield Case("a-microsoft-profile", profile, refused("not_an_award"), held)
    gone = {f"{api}/profiles/mirasolano-12": Answer(None, status=404)}
    yield Case("a-microsoft-profile-that-is-private", profile, refused("unreachable"), gone)


def _elsewhere() -> bytes:
    return _page("Microsoft Certified: Anything", "https://pictures.example/general-badge.png")


def _page(title: str, image: str | None) -> bytes:
    picture = f'<meta property="og:image" content="{image}">' if image else ""
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title><meta charset="utf-8">'
        f'<meta property="og:title" content="{title}">{picture}</head><body></body></html>'
    ).encode()

"""Forty kinds of what looks like a badge and is none."""

from __future__ import annotations

import base64

from tests.pages.page import Chance, MadePage, attribute, safe_link
from tests.pages.serve import plain_png

HOST = "decoys.made-up.example"


def page(seed: int) -> MadePage:
    """All of them on one page. Pictures may be asked about, since any may be baked; none may get a
    mark.
    """
    chance = Chance(seed)
    kinds = _kinds(chance)
    assert len(kinds) >= 40
    png = plain_png()
    names = ("badge", "certificate", "verified", "logo", "assertion-badge", "openbadge", "photo")
    files = {f"/{name}.png": ("image/png", png) for name in names}
    files["/medal.svg"] = ("image/svg+xml", _MEDAL.encode())
    drawn = "".join(
        f'<div class="{chance.named(str(number))}">{kind}</div>'
        for number, kind in enumerate(kinds)
    )
    html = f'<!doctype html><title>Verified badges</title><a id="credly.com"></a>{drawn}'
    return MadePage(f"https://{HOST}/", html, (), files)


_MEDAL = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90">'
    '<circle cx="45" cy="45" r="40"/>'
    "<text>openbadges:assertion</text></svg>"
)


def _kinds(chance: Chance) -> list[str]:
    uuid, hexes = chance.uuid(), chance.hexadecimal(32)
    award = f"/badges/{uuid}"
    links = [
        f"https://www.credly.com.evil.example{award}",
        f"https://www.credly.com@evil.example{award}",
        f"https://evil.example/#https://www.credly.com{award}",
        f"https://evil.example/?url=https://www.credly.com{award}",
        f"https://evil.example/url?q=https://www.credly.com{award}",
        f"https://www.cred1y.com{award}",
        f"https://www.credly.com:8443{award}",
        f"https://www.credly.com{award}/../../users/mira",
        "https://www.credly.com/org/riverside/badge/teamwork",
        "https://www.credly.com/organizations/riverside/badges",
        "https://www.credly.com/users/mira",
        "https://www.credly.com/badges/not-an-id",
        "javascript:void('https://www.credly.com/badges/" + uuid + "')",
        f"mailto:a@b.example?body=https://www.credly.com{award}",
        f"data:text/html,https://www.credly.com{award}",
        f"https://user:pass@www.credly.com{award}",
        safe_link("javascript:alert(1)"),
        safe_link(f"https://evil.example{award}"),
        f"https://www.linkedin.com/safety/go/?url=https%3A%2F%2Fevil.example{award}",
        "https://www.linkedin.com/learning/python",
        "https://learn.microsoft.com/en-us/credentials/certifications/azure-fundamentals/",
        "https://learn.microsoft.com/en-us/training/achievements/learn.trophy.svg",
        f"https://www.skills.google/public_profiles/{uuid}",
        "https://www.coursera.org/learn/badges",
        "https://badge.fury.io/py/credential",
        "https://img.shields.io/badge/credential-verified-green",
        f"https://evil.example/.well-known/badges/{hexes}",
        f"https://api.badgr.io/public/badges/{chance.hexadecimal(22)}",
        f"https://api.badgr.io.evil.example/public/assertions/{chance.hexadecimal(22)}",
        "https://credentials.example/login",
        "https://shop.example/badges/name-badge.html",
        f"https://www.credential.net.evil.example/{uuid}",
    ]
    drawn = "data:image/png;base64," + base64.b64encode(plain_png()).decode()
    return [
        *(f'<a href="{attribute(link)}">View credential, verified</a>' for link in links),
        '<img src="/badge.png" width="160" height="160" alt="Verified badge: Cloud">',
        '<img src="/certificate.png" class="badge verified" alt="Certificate of achievement">',
        '<img src="/assertion-badge.png" alt="Open Badge">',
        '<img src="/medal.svg" width="90" height="90" alt="Medal">',
        f'<img src="{drawn}" width="90" height="90" alt="Baked badge">',
        f'<div data-share-badge-id="../../{uuid}">Credly</div>',
        f'<div data-share-badge-id="{hexes}">Credly</div>',
        f'<p>https://www.credly.com{award} in words only</p>',
        f'<code>&lt;a href="https://www.credly.com{award}"&gt;</code>',
        f"<!-- <a href='https://www.credly.com{award}'>commented out</a> -->",
        f'<template><a href="https://www.credly.com{award}">not drawn</a></template>',
        f'<input value="https://www.credly.com{award}">',
        '<svg width="90" height="90" role="img" aria-label="Verified badge"><circle r="40"/></svg>',
        '<iframe title="Badge" src="about:blank"></iframe>',
        '<div style="background: url(/badge.png)">✔ Verified by Touchstone</div>',
        '<button popover="auto" aria-label="Touchstone: Verified">✔</button>',
    ]  # fmt: skip

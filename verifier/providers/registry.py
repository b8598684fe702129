"""Every platform. It is loaded where an address has to be told from others."""

from __future__ import annotations

from verifier.providers import (
    accredible,
    adobe,
    badgecert,
    badgr,
    certifier,
    coursera,
    credly,
    edx,
    google,
    google_developers,
    linkedin,
    microsoft,
    moodle,
    netacad,
    open_badge_passport,
    sertifier,
    skilljar,
    trailhead,
    udemy,
    verifierplus,
)
from verifier.providers.platform import Provider

#: In the order in which they are asked: one that is known on any host by its paths comes last.
PROVIDERS: tuple[Provider, ...] = (
    credly.PROVIDER,
    microsoft.PROVIDER,
    linkedin.PROVIDER,
    accredible.PROVIDER,
    badgr.PROVIDER,
    open_badge_passport.PROVIDER,
    google.PROVIDER,
    google_developers.PROVIDER,
    adobe.PROVIDER,
    badgecert.PROVIDER,
    certifier.PROVIDER,
    coursera.PROVIDER,
    edx.PROVIDER,
    netacad.PROVIDER,
    sertifier.PROVIDER,
    skilljar.PROVIDER,
    trailhead.PROVIDER,
    udemy.PROVIDER,
    verifierplus.PROVIDER,
    # A line a platform, and any-host ones after this.
    moodle.PROVIDER,
)

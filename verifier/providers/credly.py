"""Credly, Acclaim until 2022: award links, and the Open Badges 2.0 assertion behind each.

The award page is drawn by a script; the assertion is public and needs no login. A badge's picture
names its class and never an award, so a picture alone proves nothing.

    https://www.credly.com/badges/f7ae4be9-fd65-454d-874e-c6e2c3237d41/public_url   an award
    https://www.credly.com/users/some-one/badges                                   a profile
    https://www.credly.com/org/some-college/badge/some-badge                       a class
"""

from __future__ import annotations

import re

from verifier.addresses import Address

HOSTS = frozenset(("www.credly.com", "credly.com", "api.credly.com"))
_PAGES = frozenset(("www.credly.com", "credly.com", "www.youracclaim.com", "youracclaim.com"))
_APIS = frozenset(("api.credly.com", "api.youracclaim.com", *_PAGES))
_PICTURES = frozenset(("images.credly.com", "images.youracclaim.com"))

_ID = r"(?P<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"
_VIEW = r"(?:/(?:public_url|linked_in|linked_in_profile|embedded|embed))?"
_SLUG = r"(?P<id>[^/]+)"
_ASSERTION = "https://api.credly.com/v1/obi/v2/badge_assertions/{id}"

#: Host set, path, kind, canonical address, address of the credential.
_RULES: tuple[tuple[frozenset[str], re.Pattern[str], str, str, str | None], ...] = tuple(
    (hosts, re.compile(path, re.IGNORECASE), kind, canonical, credential)
    for hosts, path, kind, canonical, credential in (
        (
            _PAGES,
            rf"/badges/{_ID}{_VIEW}/?",
            "award",
            "https://www.credly.com/badges/{id}",
            _ASSERTION,
        ),
        (
            _PAGES,
            rf"/embedded_badge/{_ID}/?",
            "award",
            "https://www.credly.com/badges/{id}",
            _ASSERTION,
        ),
        (
            _PAGES,
            rf"/earner/earned/(?:badge|share)/{_ID}/?",
            "award",
            "https://www.credly.com/badges/{id}",
            _ASSERTION,
        ),
        (
            _APIS,
            rf"/(?:api/)?v1/obi/v2/badge_assertions/{_ID}",
            "award",
            "https://www.credly.com/badges/{id}",
            None,  # the address is the credential's already
        ),
        (_PAGES, rf"/go/{_SLUG}", "short_link", "https://www.credly.com/go/{id}", None),
        (
            _PAGES,
            rf"/users/(?!sign_(?:in|up)\b){_SLUG}(?:/badges)?/?",
            "profile",
            "https://www.credly.com/users/{id}",
            None,
        ),
        (
            _PAGES,
            r"/org/(?P<id>[^/]+/badge/[^/]+)/?",
            "template",
            "https://www.credly.com/org/{id}",
            None,
        ),
        (_PAGES, rf"/org/{_SLUG}/?", "organization", "https://www.credly.com/org/{id}", None),
        (
            _PAGES,
            rf"/organizations/{_SLUG}/badges/?",
            "organization",
            "https://www.credly.com/organizations/{id}/badges",
            None,
        ),
        (
            _PICTURES,
            rf"/(?:size/\d+x\d+/)?images/{_ID}/[^/]+",
            "picture",
            "https://images.credly.com/images/{id}",
            None,
        ),
    )
)


def find(address: Address) -> tuple[str, str, str, str | None] | None:
    """Kind, id, canonical address and the address of the credential; `None` for anything that is
    not Credly's.
    """
    for hosts, path, kind, canonical, credential in _RULES:
        match = path.fullmatch(address.path) if address.host in hosts else None
        if match is not None:
            found = (
                match["id"].lower()
                if "-" in match["id"] and kind in ("award", "picture")
                else match["id"]
            )
            where = None if credential is None else credential.format(id=found)
            return kind, found, canonical.format(id=found), where
    return None

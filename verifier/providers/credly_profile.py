"""Credly's profiles: what a person holds there, to pick from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from verifier.errors import Malformed, NoCredential
from verifier.json_gate import LIMIT_IN_ALL, read_object
from verifier.model import Credential, Documents, JsonObject
from verifier.providers.pages import Page
from verifier.providers.platform import UUID, Match, object_of

BADGES = "https://www.credly.com/users/{id}/badges.json?page=1&page_size=48"
_PROFILES = "https://www.credly.com/users/"
_AWARD = "https://www.credly.com/badges/{}"
_LINK = re.compile(rf"(?:https://www\.credly\.com)?/badges/({UUID})(?:/public_url)?")


def list_awards(match: Match, documents: Documents) -> NoReturn:
    """The awards on the first page of a profile. Raises `NoCredential` with them."""
    address = BADGES.format_map(match.parts)
    listed = object_of(documents, address)
    if listed is None:
        says = "What Credly answered for this profile can't be read."
        raise NoCredential("unreachable", says, (address,))
    found = tuple(_awards(listed))
    metadata = listed.get("metadata")
    total = metadata.get("total_count") if isinstance(metadata, dict) else None
    raise _nobodys(found, total if isinstance(total, int) else len(found))


def seen_awards(match: Match, page: Page) -> Credential | None:
    """The awards that a profile page links to; pages drawn since 2025 link to none."""
    links = (_LINK.fullmatch(str(link.get("href"))) for link in page.soup.find_all("a", href=True))
    found = dict.fromkeys(_AWARD.format(link[1].lower()) for link in links if link)
    if not found:
        return None
    raise _nobodys(tuple(found), len(found))


def titles(documents: Documents) -> dict[str, str]:
    """What the awards of `list_awards` are called, by their addresses; as the profile has it, so
    nobody's proof.
    """
    found: dict[str, str] = {}
    for document in documents.values():
        if not document.url.startswith(_PROFILES) or not document.answered:
            continue
        try:
            items = read_object(document.content, limit=LIMIT_IN_ALL).get("data")
        except Malformed:
            continue
        for item in items if isinstance(items, list) else []:
            template = item.get("badge_template") if isinstance(item, dict) else None
            name = template.get("name") if isinstance(template, dict) else None
            if isinstance(name, str) and isinstance(item.get("id"), str):
                found[_AWARD.format(item["id"].lower())] = name
    return found


def _awards(listed: JsonObject) -> Iterator[str]:
    items = listed.get("data")
    for item in items if isinstance(items, list) else []:
        award = item.get("id") if isinstance(item, dict) else None
        if not isinstance(award, str) or re.fullmatch(UUID, award) is None:
            continue
        if item.get("public") is not False and item.get("is_private_badge") is not True:
            yield _AWARD.format(award.lower())


def _nobodys(found: tuple[str, ...], total: int) -> NoCredential:
    if not found:
        return NoCredential("not_an_award", "This is a profile at Credly that shows no awards.")
    more = f" These are the first {len(found)} of {total}." if total > len(found) else ""
    says = f"This is a profile at Credly and no award. Pick the award to check.{more}"
    return NoCredential("not_an_award", says, found)

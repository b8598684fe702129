"""Credly's profiles: what a person holds there, to pick from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NoReturn

from verifier.errors import Malformed, NoCredential
from verifier.json_gate import LIMIT_IN_ALL, read_object
from verifier.model import Credential, Documents, JsonObject, Request
from verifier.providers.pages import Page
from verifier.providers.platform import UUID, Match, object_of

#: A page of a profile, and how many of those are asked for: more than anybody needs to fill.
BADGES = "https://www.credly.com/users/{id}/badges.json?page={page}&page_size=48"
PAGES, _SIZE = 10, 48
_PROFILES = "https://www.credly.com/users/"
_AWARD = "https://www.credly.com/badges/{}"
_LINK = re.compile(rf"(?:https://www\.credly\.com)?/badges/({UUID})(?:/public_url)?")


def pages(match: Match, documents: Documents) -> Iterable[Request]:
    """The pages of a profile: the first, which says how many awards there are, then the others."""
    yield Request(_address(match, 1))
    first = object_of(documents, _address(match, 1))
    for page in range(2, min(PAGES, -(-(_total(first) or 0) // _SIZE)) + 1):
        yield Request(_address(match, page))


def list_awards(match: Match, documents: Documents) -> NoReturn:
    """The awards on a profile. Raises `NoCredential` with them."""
    listed = [object_of(documents, one.url) for one in pages(match, documents)]
    if listed[0] is None:
        says = "What Credly answered for this profile can't be read."
        raise NoCredential("unreachable", says, (_address(match, 1),))
    awards = (at for page in listed if page is not None for at in _awards(page))
    found = tuple(dict.fromkeys(awards))
    raise _nobodys(found, _total(listed[0]) or len(found))


def _address(match: Match, page: int) -> str:
    return BADGES.format(**match.parts, page=page)


def _total(listed: JsonObject | None) -> int | None:
    metadata = None if listed is None else listed.get("metadata")
    total = metadata.get("total_count") if isinstance(metadata, dict) else None
    return total if isinstance(total, int) else None


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
    others = "the others are private, or could not be listed"
    more = f" These are {len(found)} of {total}: {others}." if total > len(found) else ""
    says = f"This is a profile at Credly and no award. Pick the award to check.{more}"
    return NoCredential("not_an_award", says, found)

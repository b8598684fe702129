"""What the backpacks of the Open Badges of old hand out: Badgr (its interface's versions 1 and 2),
Badge Connect (Open Badges 2.1), Mozilla's backpack and Open Badge Passport.

Each lists awards as it knows them; an award counts as its issuer hosts it, and where the list holds
the whole assertion, that copy stands in for a host that has died.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from msgspec import Struct

from verifier.addresses import is_address
from verifier.containers import text
from wallet_server.imports.found import Found, Item, Unread, merged
from wallet_server.imports.json_parts import Part, label_of, text_of

_NO_PLACE = "An entry of the backpack that names neither a badge nor the address of one."
_GROUPS = (
    "A list of the groups in a Mozilla backpack, without the badges in them. Bring the file of "
    "each group."
)


class _Shape(Struct, frozen=True):
    """One backpack's way to list: where its entries are, and what one of them is."""

    word: str
    entries: Callable[[Part], Iterator[Part] | None]
    entry: Callable[[Part], Item | None]


def read(whole: Part, name: str) -> Found | None:
    """The awards in it; an entry that names none is kept unread."""
    if isinstance(whole.value, dict) and {"userId", "groups"} <= set(whole.value):
        return Found("mozilla", unread=(Unread(name, whole.source, _GROUPS),))
    for shape in _SHAPES:
        entries = shape.entries(whole)
        if entries is not None:
            return merged(shape.word, (_found(shape, entry) for entry in entries))
    return None


def _found(shape: _Shape, entry: Part) -> Found:
    item = shape.entry(entry)
    if item is not None:
        return Found(shape.word, (item,))
    return Found(shape.word, unread=(Unread(label_of(entry.value), entry.source, _NO_PLACE),))


def _listed(whole: Part, name: str, *, having: str) -> Iterator[Part] | None:
    """The elements of a member, if the first of them is an object with the member `having`."""
    part = whole.get(name) if name else whole
    first = next(part.elements(), None) if part is not None else None
    if part is None or first is None or not isinstance(first.value, dict):
        return None
    return part.elements() if having in first.value else None


def _address(value: object) -> str | None:
    """An address, also as Badgr's first version writes one."""
    value = value.get("id") if isinstance(value, dict) else value
    return value if isinstance(value, str) and is_address(value) else None


def _whole_assertion(part: Part | None) -> bytes | None:
    held = part is not None and isinstance(part.value, dict) and text.is_award(part.value)
    return part.source if part is not None and held else None


def _mozilla(entry: Part) -> Item | None:
    assertion = entry.get("assertion")
    value = entry.value if isinstance(entry.value, dict) else {}
    held = _whole_assertion(assertion)
    at = _address(value.get("hostedUrl")) or _address(value.get("imageUrl"))
    if held is None and at is None:
        return None
    return Item(label_of(assertion.value if assertion else value), held, at)


def _badgr_1(entry: Part) -> Item | None:
    value = entry.value if isinstance(entry.value, dict) else {}
    inner = value.get("json")
    inner = inner if isinstance(inner, dict) else {}
    verify = inner.get("verify")
    at = _address(verify.get("url")) if isinstance(verify, dict) else None
    at = at or _address(inner.get("id")) or _address(value.get("shareUrl"))
    badge = inner.get("badge")
    named = badge.get("name") if isinstance(badge, dict) else None
    named = named.get("@value") if isinstance(named, dict) else named
    label = named if isinstance(named, str) else text_of(value, "id")
    return None if at is None else Item(label or at, None, at)


def _badgr_2(entry: Part) -> Item | None:
    at = _address(entry.value.get("openBadgeId")) if isinstance(entry.value, dict) else None
    return None if at is None else Item(at, None, at)


def _badge_connect(entry: Part) -> Item | None:
    """An assertion of Open Badges 2.1 as the backpack wrote it, after the one that its host has."""
    value = entry.value if isinstance(entry.value, dict) else {}
    held, at = _whole_assertion(entry), _address(value.get("id"))
    return None if held is None and at is None else Item(label_of(value), held, at)


def _passport(entry: Part) -> Item | None:
    value = entry.value if isinstance(entry.value, dict) else {}
    at = _address(value.get("assertion_url"))
    return None if at is None else Item(text_of(value, "name") or at, None, at)


_SHAPES = (
    _Shape("badgr", lambda whole: _listed(whole, "result", having="openBadgeId"), _badgr_2),
    _Shape("badgr", lambda whole: _listed(whole, "", having="json"), _badgr_1),
    _Shape(
        "badge_connect", lambda whole: _listed(whole, "results", having="badge"), _badge_connect
    ),
    _Shape("mozilla", lambda whole: _listed(whole, "badges", having="assertion"), _mozilla),
    _Shape("mozilla", lambda whole: _listed(whole, "badges", having="hostedUrl"), _mozilla),
    _Shape(
        "open_badge_passport",
        lambda whole: _listed(whole, "user_badges", having="assertion_url"),
        _passport,
    ),
    _Shape(
        "open_badge_passport", lambda whole: _listed(whole, "", having="assertion_url"), _passport
    ),
)

"""What an award said of itself stays known when nobody gives it out any more.

A report on an award whose host is gone, or which only says that it was taken back, has no name and
no criteria to show. The wallet keeps what the award said when its issuer's word was last read, and
says from when that is; who is proven and who vouches is never carried over, nor any answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wallet_server.watch.changes import is_partly_unread, tells

Json = Mapping[str, Any]

#: Of these the earlier word counts even where there is another: what could not be read is `other`,
#: and comes from a page.
_KNOWN_BETTER = ("kind", "standard")
#: Members that are found out each time.
_NEVER = ("id", "issuer", "container", "provider", "endorsements")


def remembering(found: Json, before: Json | None, as_of: str) -> dict[str, Any]:
    """The report `found`, whose award says what it said in `before`, found last at `as_of`, where
    `found` does not tell it. `credential.as_of` is set then.

    Where it tells, and a look-up beside it gave nothing, what only that may have told stays too.
    """
    if before is None or not tells(before):
        return dict(found)
    if not tells(found):
        issuer = {**found["credential"]["issuer"]}
        for member in ("id", "name"):
            issuer[member] = issuer[member] or before["credential"]["issuer"][member]
        kept = _empty(found, before, _KNOWN_BETTER) | {"issuer": issuer, "as_of": as_of}
    else:
        kept = _empty(found, before) if is_partly_unread(found) else {}
    return {**found, "credential": {**found["credential"], **kept}}


def _empty(found: Json, before: Json, better: tuple[str, ...] = ()) -> dict[str, Any]:
    """What `before` says where `found` says nothing, or less."""
    return {
        member: before["credential"].get(member)
        for member, value in found["credential"].items()
        if member not in _NEVER and (_is_empty(value) or member in better)
    }


def _is_empty(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_empty(one) for one in value.values())
    return value is None or value is False or value in ("", [])
